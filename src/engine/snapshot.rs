//! A portfolio, opened and judged: immutable, and cheap to clone.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::EngineError;
use super::base_files::BaseFiles;
use super::clock::own_horizon;
use super::entries::{ReadEntry, read_entries};
use super::load::{ReadSettings, WorkspaceFiles, load};
use super::parts::{parts, sources, spans};
use super::reuse::{BaseCache, EntryCache, Reuse};
use crate::check::{self, Baseline, Outcome};
use crate::cover::cover;
use crate::diagnostic::{Fault, FaultKind};
use crate::layout;
use crate::model::{Coverage, Horizon, Portfolio, Profile, StatedFacts, find_identifiers_in};
use crate::report::Sources;
use crate::resolve::{KeyFile, PortfolioBuilder, Resolved};
use crate::store::{
    self, CachedFiles, DiskFiles, FileKind, FileTexts, Files, OverlaidFiles, Overlay, StoreError,
    Text, Touched,
};
use crate::text::{Source, SourcePath, Span, sum};
use crate::view::{RenderContext, SiteScope};

/// Which portfolio to open, and how to judge it.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// The folder that holds `portfolio/`; empty for files in memory.
    pub root: PathBuf,
    /// The day to judge by; by default the day the portfolio is frozen at, else today.
    pub as_of: Option<Date>,
    /// The day by which it is judged with other portfolios, in place of its own and of `as_of`.
    pub(super) common: Option<Horizon>,
    /// An allowed signers file that replaces the portfolio's own.
    pub signers: Option<PathBuf>,
    /// The facts that the copy for an assessor states, if it is one.
    pub(super) stated: Option<Arc<StatedFacts>>,
}

