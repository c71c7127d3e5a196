//! Files that a build writes: plain data.

mod site;

use std::collections::BTreeMap;

pub use site::{SiteFile, SitePath};

/// The files of a theme, by path in its folder.
pub type ThemeFiles = BTreeMap<String, Vec<u8>>;
