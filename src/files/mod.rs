//! Files to write: plain data.

mod change_set;
mod site;

use std::collections::BTreeMap;

pub use change_set::{ChangeSet, Conflict, Expected, FileChange};
pub use site::{SiteFile, SitePath};

/// The files of a theme, by path in its folder.
pub type ThemeFiles = BTreeMap<String, Vec<u8>>;
