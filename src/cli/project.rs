//! From a folder to a judged portfolio: what every command begins with.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

use super::args::Global;
use super::console::{Console, Trouble};
use super::entries::{self, ReadEntry};
use crate::check::{self, Baseline, Outcome};
use crate::cover::cover;
use crate::diagnostic::Fault;
use crate::io::{self, Shelf, Workspace};
use crate::model::{
    Coverage, Guidance, Horizon, Portfolio, Profile, ProgrammeRules, ReflectionModel, Revealed,
    Settings, Standard, revealed,
};
use crate::par;
use crate::parse::{self, Parsed};
use crate::report::Sources;
use crate::resolve::{Filed, Ground, KeyFile, Parts, Resolved, revise};
use crate::text::{Source, Span};
use crate::view::{Backdrop, Scene};

/// A portfolio, judged.
pub struct Project {
    /// The folder that holds `portfolio/`.
    pub root: PathBuf,
    /// The portfolio.
    pub portfolio: Portfolio,
    /// Its coverage.
    pub coverage: Coverage,
    /// The texts that findings point into.
    pub sources: Sources,
    horizon: Horizon,
    signers: Option<PathBuf>,
    faults: Vec<Fault>,
}

/// What a portfolio is read with beside its own files.
#[derive(Debug, Default)]
struct Asked {
    /// Who may sign decisions, where that is kept elsewhere.
    signers: Option<PathBuf>,
    /// A decision file that is not filed yet, with its signature.
    more: Option<(Source, Option<String>)>,
}

impl Project {
    /// Loads and judges the portfolio that the options name.
    ///
    /// # Errors
    /// That there is none, and what the machine would not read.
    pub fn open(global: &Global) -> Result<Self, Trouble> {
        Self::load_with(root(global)?, asked(global), global.allowed_signers.clone())
    }

    /// The same for commands whose result is relied on: an unreadable `portfolio.yaml` ends them, and they say which
    /// standards are missing.
    ///
    /// # Errors
    /// Those of [`Project::open`], and that `portfolio.yaml` cannot be read.
    pub fn open_readable(global: &Global, console: &mut Console) -> Result<Self, Trouble> {
        let project = Self::open(global)?;
        let problem = project.portfolio.standards_problem();
        if project.portfolio.settings.is_unreadable {
            return Err(unjudged(problem.unwrap_or_default()));
        }
        if let Some(problem) = problem {
            console.say(&format!("{problem}. `ksbfolio check` shows where."));
        }
        Ok(project)
    }

    /// Loads and judges the portfolio in a folder, by the day given, else by its own; see [`day_of`].
    ///
    /// # Errors
    /// What the machine would not read.
    pub fn load(root: PathBuf, as_of: impl Into<Option<Date>>) -> Result<Self, Trouble> {
        Self::read(root, as_of.into().map(Horizon::AsOf), Asked::default())
    }

    /// The same, with decisions signed by those whom this file allows, or else the portfolio's own.
    ///
    /// # Errors
    /// What the machine would not read.
    pub fn load_with(
        root: PathBuf,
        horizon: Option<Horizon>,
        signers: Option<PathBuf>,
    ) -> Result<Self, Trouble> {
        Self::read(
            root,
            horizon,
            Asked {
                signers,
                ..Asked::default()
            },
        )
    }

    /// The portfolio as it would be with one more decision file.
    ///
    /// # Errors
    /// What the machine would not read.
    pub fn with(&self, decisions: Source, signature: Option<String>) -> Result<Self, Trouble> {
        let asked = Asked {
            signers: self.signers.clone(),
            more: Some((decisions, signature)),
        };
        Self::read(self.root.clone(), Some(self.horizon), asked)
    }

