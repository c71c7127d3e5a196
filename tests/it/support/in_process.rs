//! Reports and pages through the library, in this process.
//!
//! This is the only file of `tests/it` that names the engine. It promises what the program
//! prints and writes; `tests/it/in_process.rs` compares the two.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use ksbfolio::check::{Baseline, Outcome};
use ksbfolio::cohort::{Cohort, default_rules};
use ksbfolio::cover::{checklist, review, review_since};
use ksbfolio::diagnostic::Level;
use ksbfolio::engine::{
    Becomes, CohortRequest, ImportOptions, ImportPlan, ImportSources, OpenOptions, PlannedEntry,
    attached, judge_cohort, look_back, not_published, open_theme, plan_import, read_documents,
    search_history, write_import,
};
use ksbfolio::model::{
    Audience, CohortPlan, EntryType, Horizon, Profile, Readiness, SamplingPlan, Word,
};
use ksbfolio::render;
use ksbfolio::report::{
    self, By, DataScope, HoursReport, Identity, KeptDigests, Report, SampleReport,
    SampledPortfolio, VerifiedChain,
};
use ksbfolio::resolve::{Codes, Lookup};
use ksbfolio::sampling::{Population, Sample, SampleOptions};
use ksbfolio::store::{self, Files, MemoryFiles};
use ksbfolio::text::{Source, SourcePath};
use ksbfolio::view::{self, Published, SiteScope, review_of};
use ksbfolio::writing::WritingSession;
use serde_json::Value;

use super::{AS_OF, Workspace};

/// A loaded portfolio.
pub type Snapshot = ksbfolio::engine::Snapshot;

/// The host of a portfolio that changes.
pub type Host = ksbfolio::engine::Workspace;

/// A change of its files.
pub type Change = ksbfolio::engine::Change;

/// The files of a site, by path.
pub type Site = BTreeMap<String, Vec<u8>>;

impl Workspace {
    /// The loaded portfolio, as of [`AS_OF`].
    pub fn load(&self) -> Snapshot {
        self.load_on(AS_OF)
    }

    /// The loaded portfolio, as of `day`.
    pub fn load_on(&self, day: Date) -> Snapshot {
        load(self.path(), day)
    }

    /// `import FILES`, with options as `change` sets them. By default the date is 2026-03-14.
    pub fn import(&self, files: &[&str], change: impl Fn(&mut ImportOptions)) -> ImportPlan {
        let mut options = ImportOptions {
            date: Some(jiff::civil::date(2026, 3, 14)),
            kind: Some(EntryType::Reflection),
            model: None,
            as_new: false,
            keep: false,
        };
        change(&mut options);
        let project = self.load();
        let mut sources = ImportSources::default();
        for file in files {
            sources.add(&self.path().join(file)).unwrap();
        }
        let documents = read_documents(&project, sources, &options);
        let plan = plan_import(&project, documents, &options).unwrap();
        write_import(&project, &plan).unwrap();
        plan
    }

    /// Imports one file that becomes an entry; returns the entry and its text.
    pub fn import_one(&self, name: &str, bytes: &[u8]) -> (PlannedEntry, String) {
        self.write(name, bytes);
        let plan = self.import(&[name], |_| {});
        match plan.files.into_iter().next().unwrap().becomes {
            Becomes::Entry(entry) => {
                let text = self.read(entry.path.as_str());
                (*entry, text)
            }
            other => panic!("{name}: {other:?}"),
        }
    }

    /// The sentence with which one file is refused; the path of the entry if it is known.
    pub fn import_refused(&self, name: &str, bytes: &[u8]) -> String {
        self.write(name, bytes);
        let plan = self.import(&[name], |_| {});
        match plan.files.into_iter().next().map(|file| file.becomes) {
            Some(Becomes::Refused(why)) => why,
            Some(Becomes::Known(entry)) => entry.to_string(),
            other => panic!("{name}: {other:?}"),
        }
    }

    /// The host of the portfolio, as of [`AS_OF`].
    pub fn host(&self) -> Host {
        Host::open(OpenOptions::new(self.path()).as_of(AS_OF)).unwrap()
    }

