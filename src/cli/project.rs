//! From a folder to a judged portfolio: what every command begins with.

use std::path::PathBuf;

use jiff::civil::Date;

use super::args::Global;
use super::console::Trouble;
use super::entries::{self, Kept, Memory};
use crate::check::{self, Baseline, Outcome};
use crate::cover::cover;
use crate::diagnostic::Fault;
use crate::io::{self, Cache, Shelf, Workspace};
use crate::markup::get_ready_to_colour;
use crate::model::{
    Coverage, Guidance, Portfolio, Profile, ProgrammeRules, ReflectionModel, Revealed, Standard, State,
    revealed,
};
use crate::par;
use crate::parse::{self, Parsed};
use crate::report::Sources;
use crate::resolve::{Filed, Ground, Parts, Resolved, revise};
use crate::text::{Facts, Source, Span};
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
    /// A digest of every text but those of entries, and of the evidence.
    pub ground: [u8; 32],
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
        Self::load_with(root(global)?, as_of(global), global.allowed_signers.clone())
    }

    /// The same, and keeps what was made of entries for the next run.
    ///
    /// # Errors
    /// That there is none, and what the machine would not read.
    pub fn open_and_keep(global: &Global) -> Result<Self, Trouble> {
        let asked = Asked { signers: global.allowed_signers.clone(), ..Asked::default() };
        Self::read(root(global)?, as_of(global), Memory::Kept, asked)
    }

    /// Loads and judges the portfolio in a folder.
    ///
    /// # Errors
    /// What the machine would not read.
    pub fn load(root: PathBuf, as_of: Date) -> Result<Self, Trouble> {
        Self::read(root, as_of, Memory::Used, Asked::default())
    }

    /// The same, with decisions signed by those whom this file allows, or else the portfolio's own.
    ///
    /// # Errors
    /// What the machine would not read.
    pub fn load_with(root: PathBuf, as_of: Date, signers: Option<PathBuf>) -> Result<Self, Trouble> {
        Self::read(root, as_of, Memory::Used, Asked { signers, ..Asked::default() })
    }

    /// The portfolio as it would be with one more decision file.
    ///
    /// # Errors
    /// What the machine would not read.
    pub fn with(&self, decisions: Source, signature: Option<String>) -> Result<Self, Trouble> {
        let asked = Asked { signers: self.signers.clone(), more: Some((decisions, signature)) };
        Self::read(self.root.clone(), self.coverage.as_of, Memory::Used, asked)
    }

    fn read(root: PathBuf, as_of: Date, memory: Memory, asked: Asked) -> Result<Self, Trouble> {
        // What is kept of entries is read while everything else is.
        let (workspace, cache) = par::both(|| io::load(&root), || Cache::open(&root));
        let mut workspace = workspace?;
        workspace.decisions.extend(asked.more);
        if let Some(path) = &asked.signers {
            let revoked = workspace.signers.take().and_then(|(_, revoked)| revoked);
            workspace.signers = Some((io::load_text(path)?, revoked));
        }
        let made_on = digest_of(&workspace);
        let mut sources = Sources::on(Box::new(Shelf::new(&root)));
        let entries = std::mem::take(&mut workspace.entries);
        let mut ground = Ground::new(parts(workspace, &mut sources));
        let read = entries::read(&root, &entries, &ground, cache, memory)?;
        if memory == Memory::Kept {
            // A build will show their code.
            for (language, block) in read.blocks {
                par::begin(move || get_ready_to_colour(&language, &block));
            }
        }
        let shelved =
            |kept: &Kept| (kept.entry.entry.path.clone(), kept.sum, kept.entry.entry.masked.clone());
        sources.shelve(read.entries.iter().map(shelved));
        let lone = read.entries.into_iter().map(|kept| kept.entry).collect();
        for (source, fault) in read.broken {
            let masked: Vec<Span> = revealed(&source.text, &[]).iter().map(|one| one.span).collect();
            sources.add(&source, &masked);
            ground.note(fault);
        }
        let decisions = ground.decision_sources();
        let Resolved { portfolio, faults } = ground.join(lone);
        for source in &decisions {
            sources.add(source, &portfolio.masked_in(&source.path));
        }
        let coverage = cover(&portfolio, as_of);
        Ok(Self { root, portfolio, coverage, sources, ground: made_on, signers: asked.signers, faults })
    }

    /// Puts an edited entry in the place of what it was, where that is all that changes; see [`revise`].
    pub fn revise(&mut self, source: &Source) -> bool {
        let parsed = parse::entry(source);
        if !revise(&mut self.portfolio, &mut self.faults, parsed, &source.text) {
            return false;
        }
        let at = self.portfolio.index.by_path(&source.path);
        let masked = at.map(|at| self.portfolio.entries[at].masked.clone()).unwrap_or_default();
        self.sources.add(source, &masked);
        self.coverage = cover(&self.portfolio, self.coverage.as_of);
        true
    }

    /// Lets go of what entries are about, which is only asked for where none of them claims a criterion.
    pub fn forget_terms(&mut self) {
        let mut lines = self.coverage.lines();
        if lines.all(|line| line.state != State::Gap) {
            for entry in &mut self.portfolio.entries {
                entry.body.vocabulary.terms = Box::default();
            }
        }
    }

    /// Lets go of the words that can be searched for, which nothing needs once the search index is made.
    pub fn forget_words(&mut self) {
        for entry in &mut self.portfolio.entries {
            entry.body.vocabulary.words = Box::default();
        }
    }

    /// Whether something in a file was not understood.
    pub fn is_broken(&self, path: &str) -> bool {
        self.faults.iter().any(|fault| fault.place.path.as_str() == path)
    }

    /// The place of the standard with an id in the portfolio's list.
    ///
    /// # Errors
    /// That the portfolio has none.
    pub fn standard(&self, id: &str) -> Result<usize, Trouble> {
        let standards = &self.portfolio.catalogue.standards;
        standards.iter().position(|(standard, _)| standard.id.value == id).ok_or_else(|| {
            let help = "name one that portfolio.yaml lists";
            Trouble::new(format!("the portfolio has no standard `{id}`"), help)
        })
    }

    /// Notes what did not fit.
    pub fn note(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// What pages are made from.
    pub fn scene<'a>(&'a self, backdrop: &'a Backdrop) -> Scene<'a> {
        Scene::new(&self.portfolio, &self.coverage, &self.sources, backdrop)
    }

    /// All findings, and of them those that `baseline` does not know.
    pub fn check(&self, profile: Option<Profile>, baseline: Option<&Baseline>) -> Outcome {
        let profile = profile.unwrap_or(self.portfolio.settings.profile);
        check::check(&self.portfolio, &self.coverage, &self.faults, profile, baseline)
    }
}

