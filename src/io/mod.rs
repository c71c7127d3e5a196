//! The only floor that touches the disk.

#![expect(clippy::disallowed_methods, reason = "reading and writing files is what this floor is for")]

mod browser;
mod cache;
mod draft;
mod evidence;
mod folder;
mod git;
mod history;
mod load;
mod lock;
mod pages;
mod serve;
mod signing;
mod stage;
mod stamp;
mod stat;
mod watch;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::privacy::shown_path;

pub use browser::{edit, edited, open_in_browser};
pub use cache::{Cache, Made, forget};
pub use draft::Draft;
pub use git::{InHistory, in_history, prefix, revision};
pub use history::{Version, file_at, versions};
pub use load::{
    ALLOWED_SIGNERS, REVOKED_KEYS, Shelf, Stands, Text, Workspace, carried, entry, find_root, glance_at,
    is_link, load, load_text, name_of, read_and_glance, read_files, read_small, source_name, stands,
    theme_files, theme_names,
};
pub use lock::Lock;
pub use pages::Pages;
pub use serve::{Door, Reply, Visited};
pub use signing::sign;
pub use stamp::Seen;
pub use stat::Stat;
pub use watch::{Changed, Next, Watched};
pub use write::{Output, Placed, Written, create, create_all, replace_text, write_report};

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
        Self { attempt, path: path.to_owned(), cause: cause.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = shown_path(&self.path.to_string_lossy()).0;
        write!(f, "cannot {} {shown}: {}", self.attempt, self.cause)
    }
}

impl std::error::Error for Failure {}