    /// The session of a person who writes in the portfolio, as of [`AS_OF`].
    pub fn session(&self) -> WritingSession {
        WritingSession::open(OpenOptions::new(self.path()).as_of(AS_OF)).unwrap()
    }

    /// `check --format json`.
    pub fn check(&self) -> Value {
        parse(&self.check_as("json"))
    }

    /// `check --format FORMAT`.
    pub fn check_as(&self, format: &str) -> String {
        self.check_on(AS_OF, format)
    }

    /// `check --format FORMAT --as-of DAY`.
    pub fn check_on(&self, day: Date, format: &str) -> String {
        check(&self.load_on(day), None, format)
    }

    /// `check --profile PROFILE --format FORMAT`.
    pub fn check_for(&self, profile: Profile, format: &str) -> String {
        check(&self.load(), Some(profile), format)
    }

    /// The outcome of `check`, and the portfolio.
    pub fn outcome(&self, options: &CheckOptions) -> (Snapshot, Outcome) {
        let mut project = self.load();
        if options.history {
            search_history(&mut project).unwrap();
        }
        let baseline = options.baseline.as_deref().map(|name| {
            let source = Source::new(name, &self.read(name));
            project.add_source(&source);
            Baseline::read(&source).unwrap()
        });
        let outcome = project.check(options.profile, baseline.as_ref());
        (project, outcome)
    }

    /// The findings of `check --format json`.
    pub fn findings(&self) -> Vec<Value> {
        self.findings_with(&CheckOptions::default())
    }

    /// The findings of `check --format json` with options.
    pub fn findings_with(&self, options: &CheckOptions) -> Vec<Value> {
        let (project, outcome) = self.outcome(options);
        let mut document = parse(&render_outcome(&project, &outcome, options.profile, "json"));
        match document["findings"].take() {
            Value::Array(findings) => findings,
            other => panic!("{other}"),
        }
    }

    /// `coverage --format FORMAT`, for the text formats.
    pub fn coverage_as(&self, format: &str) -> String {
        let project = self.load();
        let (portfolio, coverage) = (&project.portfolio, &project.coverage);
        let text = match format {
            "json" => report::coverage_json(portfolio, coverage),
            "csv" => report::coverage_csv(portfolio, coverage),
            "markdown" => report::coverage_markdown(portfolio, coverage),
            _ => report::coverage_text(portfolio, coverage, By::Criterion),
        };
        dated(&project, format, text)
    }

    /// `coverage --format xlsx`.
    pub fn coverage_workbook(&self) -> Vec<u8> {
        let project = self.load();
        report::coverage_workbook(&project.portfolio, &project.coverage).unwrap()
    }

    /// `coverage --format json`.
    pub fn coverage(&self) -> Value {
        self.coverage_on(AS_OF)
    }

    /// `coverage --format json --as-of DAY`.
    pub fn coverage_on(&self, day: Date) -> Value {
        let project = self.load_on(day);
        parse(&report::coverage_json(
            &project.portfolio,
            &project.coverage,
        ))
    }

    /// `hours --format json`.
    pub fn hours(&self) -> Value {
        parse(&self.hours_as("json"))
    }

    /// `hours --format FORMAT`.
    pub fn hours_as(&self, format: &str) -> String {
        let project = self.load();
        let report = HoursReport::new(&project.portfolio, project.coverage.as_of);
        let text = match format {
            "json" => report.json(),
            "csv" => report.csv(),
            "markdown" => report.markdown(),
            _ => report.text(),
        };
        dated(&project, format, text)
    }

    /// `gateway --format json`.
    pub fn gateway(&self) -> Value {
        parse(&self.gateway_as("json"))
    }

