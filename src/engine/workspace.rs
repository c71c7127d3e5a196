//! A portfolio that changes: it takes changes and returns snapshots.

use std::sync::Arc;

use super::snapshot::Judging;
use super::{EngineError, OpenOptions, Snapshot};
use crate::store::{DiskFiles, Files, OverlaidFiles, Overlay, Touched};

/// A change of the files of a workspace.
#[derive(Clone, Debug)]
pub enum Change {
    /// Files may have changed where they are kept.
    Touched(Touched),
    /// Files have other contents than where they are kept, such as texts that are not saved yet.
    Edited(Overlay),
}

/// The host of a portfolio that changes: a live preview, an editor, or a browser tab.
pub struct Workspace {
    options: OpenOptions,
    files: Arc<dyn Files>,
    edits: Overlay,
    /// Files of changes that could not be applied.
    pending: Touched,
    now: Snapshot,
}

impl Workspace {
    /// Opens a portfolio on disk.
    ///
    /// # Errors
    /// Those of [`Snapshot::open`].
    pub fn open(options: OpenOptions) -> Result<Self, EngineError> {
        let now = Snapshot::open(&options)?;
        let files = Arc::new(DiskFiles::new(&options.root));
        Ok(Self::of(options, files, now))
    }

    /// Opens a portfolio in files that are not on disk.
    ///
    /// # Errors
    /// Those of [`Snapshot::open_files`].
    pub fn open_files(files: Arc<dyn Files>, options: OpenOptions) -> Result<Self, EngineError> {
        let now = Snapshot::open_files(files.clone(), &options)?;
        Ok(Self::of(options, files, now))
    }

    fn of(options: OpenOptions, files: Arc<dyn Files>, now: Snapshot) -> Self {
        Self {
            options,
            files,
            edits: Overlay::default(),
            pending: Touched::default(),
            now,
        }
    }

    /// The portfolio after the last change.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.now
    }

    /// The options it was opened with.
    #[must_use]
    pub fn options(&self) -> &OpenOptions {
        &self.options
    }

    /// Applies a change, and returns the portfolio after it. Files that cannot have changed are not
    /// read, and entries with the same text are not parsed. If there are no others, the portfolio
    /// stays the one it is: what a host writes is often reported to it again.
    ///
    /// # Errors
    /// A file cannot be read. The snapshot is unchanged then, and the next change tries again.
    pub fn apply(&mut self, change: Change) -> Result<Snapshot, EngineError> {
        self.pending.extend(match change {
            Change::Touched(touched) => touched,
            Change::Edited(overlay) => {
                self.edits.extend(&overlay);
                overlay.touched()
            }
        });
        let files = if self.edits.is_empty() {
            self.files.clone()
        } else {
            Arc::new(OverlaidFiles::new(self.files.clone(), self.edits.clone()))
        };
        if self.now.has_read(&*files, &self.pending) {
            self.pending = Touched::default();
            return Ok(self.now.clone());
        }
        let judging = Judging::by(&self.options)?;
        self.now = self.now.renew(files, judging, &self.pending)?;
        self.pending = Touched::default();
        Ok(self.now.clone())
    }
}