    fn read(root: PathBuf, horizon: Option<Horizon>, asked: Asked) -> Result<Self, Trouble> {
        let mut workspace = io::load(&root)?;
        let horizon = horizon.unwrap_or_else(|| own_horizon(&workspace.said.value.settings));
        workspace.decisions.extend(asked.more);
        if let Some(path) = &asked.signers {
            workspace.signers.allowed = KeyFile::Text(io::load_text(path)?);
        }
        let mut sources = Sources::on(Box::new(Shelf::new(&root)));
        let entries = std::mem::take(&mut workspace.entries);
        let mut ground = Ground::new(parts(workspace, &mut sources)).judged_on(horizon);
        let read = entries::read(&root, &entries, &ground.world())?;
        let shelved = |read: &ReadEntry| {
            (
                read.entry.entry.path.clone(),
                read.sum,
                read.entry.entry.masked.clone(),
            )
        };
        sources.shelve(read.entries.iter().map(shelved));
        let lone = read.entries.into_iter().map(|read| read.entry).collect();
        for (source, fault) in read.broken {
            let masked: Vec<Span> = revealed(&source.text, &[])
                .iter()
                .map(|one| one.span)
                .collect();
            sources.add(&source, &masked);
            ground.note(fault);
        }
        let decisions = ground.decision_sources();
        let Resolved { portfolio, faults } = ground.join(lone);
        for source in &decisions {
            sources.add(source, &portfolio.masked_in(&source.path));
        }
        let coverage = cover(&portfolio, horizon.day());
        Ok(Self {
            root,
            portfolio,
            coverage,
            sources,
            horizon,
            signers: asked.signers,
            faults,
        })
    }

    /// The last day on which decisions can have been made, and whether somebody named it.
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// Puts an edited entry in the place of what it was, where that is all that changes; see [`revise`].
    pub fn revise(&mut self, source: &Source) -> bool {
        let parsed = parse::entry(source);
        if !revise(&mut self.portfolio, &mut self.faults, parsed, &source.text) {
            return false;
        }
        let at = self.portfolio.index.by_path(&source.path);
        let masked = at
            .map(|at| self.portfolio.entries[at].masked.clone())
            .unwrap_or_default();
        self.sources.add(source, &masked);
        self.coverage = cover(&self.portfolio, self.coverage.as_of);
        true
    }

    /// Whether something in a file was not understood.
    pub fn is_broken(&self, path: &str) -> bool {
        self.faults
            .iter()
            .any(|fault| fault.place.path.as_str() == path)
    }

    /// The place of the standard with an id in the portfolio's list.
    ///
    /// # Errors
    /// That the portfolio has none.
    pub fn standard(&self, id: &str) -> Result<usize, Trouble> {
        let standards = &self.portfolio.catalogue.standards;
        standards
            .iter()
            .position(|(standard, _)| standard.id.value == id)
            .ok_or_else(|| {
                let help = "name one that portfolio.yaml lists";
                Trouble::new(format!("the portfolio has no standard `{id}`"), help)
            })
    }

    /// Notes what did not fit.
    pub fn note(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// A report. For a frozen portfolio it says in formats for people by which day it is judged.
    pub fn dated(&self, format: &str, report: String) -> String {
        let (settings, as_of) = (&self.portfolio.settings, self.coverage.as_of);
        if settings.as_of.is_none() {
            return report;
        }
        let line = format!("Judged as of {}.", settings.judged_by(as_of));
        match format {
            "text" => format!("{line}\n\n{report}"),
            "markdown" => format!("{report}\n{line}\n"),
            _ => report,
        }
    }

    /// What pages are made from.
    pub fn scene<'a>(&'a self, backdrop: &'a Backdrop) -> Scene<'a> {
        Scene::new(&self.portfolio, &self.coverage, &self.sources, backdrop)
    }

    /// All findings, and of them those that `baseline` does not know.
    pub fn check(&self, profile: Option<Profile>, baseline: Option<&Baseline>) -> Outcome {
        let profile = profile.unwrap_or(self.portfolio.settings.profile);
        check::check(
            &self.portfolio,
            &self.coverage,
            &self.faults,
            profile,
            baseline,
        )
    }
}

/// An error for what cannot be judged because of `portfolio.yaml`.
pub fn unjudged(problem: String) -> Trouble {
    Trouble::new(problem, "`ksbfolio check` shows the line and what to write")
}

/// The day by which a portfolio is judged where `--as-of` names none: the day it is frozen at, else the learner's today.
/// The clock is not read for a frozen portfolio.
pub fn day_of(settings: &Settings) -> Date {
    settings.as_of.unwrap_or_else(|| today(settings))
}

/// The last day on which decisions can have been made, if `--as-of` names it.
pub fn asked(global: &Global) -> Option<Horizon> {
    global.as_of.map(Horizon::AsOf)
}

/// The same for a portfolio by itself: the day it is frozen at, else today.
fn own_horizon(settings: &Settings) -> Horizon {
    settings
        .as_of
        .map_or_else(|| Horizon::Today(today(settings)), Horizon::AsOf)
}

/// Today, where the learner is.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
pub fn today(settings: &Settings) -> Date {
    settings.day_at(Timestamp::now())
}

/// The workspace's root.
///
/// # Errors
/// That no folder here or above holds a portfolio.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the current folder is asked for"
)]
pub fn root(global: &Global) -> Result<PathBuf, Trouble> {
    let start = match &global.root {
        Some(root) => root.clone(),
        None => std::env::current_dir()
            .map_err(|error| Trouble::new(error.to_string(), "go to another folder"))?,
    };
    let found = if global.root.is_some() {
        Some(start.clone())
    } else {
        io::find_root(&start)
    };
    found.filter(|root| io::stands(&root.join("portfolio/portfolio.yaml")) != io::Stands::Nowhere).ok_or_else(|| {
        Trouble::new(
            format!("there is no portfolio/portfolio.yaml in {} or above it", start.display()),
            "begin one here with `ksbfolio init`, or go to the folder that holds portfolio/ (or name it: --root DIR)",
        )
    })
}

