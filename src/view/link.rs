//! A link as pages show it.

use serde::Serialize;

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Where it leads, from the page.
    pub href: String,
    /// Its words.
    pub label: String,
}
