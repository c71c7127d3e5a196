//! Links.

use serde::Serialize;

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The address, relative to the page.
    pub href: String,
    /// The text.
    pub label: String,
}