    /// `gateway --format FORMAT`.
    pub fn gateway_as(&self, format: &str) -> String {
        let project = self.load();
        let (portfolio, as_of) = (&project.portfolio, project.coverage.as_of);
        let checklist = checklist(portfolio, &project.coverage, None);
        let code = u8::from(checklist.readiness() <= Readiness::NotReady);
        let text = match format {
            "json" => report::gateway_json(portfolio, &checklist, as_of, code),
            "markdown" => report::gateway_markdown(portfolio, &checklist),
            _ => report::gateway_text(portfolio, &checklist),
        };
        dated(&project, format, text)
    }

    /// `review --format json` from `since`, or from the default start.
    pub fn review(&self, since: Option<Date>) -> Value {
        parse(&self.review_as("json", since, AS_OF))
    }

    /// `review --format FORMAT` for `json` and `markdown`; `since` of `None` is the default start.
    pub fn review_as(&self, format: &str, since: Option<Date>, until: Date) -> String {
        let project = self.load();
        let portfolio = &project.portfolio;
        let since = since.unwrap_or_else(|| review_since(&portfolio.settings, until));
        let backdrop = SiteScope::new(portfolio, Audience::Assessor, BTreeMap::new(), None);
        let scene = project.scene(&backdrop);
        if format == "json" {
            let is_visible = |at| scene.is_visible(at);
            let facts = review(portfolio, &project.coverage, (since, until), &is_visible);
            return report::review_json(portfolio, &project.coverage, &facts);
        }
        let as_of = portfolio.settings.describe_as_of(project.coverage.as_of);
        let subtitle = format!(
            "{}, {}. As of {as_of}.",
            portfolio.settings.title,
            scene.learner()
        );
        report::listing_markdown(&review_of(&scene, None, (since, until)), &subtitle)
    }

    /// `decisions verify --format json`.
    pub fn verify(&self) -> Value {
        let project = self.load();
        let verified = VerifiedChain::new(
            &project.portfolio,
            KeptDigests::default(),
            look_back(&project, false),
        );
        parse(&verified.json(AS_OF))
    }

    /// `sample --format FORMAT`.
    pub fn draw_as(&self, format: &str, draw: &Draw<'_>) -> String {
        let projects = [self.load()];
        let plan = &projects[0].portfolio.sampling;
        let text = sample(&projects, &[None], plan, draw, format);
        dated(&projects[0], format, text)
    }

    /// `sample --format json`.
    pub fn draw(&self, draw: &Draw<'_>) -> Value {
        parse(&self.draw_as("json", draw))
    }

    /// `sample FOLDER.. --format json`.
    pub fn draw_cohort(&self, folders: &[&str]) -> Value {
        let projects: Vec<Snapshot> = folders
            .iter()
            .map(|folder| load(&self.path().join(folder), AS_OF))
            .collect();
        let names: Vec<Option<String>> = folders
            .iter()
            .map(|name| Some((*name).to_owned()))
            .collect();
        let (plan, draw) = (SamplingPlan::default(), Draw::default());
        parse(&sample(&projects, &names, &plan, &draw, "json"))
    }

    /// The text of `explain` about a criterion.
    pub fn explain_criterion(&self, code: &str) -> String {
        let project = self.load();
        match Codes::new(&project.portfolio.catalogue).find(code) {
            Lookup::Found { id, .. } => {
                report::explain_criterion(&project.portfolio, &project.coverage, id)
            }
            _ => panic!("{code} is not one criterion"),
        }
    }

    /// The text of `explain` about an entry, without differences from git's history.
    pub fn explain_entry(&self, id: &str) -> String {
        let project = self.load();
        let (portfolio, coverage) = (&project.portfolio, &project.coverage);
        let at = portfolio.index.by_id(id).unwrap();
        report::explain_entry(portfolio, coverage, at)
            + &report::explain_decisions(portfolio, coverage, at)
    }

    /// The site for `audience`: every file that `build` writes, except its list of files.
    pub fn site(&self, audience: &str) -> Site {
        self.site_on(AS_OF, audience)
    }

