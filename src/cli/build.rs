//! `build`: the site.

use std::collections::BTreeSet;
use std::path::Path;

use super::args::{Build, Global};
use super::attached::{attached, left_out};
use super::console::{Console, Trouble};
use super::project::{self, Project};
use super::{CLEAN, FINDINGS};
use crate::io::{self, Output, Placed, Written};
use crate::model::{Audience, Word};
use crate::par;
use crate::privacy::Kind;
use crate::render::{self, SiteFile, Theme};
use crate::report::{DataScope, coverage_data};
use crate::view::{self, Backdrop, Job, Scene, SearchFile, SearchIndex, SitePath};

/// Builds the site.
pub fn run(global: &Global, command: &Build, console: &mut Console) -> Result<u8, Trouble> {
    let root = project::root(global)?;
    let folder = command
        .output
        .clone()
        .unwrap_or_else(|| root.join("output"));
    if command.output.is_none() && io::is_link(&folder) {
        let help = "remove it, or name the folder with --output";
        return Err(Trouble::new(
            format!("{} is a link, and may lead anywhere", io::shown(&folder)),
            help,
        ));
    }
    let project = Project::open_readable(global, console)?;
    let said = build(&project, command, &folder, console)?;
    for line in &said {
        console.say(line);
    }
    console.say(&format!(
        "Open {} in a browser.",
        io::shown(&folder.join("index.html"))
    ));
    Ok(if said.iter().any(|line| is_finding(line)) {
        FINDINGS
    } else {
        CLEAN
    })
}

/// The beginning of a line about a page that is not published.
const WITHHELD: &str = "Withheld: ";

/// The beginning of a line about an edited page that was removed.
const REMOVED: &str = "Removed: ";

/// The beginning of a line about a page that should go and could not be removed.
const STUCK: &str = "Not removed: ";

/// The beginning of a line about a file that the program did not write, and that may be a copy of a page.
const FOREIGN: &str = "Not part of the site: ";

/// Edited pages that are named when they are replaced, and foreign files; of more, the number.
const NAMED: usize = 10;

/// Whether the exit code of a build says that there is something to look at.
pub fn is_finding(line: &str) -> bool {
    [WITHHELD, REMOVED, STUCK, FOREIGN]
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

/// Lines about files that had changed since the last build, and about those that could not be removed.
pub fn edits(written: &Written) -> Vec<String> {
    let replaced = written.replaced_edited.iter().take(NAMED);
    let replaced =
        replaced.map(|path| format!("Replaced: {path}, which had changed since the last build."));
    let more = written.replaced_edited.len().saturating_sub(NAMED);
    let more = (more > 0)
        .then(|| format!("Replaced: {more} more files that had changed since the last build."));
    let removed = written.removed_edited.iter();
    let removed = removed.map(|path| {
        format!("{REMOVED}{path}, which had changed since the last build. The site no longer has this file.")
    });
    let stuck = written.stuck.iter().map(|path| {
        format!(
            "{STUCK}{path}. The site no longer has it, but a folder or a link is in the way: remove that."
        )
    });
    replaced.chain(more).chain(removed).chain(stuck).collect()
}

/// Lines about files that are not the program's own. They are never removed.
fn foreign(written: &Written) -> Vec<String> {
    let named = written.foreign.iter().take(NAMED);
    let named = named.map(|path| {
        format!(
            "{FOREIGN}{path}. If it is a copy of a page, delete it: it stays as it is when the page goes."
        )
    });
    let more = written.foreign.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("{FOREIGN}{more} more files."));
    named.chain(more).collect()
}

/// The entries that are meant for an audience and not published, with the reason.
fn withheld(project: &Project, audience: Audience) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in &project.portfolio.entries {
        let kinds: BTreeSet<&str> = entry.withheld_from(audience).map(Kind::rule).collect();
        if view::is_meant_for(entry, audience) && !kinds.is_empty() {
            let kinds: Vec<&str> = kinds.into_iter().collect();
            lines.push(format!(
                "{WITHHELD}{} ({}). `ksbfolio check` shows where.",
                entry.path,
                kinds.join(", ")
            ));
        }
    }
    lines
}

/// Builds the site and returns the lines that report it.
fn build(
    project: &Project,
    command: &Build,
    folder: &Path,
    console: &Console,
) -> Result<Vec<String>, Trouble> {
    let audience = Audience::from_word(&command.audience).unwrap_or(Audience::Assessor);
    let theme = command
        .theme
        .as_ref()
        .unwrap_or(&project.portfolio.settings.theme);
    let theme = Theme::new(&io::theme_files(&project.root, theme)?)?;
    let (pictures, mut files) = attached(project, audience)?;
    let left_out = left_out(project, audience, &pictures);
    let backdrop = Backdrop::new(&project.portfolio, audience, pictures, None);
    let scene = project.scene(&backdrop);
    let nothing_public = nothing_public(&scene);
    files.extend(assets(&theme, &scene, &view::jobs(&scene)));
    let (index, documents) = par::both(|| SearchIndex::new(&scene), || documents(project, &scene));
    files.extend(documents);
    let output = Output::open(folder, &project.root)?;
    let placed = SiteBuilder {
        project,
        theme: &theme,
        scene,
        output: &output,
    }
    .site(files, index, console)?;
    let (written, state) = par::both(|| output.close(&placed), || state(project));
    let written = written?;
    let lines = [
        vec![done(command, &written)],
        edits(&written),
        foreign(&written),
        nothing_public,
        left_out,
    ];
    Ok([lines.concat(), withheld(project, audience), state].concat())
}