/// Parses all texts but those of entries.
pub fn parts(workspace: Workspace, sources: &mut Sources) -> Parts {
    let decisions = workspace.decisions.into_iter();
    let decisions = decisions
        .map(|(source, signature)| Filed::new(source, signature))
        .collect();
    let mut parts = Parts {
        settings: workspace.said,
        standards: Vec::new(),
        models: Vec::new(),
        guidance: Vec::new(),
        programme: Vec::new(),
        decisions,
        signers: workspace.signers,
        consents: parse::consents(&workspace.consents),
        sampling: parse::sampling(&workspace.sampling),
        evidence: workspace.evidence,
        faults: workspace.faults,
        settings_source: workspace.settings,
    };
    for one in par::map_uneven(&workspace.standards, sorted) {
        match one {
            Sorted::Standard(standard) => parts.standards.push(*standard),
            Sorted::Model(model) => parts.models.push(model),
            Sorted::Guidance(guidance) => parts.guidance.push(guidance),
            Sorted::Programme(rules) => parts.programme.push(rules),
        }
    }
    workspace
        .standards
        .iter()
        .for_each(|source| sources.add(source, &[]));
    let spans = |found: &[Revealed]| found.iter().map(|one| one.span).collect::<Vec<Span>>();
    sources.add(
        &workspace.consents,
        &spans(&parts.consents.value.identifiers),
    );
    sources.add(
        &workspace.sampling,
        &spans(&parts.sampling.value.identifiers),
    );
    sources.add(
        &parts.settings_source,
        &spans(&parts.settings.value.identifiers),
    );
    parts
        .signers
        .texts()
        .for_each(|source| sources.add(source, &[]));
    for source in &workspace.unreadable {
        sources.add(source, &spans(&revealed(&source.text, &[])));
    }
    parts
}

/// A text of the folder of standards, parsed as what it is.
enum Sorted {
    Standard(Box<Parsed<Option<Standard>>>),
    Model(Parsed<Option<ReflectionModel>>),
    Guidance(Parsed<Option<Guidance>>),
    Programme(Parsed<Option<ProgrammeRules>>),
}

/// Standards, models, guidance and rules on programmes are told apart by their folder.
fn sorted(source: &Source) -> Sorted {
    let path = source.path.as_str();
    if path.contains("standards/reflection/") {
        Sorted::Model(parse::reflection_model(source))
    } else if path.contains("standards/guidance/") {
        Sorted::Guidance(parse::guidance(source))
    } else if path.contains("standards/programme/") {
        Sorted::Programme(parse::programme(source))
    } else {
        Sorted::Standard(Box::new(parse::standard(source)))
    }
}