    /// The same, as of `day`.
    pub fn site_on(&self, day: Date, audience: &str) -> Site {
        let audience = Audience::from_word(audience).unwrap();
        let project = self.load_on(day);
        let (portfolio, coverage) = (&project.portfolio, &project.coverage);
        let theme = open_theme(&project, None).unwrap();
        let (pictures, files) = attached(&project, audience).unwrap();
        let backdrop = SiteScope::new(portfolio, audience, pictures, None);
        let scene = project.scene(&backdrop);
        let jobs = view::jobs(&scene);
        let mut site = Site::new();
        for path in theme.assets().keys() {
            if view::needs_asset(&scene, &jobs, path) {
                let bytes = render::asset(&theme, &scene, path).unwrap();
                site.insert(path.clone(), bytes);
            }
        }
        for job in jobs {
            let page = render::page(&theme, &scene, job).unwrap();
            site.insert(page.path.as_str().to_owned(), page.bytes);
        }
        for file in files {
            site.insert(file.path.as_str().to_owned(), file.bytes);
        }
        if !scene.is_empty() {
            let search = view::search_files(&scene).into_iter();
            site.extend(search.map(|(path, text)| (path, text.into_bytes())));
            if scene.disclosure.states {
                let scope = DataScope {
                    entries: &|entry| scene.is_visible(entry),
                    reasons: scene.disclosure.feedback,
                };
                let data = report::coverage_data(portfolio, coverage, &scope);
                site.insert("data/coverage.json".to_owned(), data.into_bytes());
            }
        }
        site
    }

    /// Writes the site for `audience` to a folder below the workspace, replacing what is there.
    /// Returns the lines of `build` about attachments that are left out.
    pub fn build(&self, audience: &str, folder: &str) -> Vec<String> {
        let output = self.path().join(folder);
        if output.exists() {
            std::fs::remove_dir_all(output).unwrap();
        }
        for (path, bytes) in self.site(audience) {
            self.write(&format!("{folder}/{path}"), bytes);
        }
        let (project, audience) = (self.load(), Audience::from_word(audience).unwrap());
        let (published, _) = attached(&project, audience).unwrap();
        not_published(&project, audience, &published)
    }

    /// A page of the assessor's site.
    pub fn page(&self, path: &str) -> String {
        self.page_for("assessor", path)
    }

    /// A page of the site for `audience`.
    pub fn page_for(&self, audience: &str, path: &str) -> String {
        let page = self.site(audience).remove(path);
        String::from_utf8(page.unwrap_or_else(|| panic!("{path} is not on the site"))).unwrap()
    }
}

/// A cohort of the portfolio in one folder, by the built-in rules.
pub fn cohort(root: &Path) -> Cohort {
    let plan = CohortPlan {
        rules: default_rules().to_vec(),
        ..CohortPlan::default()
    };
    let request = CohortRequest {
        roots: vec![root.to_owned()],
        plan: plan.clone(),
        day: Horizon::AsOf(AS_OF),
        signers: None,
        key: None,
    };
    let mut cohort = Cohort::new(plan);
    let Ok(()) = judge_cohort::<_, Infallible>(
        &request,
        |_| (),
        |row, tallies, _| {
            cohort.push(row, &tallies);
            Ok(())
        },
    );
    cohort
}

/// Judges the portfolios in folders today, which is [`AS_OF`], until a row cannot be taken. Returns the
/// day by which each was judged.
pub fn judge_today(
    root: &Path,
    folders: &[&str],
    taken: Result<(), &'static str>,
) -> (Result<(), &'static str>, Vec<Date>) {
    let request = CohortRequest {
        roots: folders.iter().map(|folder| root.join(folder)).collect(),
        plan: CohortPlan::default(),
        day: Horizon::Today(AS_OF),
        signers: None,
        key: None,
    };
    let days = Mutex::new(Vec::new());
    let result = judge_cohort(
        &request,
        |learner| days.lock().unwrap().push(learner.project.coverage.as_of),
        |_, _, _| taken,
    );
    (result, days.into_inner().unwrap())
}

/// The portfolio in files held in memory, as of [`AS_OF`].
pub fn load_in_memory<P: Into<String>>(
    files: impl IntoIterator<Item = (P, impl Into<Arc<[u8]>>)>,
) -> Snapshot {
    load_files(Arc::new(MemoryFiles::from_iter(files)))
}

