//! Keys of `standards.lock`, which the program writes.

use super::key::Closed::Harmless;
use super::key::{Key, Shape, VERSION, key, needed};

/// `standards.lock`.
#[rustfmt::skip]
pub const LOCK: &[Key] = &[
    VERSION,
    needed("standards", Shape::List(&Shape::Table(LOCKED_STANDARD)), Harmless, "The recorded versions, oldest first."),
];

/// One of the `standards` in `standards.lock`.
#[rustfmt::skip]
pub const LOCKED_STANDARD: &[Key] = &[
    needed("id", Shape::Text, Harmless, "The id of the standard."),
    key("version", Shape::OrUnknown(&Shape::Written), Harmless, "The awarding body's version."),
    key("recorded", Shape::Date, Harmless, "The day on which it was recorded."),
    needed("file", Shape::Digest, Harmless, "The digest of its file."),
    needed("digest", Shape::Digest, Harmless, "The digest of its wording, which decision files name."),
    needed("criteria", Shape::List(&Shape::Table(LOCKED_STATEMENT)), Harmless, "Its statements."),
];

/// One of the `criteria` in `standards.lock`.
#[rustfmt::skip]
pub const LOCKED_STATEMENT: &[Key] = &[
    needed("code", Shape::Written, Harmless, "Its code."),
    needed("kind", Shape::Text, Harmless, "Its kind, by id."),
    key("guid", Shape::OrUnknown(&Shape::Text), Harmless, "The publisher's id."),
    needed("hash", Shape::OrUnknown(&Shape::Digest), Harmless, "The SHA-256 of its words."),
    key("text", Shape::OrUnknown(&Shape::Text), Harmless, "Its words, with plain spaces and quotes."),
];
