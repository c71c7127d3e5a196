//! A portfolio, opened and judged.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::EngineError;
use super::clock::own_horizon;
use super::entries::{ReadEntry, read_entries};
use super::load::{WorkspaceFiles, load};
use super::parts::{parts, spans};
use crate::check::{self, Baseline, Outcome};
use crate::cover::cover;
use crate::diagnostic::Fault;
use crate::model::{Coverage, Horizon, Portfolio, Profile, find_identifiers_in};
use crate::parse;
use crate::report::Sources;
use crate::resolve::{KeyFile, PortfolioBuilder, Resolved, revise};
use crate::store::{self, DiskSources, StoreError};
use crate::text::{Source, Span};
use crate::view::{RenderContext, SiteScope};

/// Which portfolio to open, and how to judge it.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// The folder that holds `portfolio/`.
    pub root: PathBuf,
    /// The day to judge by; by default the day the portfolio is frozen at, else today.
    pub as_of: Option<Date>,
    /// An allowed signers file that replaces the portfolio's own.
    pub signers: Option<PathBuf>,
}

impl OpenOptions {
    /// Opens the portfolio in a folder by its own settings.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            as_of: None,
            signers: None,
        }
    }

    /// Judges as on a given day.
    #[must_use]
    pub fn as_of(self, day: impl Into<Option<Date>>) -> Self {
        Self {
            as_of: day.into(),
            ..self
        }
    }
}

/// A portfolio with its coverage, and the sources that findings point into.
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

/// A decision file that is not filed yet, with its detached signature.
type Unfiled = (Source, Option<String>);

impl Project {
    /// Reads and judges a portfolio.
    ///
    /// # Errors
    /// There is no portfolio, or a file cannot be read.
    pub fn open(options: &OpenOptions) -> Result<Self, EngineError> {
        let horizon = options.as_of.map(Horizon::AsOf);
        let signers = options.signers.clone();
        Self::read(options.root.clone(), horizon, signers, None)
    }

    /// Reads and judges another revision of this portfolio, by the same day and signers.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn open_revision(&self, root: &Path) -> Result<Self, EngineError> {
        let signers = self.signers.clone();
        Self::read(root.to_owned(), Some(self.horizon), signers, None)
    }

    /// The portfolio as it would be with one more decision file.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn with(&self, decisions: Source, signature: Option<String>) -> Result<Self, EngineError> {
        let (root, signers) = (self.root.clone(), self.signers.clone());
        let unfiled = Some((decisions, signature));
        Self::read(root, Some(self.horizon), signers, unfiled)
    }

    fn read(
        root: PathBuf,
        horizon: Option<Horizon>,
        signers: Option<PathBuf>,
        unfiled: Option<Unfiled>,
    ) -> Result<Self, EngineError> {
        let mut files = load(&root)?;
        let horizon = horizon.unwrap_or_else(|| own_horizon(&files.settings.value.settings));
        files.decisions.extend(unfiled);
        if let Some(path) = &signers {
            files.signers.allowed = KeyFile::Text(store::load_text(path)?);
        }
        let (portfolio, faults, sources) = resolve(&root, files, horizon)?;
        let coverage = cover(&portfolio, horizon.day());
        Ok(Self {
            root,
            portfolio,
            coverage,
            sources,
            horizon,
            signers,
            faults,
        })
    }

    /// The last day on which decisions can have been made.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// Replaces an entry by its edited text, if the entry keeps its id, its date and its files; see
    /// [`revise`]. Returns false, and changes nothing, if the portfolio has to be read again.
    pub fn revise(&mut self, source: &Source) -> bool {
        let parsed = parse::entry(source);
        if !revise(&mut self.portfolio, &mut self.faults, parsed, &source.text) {
            return false;
        }
        let at = self.portfolio.index.by_path(&source.path);
        let masked = at.map(|at| self.portfolio.entries[at].masked.clone());
        self.sources.add(source, &masked.unwrap_or_default());
        self.coverage = cover(&self.portfolio, self.coverage.as_of);
        true
    }

    /// Whether a file has a fault.
    #[must_use]
    pub fn is_broken(&self, path: &str) -> bool {
        let mut paths = self.faults.iter().map(|fault| fault.place.path.as_str());
        paths.any(|broken| broken == path)
    }

    /// The index of a standard in the catalogue.
    ///
    /// # Errors
    /// The portfolio has no standard of this id.
    pub fn standard(&self, id: &str) -> Result<usize, EngineError> {
        let mut standards = self.portfolio.catalogue.standards.iter();
        let found = standards.position(|(standard, _)| standard.id.value == id);
        found.ok_or_else(|| {
            let help = "name one that portfolio.yaml lists";
            EngineError::refused(format!("the portfolio has no standard `{id}`"), help)
        })
    }

    /// Records a fault that was found outside of the files, such as in their history.
    pub fn record(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// "Judged as of 21 November 2026." for a frozen portfolio, `None` for any other.
    #[must_use]
    pub fn judged_line(&self) -> Option<String> {
        let settings = &self.portfolio.settings;
        let judged = || {
            format!(
                "Judged as of {}.",
                settings.describe_as_of(self.coverage.as_of)
            )
        };
        settings.as_of.is_some().then(judged)
    }

    /// The context that pages are rendered from.
    #[must_use]
    pub fn scene<'a>(&'a self, backdrop: &'a SiteScope) -> RenderContext<'a> {
        RenderContext::new(&self.portfolio, &self.coverage, &self.sources, backdrop)
    }

    /// Runs all rules. The outcome separates findings that are not in `baseline`.
    #[must_use]
    pub fn check(&self, profile: Option<Profile>, baseline: Option<&Baseline>) -> Outcome {
        let profile = profile.unwrap_or(self.portfolio.settings.profile);
        let (portfolio, coverage) = (&self.portfolio, &self.coverage);
        check::check(portfolio, coverage, &self.faults, profile, baseline)
    }
}

/// Parses and resolves the files of a workspace.
fn resolve(
    root: &Path,
    files: WorkspaceFiles,
    horizon: Horizon,
) -> Result<(Portfolio, Vec<Fault>, Sources), StoreError> {
    let mut sources = Sources::on(Box::new(DiskSources::new(root)));
    let mut files = files;
    let entries = std::mem::take(&mut files.entries);
    let mut ground = PortfolioBuilder::new(parts(files, &mut sources)).with_horizon(horizon);
    let read = read_entries(root, &entries, &ground.world())?;
    let on_disk = |read: &ReadEntry| {
        let entry = &read.entry.entry;
        (entry.path.clone(), read.hash, entry.masked.clone())
    };
    sources.shelve(read.entries.iter().map(on_disk));
    for (source, fault) in read.broken {
        let masked: Vec<Span> = spans(&find_identifiers_in(&source.text, &[]));
        sources.add(&source, &masked);
        ground.note(fault);
    }
    let decisions = ground.decision_sources();
    let entries = read.entries.into_iter().map(|read| read.entry).collect();
    let Resolved { portfolio, faults } = ground.join(entries);
    for source in &decisions {
        sources.add(source, &portfolio.masked_in(&source.path));
    }
    Ok((portfolio, faults, sources))
}
