//! The only floor that touches the disk.

#![expect(
    clippy::disallowed_methods,
    reason = "reading and writing files is what this floor is for"
)]

mod browser;
mod create;
mod draft;
mod evidence;
mod folder;
mod git;
mod history;
#[cfg(not(target_family = "wasm"))]
mod interrupt;
#[cfg(feature = "serve")]
mod key;
mod load;
mod lock;
mod misnamed;
mod part;
mod program;
mod report_file;
#[cfg(feature = "serve")]
mod serve;
mod signing;
mod stage;
#[cfg(feature = "serve")]
mod watch;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::privacy::shown_path;

#[cfg(feature = "serve")]
use browser::invite_browser;
pub use browser::{edit, edited};
pub use create::{create, create_all_new, create_new, is_taken, replace_text};
pub use draft::Draft;
pub use git::{InHistory, in_history, prefix, revision};
pub use history::{Committed, Version, committed, file_at, is_decision_file, versions};
#[cfg(feature = "terminal")]
pub use interrupt::handle as handle_signals;
pub use load::{
    ALLOWED_SIGNERS, DECISIONS, REVOKED_KEYS, Shelf, Stands, Text, Workspace, carried, entry,
    find_root, is_link, load, load_settings, load_text, name_of, read_entry, read_files,
    read_small, source_name, stands, theme_files,
};
pub use lock::Lock;
pub use report_file::{Inputs, ReportFile, refuse_overlap};
#[cfg(feature = "serve")]
pub use serve::{Door, Reply, Visited};
pub use signing::sign;
#[cfg(feature = "serve")]
pub use watch::{Changed, Next, Watched};
pub use write::{Output, Placed, Written, others_in};

/// A path as it may be shown: with identifiers masked.
#[must_use]
pub fn shown(path: &Path) -> String {
    shown_path(&path.to_string_lossy()).0
}

/// Something the machine would not do.
#[derive(Debug)]
pub struct Failure {
    attempt: &'static str,
    path: PathBuf,
    cause: String,
}

impl Failure {
    /// `attempt` on `path` failed because of `cause`.
    pub fn new(attempt: &'static str, path: &Path, cause: impl fmt::Display) -> Self {
        Self {
            attempt,
            path: path.to_owned(),
            cause: cause.to_string(),
        }
    }

    /// The reason alone.
    #[must_use]
    pub fn cause(&self) -> &str {
        &self.cause
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot {} {}: {}",
            self.attempt,
            shown(&self.path),
            self.cause
        )
    }
}

impl std::error::Error for Failure {}