/// Renders the pages of a site into an output folder.
struct SiteBuilder<'a> {
    project: &'a Project,
    theme: &'a Theme,
    scene: Scene<'a>,
    output: &'a Output,
}

impl SiteBuilder<'_> {
    /// Writes all files of a site: assets and documents, the search index, and the pages.
    fn site(
        &self,
        files: Vec<SiteFile>,
        index: SearchIndex,
        console: &Console,
    ) -> Result<Vec<Placed>, Trouble> {
        let search = if self.scene.shows_nothing() {
            Vec::new()
        } else {
            index.files()
        };
        let jobs = self.jobs();
        let paths = jobs
            .iter()
            .map(|job| job.path(&self.scene))
            .chain(search.iter().map(|file| file.path()));
        let coming: Vec<SitePath> = paths
            .chain(files.iter().map(|file| file.path.clone()))
            .collect();
        let coming: Vec<&str> = coming.iter().map(SitePath::as_str).collect();
        self.output.expect(&coming)?;
        // The style sheet is written before the pages that need it.
        let mut placed = all(par::map(&files, |file| Ok(self.output.place(file)?)))?;
        drop(files);
        placed.extend(all(par::map(&search, |&file| self.search(&index, file)))?);
        drop(index);
        let progress = console.progress(jobs.len());
        // Each page is written by the thread that rendered it, so memory holds one page for each core.
        let place = |&job: &Job| {
            let placed = self.page(job)?;
            progress.step();
            Ok(placed)
        };
        placed.extend(all(par::map_uneven(&jobs, place))?);
        progress.end();
        Ok(placed)
    }

    /// The pages, with the longest one, the pack, last.
    fn jobs(&self) -> Vec<Job> {
        let mut jobs = view::jobs(&self.scene);
        jobs.sort_by_key(|job| matches!(job, Job::Pack));
        jobs
    }

    fn search(&self, index: &SearchIndex, file: SearchFile) -> Result<Placed, Trouble> {
        let file = SiteFile {
            path: file.path(),
            bytes: index.text(&self.scene, file).into_bytes(),
        };
        Ok(self.output.place(&file)?)
    }

    fn page(&self, job: Job) -> Result<Placed, Trouble> {
        self.output.place_written(&job.path(&self.scene), |into| {
            render::write(self.theme, &self.scene, job, into)?;
            still(self.project)
        })
    }
}

/// A warning where a site for the public has no entry to show.
fn nothing_public(scene: &Scene<'_>) -> Vec<String> {
    let warns = scene.audience == Audience::Public && scene.visible.is_empty();
    let warning = "Warning: nothing is public. Entries with `visibility: public` are, once nothing in them identifies anybody.";
    if warns {
        vec![warning.to_owned()]
    } else {
        Vec::new()
    }
}

/// Sees to it that no page is made of two versions of an entry.
fn still(project: &Project) -> Result<(), Trouble> {
    match project.sources.moved() {
        Some(path) => Err(Trouble::new(
            format!("{path} was changed while the site was built"),
            "build again",
        )),
        None => Ok(()),
    }
}

fn all(placed: Vec<Result<Placed, Trouble>>) -> Result<Vec<Placed>, Trouble> {
    placed.into_iter().collect()
}

/// The files that go onto the site as the theme has them: those that its pages use.
pub fn assets(theme: &Theme, scene: &Scene<'_>, jobs: &[Job]) -> impl Iterator<Item = SiteFile> {
    let files = theme
        .assets()
        .iter()
        .filter(|(path, _)| view::needs_asset(scene, jobs, path));
    files.map(|(path, bytes)| SiteFile {
        path: SitePath::new(path.clone()),
        bytes: bytes.clone(),
    })
}

/// Files that are no pages: the search index, and documents that programs read.
pub fn others(project: &Project, scene: &Scene<'_>) -> Vec<SiteFile> {
    let search = if scene.shows_nothing() {
        Vec::new()
    } else {
        view::search_files(scene)
    };
    let search = search.into_iter();
    let search = search.map(|(path, text)| SiteFile {
        path: SitePath::new(path),
        bytes: text.into_bytes(),
    });
    search.chain(documents(project, scene)).collect()
}

/// Documents for programs.
fn documents(project: &Project, scene: &Scene<'_>) -> Vec<SiteFile> {
    let file = |path: &str, text: String| SiteFile {
        path: SitePath::new(path),
        bytes: text.into_bytes(),
    };
    if scene.shows_nothing() || !scene.disclosure.states {
        return Vec::new();
    }
    let shown = DataScope {
        entries: &|entry| scene.may_see(entry),
        reasons: scene.disclosure.feedback,
    };
    vec![file(
        "data/coverage.json",
        coverage_data(&project.portfolio, &project.coverage, &shown),
    )]
}

fn done(command: &Build, written: &Written) -> String {
    format!(
        "Built {} files for the audience {}: {} written, {} removed, the rest unchanged.",
        written.files, command.audience, written.written, written.removed
    )
}

/// How the portfolio stands, in a line or two.
fn state(project: &Project) -> Vec<String> {
    let counts = project.coverage.counts();
    let mut said = vec![format!(
        "{}/{} criteria evidenced.",
        counts.complete(),
        counts.out_of()
    )];
    let wrong = project.check(None, None).findings.summary().in_words();
    said.extend(wrong.map(|wrong| format!("{wrong}: `ksbfolio check` shows them.")));
    said
}