/// The host of the portfolio in these files, as of [`AS_OF`].
pub fn host_of(files: Arc<dyn Files>) -> Host {
    Host::open_files(files, OpenOptions::new("").as_of(AS_OF)).unwrap()
}

/// The portfolio in these files, as of [`AS_OF`].
pub fn load_files(files: Arc<dyn Files>) -> Snapshot {
    let options = OpenOptions::new("").as_of(AS_OF);
    Snapshot::open_files(files, &options).unwrap_or_else(|error| panic!("{error:?}"))
}

/// Pictures and documents that may be shown to `audience`, by source.
pub fn published(project: &Snapshot, audience: Audience) -> BTreeMap<SourcePath, Published> {
    attached(project, audience).unwrap().0
}

/// The options of `check`.
#[derive(Default)]
pub struct CheckOptions {
    pub profile: Option<Profile>,
    pub baseline: Option<String>,
    pub history: bool,
}

/// The options of a sample.
#[derive(Default)]
pub struct Draw<'a> {
    pub seed: Option<&'a str>,
    pub percent: Option<u32>,
    pub size: Option<usize>,
}

fn sample(
    projects: &[Snapshot],
    folders: &[Option<String>],
    plan: &SamplingPlan,
    draw: &Draw<'_>,
    format: &str,
) -> String {
    let mut population = Population::default();
    for project in projects {
        population.add(&project.portfolio, plan, AS_OF);
    }
    let about = |(project, folder): (&Snapshot, &Option<String>)| SampledPortfolio {
        folder: folder.clone(),
        about: Identity::of(&project.portfolio, AS_OF),
    };
    let portfolios: Vec<SampledPortfolio> = projects.iter().zip(folders).map(about).collect();
    let wish = SampleOptions {
        seed: draw.seed,
        percent: draw.percent,
        size: draw.size,
    };
    let report = SampleReport {
        sample: &Sample::draw(population, plan, wish, AS_OF),
        portfolios: &portfolios,
        as_of: AS_OF,
    };
    match format {
        "json" => report::sample_json(&report),
        "csv" => report::sample_csv(&report),
        "markdown" => report::sample_markdown(&report),
        _ => report::sample_text(&report),
    }
}

/// Loads the portfolio in a folder.
pub fn load(root: &Path, day: Date) -> Snapshot {
    let options = OpenOptions::new(root).as_of(day);
    Snapshot::open(&options).unwrap_or_else(|error| panic!("{error:?}"))
}

/// A report for people, with the day it is judged by; others are unchanged.
fn dated(project: &Snapshot, format: &str, report: String) -> String {
    match (format, project.judged_line()) {
        ("text", Some(line)) => format!("{line}\n\n{report}"),
        ("markdown", Some(line)) => format!("{report}\n{line}\n"),
        _ => report,
    }
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// `check --format FORMAT` on a loaded portfolio.
pub fn check(project: &Snapshot, profile: Option<Profile>, format: &str) -> String {
    render_outcome(project, &project.check(profile, None), profile, format)
}

fn render_outcome(
    project: &Snapshot,
    outcome: &Outcome,
    profile: Option<Profile>,
    format: &str,
) -> String {
    let fail_on = Level::Error;
    let run = Report {
        findings: &outcome.findings,
        sources: &project.sources,
        portfolio: &project.portfolio,
        coverage: &project.coverage,
        profile: profile.unwrap_or(project.portfolio.settings.profile),
        fail_on,
        exit_code: u8::from(outcome.findings.reach(fail_on)),
        known: 0,
        fixed: &[],
        prefix: &store::prefix(&project.root),
    };
    match format {
        "concise" => report::concise(&run),
        "json" => report::findings_json(&run),
        "sarif" => report::sarif(&run),
        "junit" => report::junit(&run),
        "github" => report::github(&run),
        "gitlab" => report::gitlab(&run),
        "markdown" => report::findings_markdown(&run),
        "text" => report::findings_text(&run, false),
        other => panic!("unknown format {other}"),
    }
}
