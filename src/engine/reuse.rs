//! What a snapshot can take over from an earlier one.

use std::sync::Arc;

use super::base_files::BaseFiles;
use crate::diagnostic::Fault;
use crate::document::DocumentType;
use crate::model::{EvidenceFile, Horizon, Portfolio, PortfolioBase};
use crate::report::Sources;
use crate::resolve::{PortfolioBuilder, StandaloneEntry};
use crate::store::Touched;
use crate::text::{Source, SourcePath};

/// A file that is not text: the part that could be decoded, and the fault.
pub(super) type BrokenEntry = (Source, Fault);

/// The files of a workspace but its entries, and what was made of them.
#[derive(Debug)]
pub(super) struct BaseCache {
    /// The files.
    pub files: BaseFiles,
    /// The last day on which decisions can have been made.
    pub horizon: Horizon,
    /// The portfolio without its entries.
    pub builder: PortfolioBuilder,
    /// The texts, with identifiers masked.
    pub sources: Sources,
}

/// What resolving entries leaves beside the portfolio.
#[derive(Debug)]
pub(super) struct EntryCache {
    /// What the entries were resolved beside.
    pub base: Arc<BaseCache>,
    /// Each entry without the others, in the portfolio's order.
    pub standalone: Vec<Arc<StandaloneEntry>>,
    /// Files that are not text.
    pub broken: Vec<BrokenEntry>,
}

/// The parts of an earlier snapshot, and what may have changed since.
pub(super) struct Reuse<'a> {
    /// The earlier portfolio.
    pub portfolio: &'a Portfolio,
    /// Its texts.
    pub sources: &'a Sources,
    /// What resolving its entries left.
    pub entries: &'a EntryCache,
    /// Files that may have changed since.
    pub touched: &'a Touched,
}

impl Reuse<'_> {
    /// What was made of the same files, but entries, by the same horizon.
    pub(super) fn base(&self, files: &BaseFiles, horizon: Horizon) -> Option<Arc<BaseCache>> {
        let base = &self.entries.base;
        (base.horizon == horizon && base.files == *files).then(|| base.clone())
    }

    /// What became of settings with the same text.
    pub(super) fn settings(&self, source: &Source) -> Option<Arc<PortfolioBase>> {
        let base = &self.entries.base;
        (base.files.settings == *source).then(|| base.builder.base().clone())
    }

    /// Whether a file may have changed.
    pub(super) fn may_differ(&self, path: &SourcePath) -> bool {
        self.touched.covers(path.as_str())
    }

    /// An inspected file that cannot have changed.
    pub(super) fn evidence(
        &self,
        path: &SourcePath,
        allowed: &[DocumentType],
    ) -> Option<EvidenceFile> {
        let same = self.portfolio.settings.documents == allowed && !self.may_differ(path);
        let known = self.portfolio.evidence.get(path);
        known.filter(|_| same).cloned()
    }

    /// The hash of an entry's earlier text.
    pub(super) fn hash(&self, path: &SourcePath) -> Option<u128> {
        self.sources.hash(path)
    }

    /// A file that was no text.
    pub(super) fn broken(&self, path: &SourcePath) -> Option<Box<BrokenEntry>> {
        let mut broken = self.entries.broken.iter();
        let found = broken.find(|broken| broken.0.path == *path)?;
        Some(Box::new(found.clone()))
    }

    /// The entry at a path, as it was before it was joined with the others.
    pub(super) fn entry(&self, path: &SourcePath) -> Option<Arc<StandaloneEntry>> {
        let at = self.portfolio.index.by_path(path)?;
        Some(self.entries.standalone[at].clone())
    }
}