impl OpenOptions {
    /// Opens the portfolio in a folder by its own settings.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            as_of: None,
            common: None,
            signers: None,
            stated: None,
        }
    }

    /// Takes an allowed signers file in place of the portfolio's own.
    #[must_use]
    pub fn signed_by(self, signers: Option<PathBuf>) -> Self {
        Self { signers, ..self }
    }

    /// Judges by a day that many portfolios share, whatever day its own settings name.
    #[must_use]
    pub(super) fn with_others(self, day: Horizon) -> Self {
        Self {
            common: Some(day),
            ..self
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
#[derive(Clone)]
pub struct Snapshot {
    /// The folder that holds `portfolio/`; empty if the files are not those of a disk.
    pub root: PathBuf,
    /// The portfolio.
    pub portfolio: Arc<Portfolio>,
    /// Its coverage.
    pub coverage: Arc<Coverage>,
    /// The texts that findings point into.
    pub sources: Arc<Sources>,
    /// The files it was read from.
    pub(super) files: Arc<CachedFiles>,
    /// What resolving the entries left beside them.
    pub(super) entries: Arc<EntryCache>,
    judging: Judging,
    horizon: Horizon,
    faults: Arc<Vec<Fault>>,
}

/// How a portfolio is judged.
#[derive(Clone, Debug)]
pub(super) struct Judging {
    /// The last day on which decisions can have been made, as asked for.
    asked: Option<Horizon>,
    /// That day if none was asked for; `None` to follow the settings.
    kept: Option<Horizon>,
    /// An allowed signers file that replaces the portfolio's own.
    signers: Option<Source>,
    /// The facts that a filtered portfolio states.
    stated: Option<Arc<StatedFacts>>,
}

impl Judging {
    /// # Errors
    /// The allowed signers file cannot be read.
    pub(super) fn by(options: &OpenOptions) -> Result<Self, StoreError> {
        let signers = options.signers.as_deref();
        Ok(Self {
            asked: options.common.or(options.as_of.map(Horizon::AsOf)),
            kept: None,
            signers: signers.map(store::load_text).transpose()?,
            stated: options.stated.clone(),
        })
    }
}

impl Snapshot {
    /// Reads and judges a portfolio on disk.
    ///
    /// # Errors
    /// There is no portfolio, or a file cannot be read.
    pub fn open(options: &OpenOptions) -> Result<Self, EngineError> {
        store::remove_abandoned(&options.root.join(layout::PORTFOLIO));
        Self::open_files(Arc::new(DiskFiles::new(&options.root)), options)
    }

    /// Reads and judges the portfolio in files, wherever they are.
    ///
    /// # Errors
    /// There is no portfolio, or a file cannot be read.
    pub fn open_files(files: Arc<dyn Files>, options: &OpenOptions) -> Result<Self, EngineError> {
        let files = Arc::new(CachedFiles::new(files));
        let judging = Judging::by(options)?;
        Ok(Self::read(options.root.clone(), files, judging, None)?)
    }

    /// Reads and judges a filtered portfolio by the facts that it states. Its texts and pictures have
    /// been filtered, so nothing in them is withheld or made anew.
    ///
    /// # Errors
    /// There is no portfolio, or a file cannot be read.
    pub(super) fn open_filtered(
        files: Arc<dyn Files>,
        options: &OpenOptions,
        stated: Arc<StatedFacts>,
    ) -> Result<Self, EngineError> {
        let files = Arc::new(CachedFiles::new(files));
        let mut judging = Judging::by(options)?;
        judging.stated = Some(stated);
        Ok(Self::read(PathBuf::new(), files, judging, None)?)
    }

    /// Whether it is a filtered portfolio.
    pub fn is_filtered(&self) -> bool {
        self.judging.stated.is_some()
    }

    /// Whether a part of an entry is left out of a filtered portfolio, so that its digest is stated.
    #[must_use]
    pub fn is_part(&self, path: &SourcePath) -> bool {
        let stated = self.judging.stated.as_deref();
        let facts = stated.and_then(|stated| stated.entries.get(path.as_str()));
        facts.is_some_and(|facts| !facts.digests.is_empty())
    }

    /// Reads and judges another revision of this portfolio, by the same day and signers.
    ///
    /// # Errors
    /// There is no such revision, or it has no portfolio.
    pub fn at_revision(&self, revision: &str) -> Result<Self, EngineError> {
        let files = Arc::new(store::revision(&self.root, revision)?);
        let files = Arc::new(CachedFiles::new(files));
        let judging = self.judging_again();
        Ok(Self::read(PathBuf::new(), files, judging, None)?)
    }

    /// The portfolio as it would be with changed files. Nothing is read but what the changes bring
    /// into play: entries are read again only if settings, standards, consents or evidence differ.
    ///
    /// # Errors
    /// A file that has to be read cannot be read.
    pub fn with(&self, overlay: Overlay) -> Result<Self, EngineError> {
        let touched = overlay.touched();
        let mut judging = self.judging_again();
        if touched.covers(layout::SETTINGS) {
            judging.kept = None;
        }
        let files = Arc::new(OverlaidFiles::new(self.files.clone(), overlay));
        self.renew(files, judging, &touched)
    }

    /// Reads and judges the same portfolio in files of which only those `touched` differ.
    pub(super) fn renew(
        &self,
        files: Arc<dyn Files>,
        judging: Judging,
        touched: &Touched,
    ) -> Result<Self, EngineError> {
        let files = Arc::new(self.files.renew(files, touched));
        let reuse = Reuse {
            portfolio: &self.portfolio,
            sources: &self.sources,
            entries: &self.entries,
            touched,
        };
        Ok(Self::read(self.root.clone(), files, judging, Some(&reuse))?)
    }

    /// Whether files that may have changed are entries, and have the texts that were read.
    pub(super) fn has_read(&self, files: &dyn Files, touched: &Touched) -> bool {
        let Touched::Paths(paths) = touched else {
            return false;
        };
        let is_same = |path: &String| {
            let path = SourcePath::new(path);
            let Some(known) = self.sources.hash(&path) else {
                return false;
            };
            // A file may be saved in another encoding with the same text.
            let was_whole = self.recoded().all(|recoded| *recoded != path);
            was_whole
                && files.kind(path.as_str()) == FileKind::File
                && files.text(&path).is_ok_and(|text| match text {
                    Text::Whole(source) => sum(source.text.as_bytes()) == known,
                    Text::Recoded(..) | Text::Broken(..) => false,
                })
        };
        !paths.is_empty() && paths.iter().all(is_same)
    }

    /// The same way of judging, on the same day.
    fn judging_again(&self) -> Judging {
        Judging {
            kept: Some(self.horizon),
            ..self.judging.clone()
        }
    }

    fn read(
        root: PathBuf,
        files: Arc<CachedFiles>,
        judging: Judging,
        reuse: Option<&Reuse<'_>>,
    ) -> Result<Self, StoreError> {
        let mut loaded = load(&*files, reuse)?;
        let own = || own_horizon(loaded.settings.settings());
        let horizon = judging.asked.or(judging.kept).unwrap_or_else(own);
        if let Some(signers) = &judging.signers {
            loaded.base.signers.allowed = KeyFile::Text(signers.clone());
        }
        let (portfolio, faults, sources, entries) =
            resolve(&files, loaded, horizon, reuse, judging.stated.as_deref())?;
        let coverage = cover(&portfolio, horizon.day());
        Ok(Self {
            root,
            portfolio: Arc::new(portfolio),
            coverage: Arc::new(coverage),
            sources: Arc::new(sources),
            files,
            entries: Arc::new(entries),
            judging,
            horizon,
            faults: Arc::new(faults),
        })
    }

    /// The last day on which decisions can have been made.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// Files in another encoding than UTF-8, which were read all the same.
    pub(super) fn recoded(&self) -> impl Iterator<Item = &SourcePath> {
        let recoded = self.faults.iter();
        let recoded = recoded.filter(|fault| matches!(fault.kind, FaultKind::OtherEncoding { .. }));
        recoded.map(|fault| &fault.place.path)
    }

    /// Whether a file has a fault.
    #[must_use]
    pub fn is_broken(&self, path: &str) -> bool {
        let mut paths = self.faults.iter().map(|fault| fault.place.path.as_str());
        paths.any(|broken| broken == path)
    }

    /// The number of entries that cannot be read, so that nothing in them counts.
    #[must_use]
    pub fn count_unread_entries(&self) -> usize {
        let unread = self.faults.iter().filter(|fault| {
            let path = fault.place.path.as_str();
            path.starts_with(layout::ENTRIES) && is_unread(&fault.kind)
        });
        let paths: BTreeSet<&str> = unread.map(|fault| fault.place.path.as_str()).collect();
        paths.len()
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
        Arc::make_mut(&mut self.faults).push(fault);
    }

    /// Adds a text from outside of the portfolio, so that findings can point into it.
    pub fn add_source(&mut self, source: &Source) {
        Arc::make_mut(&mut self.sources).add(source, &[]);
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
        RenderContext::new(&self.portfolio, &self.coverage, &*self.sources, backdrop)
    }

    /// Runs all rules. The outcome separates findings that are not in `baseline`.
    #[must_use]
    pub fn check(&self, profile: Option<Profile>, baseline: Option<&Baseline>) -> Outcome {
        let profile = profile.unwrap_or(self.portfolio.settings.profile);
        let (portfolio, coverage) = (&self.portfolio, &self.coverage);
        check::check(portfolio, coverage, &self.faults, profile, baseline)
    }
}

/// What a portfolio is without its entries: as it was, if nothing of it has changed.
fn resolve_base(
    files: BaseFiles,
    settings: ReadSettings,
    horizon: Horizon,
    reuse: Option<&Reuse<'_>>,
    stated: Option<&StatedFacts>,
) -> Arc<BaseCache> {
    // Facts are stated once, when a filtered portfolio is opened.
    if let Some(base) = reuse.and_then(|reuse| reuse.base(&files, horizon)) {
        return base;
    }
    let settings = settings.into_parsed(&files.settings);
    let builder = PortfolioBuilder::new(parts(&files, settings, stated), Some(horizon));
    Arc::new(BaseCache {
        sources: sources(&files, &builder),
        files,
        horizon,
        builder,
    })
}

/// Parses and resolves the files of a workspace.
fn resolve(
    files: &Arc<CachedFiles>,
    loaded: WorkspaceFiles,
    horizon: Horizon,
    reuse: Option<&Reuse<'_>>,
    stated: Option<&StatedFacts>,
) -> Result<(Portfolio, Vec<Fault>, Sources, EntryCache), StoreError> {
    let base = resolve_base(loaded.base, loaded.settings, horizon, reuse, stated);
    let shelf = Arc::new(FileTexts::new(files.clone()));
    let mut sources = base.sources.clone().with_shelf(shelf);
    let reuse = reuse.filter(|reuse| reuse.entries.base.files.resolves_like(&base.files));
    let context = base.builder.context();
    let mut read = read_entries(&**files, &loaded.entries, &context, reuse)?;
    if let Some(stated) = stated {
        read.entries.iter_mut().for_each(|one| one.believe(stated));
    }
    let shelved = |read: &ReadEntry| {
        let entry = &read.entry.entry;
        (
            entry.path.clone(),
            read.hash,
            entry.identifiers.masked.clone(),
        )
    };
    sources.shelve(read.entries.iter().map(shelved));
    let mut faults = loaded.faults;
    for (source, fault) in &read.broken {
        let masked: Vec<Span> = spans(&find_identifiers_in(&source.text, &[]));
        sources.add(source, &masked);
        faults.push(fault.clone());
    }
    let entries = read.entries.into_iter().map(|read| read.entry).collect();
    let Resolved {
        portfolio,
        faults,
        standalone,
    } = base.builder.join(entries, faults);
    let cache = EntryCache {
        base,
        standalone,
        broken: read.broken,
    };
    Ok((portfolio, faults, sources, cache))
}

/// Whether a fault leaves an entry unread: all of it, or its keys.
fn is_unread(kind: &FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::NoFrontMatter
            | FaultKind::UnclosedFrontMatter
            | FaultKind::BrokenYaml { .. }
            | FaultKind::NotUtf8
            | FaultKind::OtherEncoding { is_read: false, .. }
            | FaultKind::ConflictMarkers { .. }
            | FaultKind::Link
            | FaultKind::NotAFile
            | FaultKind::UnreadableName
            | FaultKind::TooDeep { .. }
            | FaultKind::TooMany { .. }
            | FaultKind::TooLarge { .. }
            | FaultKind::TooDense { .. }
    )
}
