//! Relations between the parts of a Word document.

use std::collections::BTreeMap;

/// Relations of a part: target and whether it is outside, by id.
pub(super) type Relations = BTreeMap<String, PartRelation>;

/// A relation of a part to another, or to an address.
#[derive(Clone, Debug, Default)]
pub(super) struct PartRelation {
    /// What it is for, as the last word of its type.
    pub(super) kind: String,
    /// The path of a part, or an address.
    pub(super) target: String,
    /// Whether the target is not in the package.
    pub(super) is_outside: bool,
}

/// A kind of note, and its id.
pub(super) type NoteId = (&'static str, String);