/// The day to judge by: the one named, or today. Today is that of UTC, so that the same moment gives the same
/// day everywhere.
pub fn as_of(global: &Global) -> Date {
    global.as_of.unwrap_or_else(today)
}

/// Today, in UTC.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The workspace's root.
///
/// # Errors
/// That no folder here or above holds a portfolio.
#[expect(clippy::disallowed_methods, reason = "the one place where the current folder is asked for")]
pub fn root(global: &Global) -> Result<PathBuf, Trouble> {
    let start = match &global.root {
        Some(root) => root.clone(),
        None => std::env::current_dir()
            .map_err(|error| Trouble::new(error.to_string(), "go to another folder"))?,
    };
    let found = if global.root.is_some() { Some(start.clone()) } else { io::find_root(&start) };
    found.filter(|root| root.join("portfolio/portfolio.yaml").is_file()).ok_or_else(|| {
        Trouble::new(
            format!("there is no portfolio/portfolio.yaml in {} or above it", start.display()),
            "begin one here with `ksbfolio init`, or go to the folder that holds portfolio/ (or name it: --root DIR)",
        )
    })
}

/// A digest of everything that a workspace holds but the texts of its entries.
fn digest_of(workspace: &Workspace) -> [u8; 32] {
    let mut facts = Facts::default();
    let mut text = |source: &Source| {
        facts.add(source.path.as_str()).add(&*source.text);
    };
    [&workspace.settings, &workspace.consents, &workspace.sampling].into_iter().for_each(&mut text);
    workspace.standards.iter().for_each(&mut text);
    if let Some((allowed, revoked)) = &workspace.signers {
        std::iter::once(allowed).chain(revoked).for_each(&mut text);
    }
    for (decisions, signature) in &workspace.decisions {
        text(decisions);
        text(&Source::new("signature", signature.as_deref().unwrap_or_default()));
    }
    for (path, file) in &workspace.evidence {
        facts.add(path.as_str()).add(&file.sha256);
    }
    facts.digest()
}

/// Parses all texts but those of entries.
pub fn parts(workspace: Workspace, sources: &mut Sources) -> Parts {
    let decisions = workspace.decisions.into_iter();
    let decisions = decisions.map(|(source, signature)| Filed::new(source, signature)).collect();
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
    workspace.standards.iter().for_each(|source| sources.add(source, &[]));
    let spans = |found: &[Revealed]| found.iter().map(|one| one.span).collect::<Vec<Span>>();
    sources.add(&workspace.consents, &spans(&parts.consents.value.identifiers));
    sources.add(&workspace.sampling, &spans(&parts.sampling.value.identifiers));
    sources.add(&parts.settings_source, &spans(&parts.settings.value.identifiers));
    let signers = parts.signers.iter().flat_map(|(allowed, revoked)| std::iter::once(allowed).chain(revoked));
    signers.for_each(|source| sources.add(source, &[]));
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
