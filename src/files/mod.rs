//! Plain data that crosses the border between the store and everything above it.

mod keys;
mod manifest;
mod site;

use std::collections::BTreeMap;

pub use keys::{KeyFile, KeyFiles};
pub use manifest::{Manifest, may_remove, recorded};
pub use site::{SiteFile, SitePath};

/// The files of a theme, by path in its folder.
pub type ThemeFiles = BTreeMap<String, Vec<u8>>;
