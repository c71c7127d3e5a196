//! JSON documents as text.

use serde::Serialize;

/// Indented JSON with a line end.
pub(super) fn to_pretty_json(document: &impl Serialize) -> String {
    // The documents consist of strings, numbers and lists, which always serialise.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}
