//! Keys that decide what is shown to whom.

use super::{Key, Shape, TEXTS, key, needed};
use crate::model::{Sharing, Shows, Word};

/// One of an entry's `attachments`.
pub const ATTACHMENT: &[Key] = &[
    needed("file", Shape::Text, "The path from portfolio/, as in evidence/chart.png."),
    key("alt", Shape::Text, "What a person who cannot see it should know."),
    key("caption", Shape::Text, "Words under it."),
    key("consent", Shape::Text, "The consent it stands on, by its id in consents.yaml."),
    key("shows", Shape::Word(Shows::words), "nobody: your statement that it shows no person."),
];

/// `site` in `portfolio.yaml`.
pub const SITE: &[Key] = &[
    key("language", Shape::Text, "The language of what you write, as en-GB."),
    key(
        "states",
        Shape::Word(Sharing::words),
        "Whether a public site shows states and counts. Without it: private.",
    ),
    key(
        "feedback",
        Shape::Word(Sharing::words),
        "Whether it shows feedback and who decided. Without it: private.",
    ),
];

/// An entry's `read`.
pub const READING: &[Key] = &[
    needed("by", Shape::Text, "Who, by reference."),
    needed("on", Shape::Date, "When."),
    needed("digest", Shape::Digest, "The digest of what was read: `ksbfolio explain ENTRY` shows it."),
];

/// One of an entry's answers under `check`.
pub const SUPPRESSION: &[Key] = &[
    needed("ignore", Shape::Rule, "The rule."),
    needed("reason", Shape::Text, "Why it does not apply here."),
    key("words", TEXTS, "The words that it is about, as written: needed for rules on identifiers."),
];
