//! Keys that decide what is shown to whom.

use super::Closed::{As, Harmless};
use super::{Key, Shape, TEXTS, key, needed};
use crate::model::{Sharing, Shows, Word};

/// One of an entry's `attachments`.
pub const ATTACHMENT: &[Key] = &[
    needed(
        "file",
        Shape::Text,
        As("nothing attached"),
        "The path from portfolio/, as in evidence/chart.png.",
    ),
    key(
        "alt",
        Shape::Text,
        Harmless,
        "What a person who cannot see it should know.",
    ),
    key("caption", Shape::Text, Harmless, "Words under it."),
    key(
        "consent",
        Shape::Text,
        As("no valid consent"),
        "The consent it stands on, by its id in consents.yaml.",
    ),
    key(
        "shows",
        Shape::Word(Shows::words),
        As("nothing stated"),
        "nobody: your statement that it shows no person.",
    ),
];

/// `site` in `portfolio.yaml`.
pub const SITE: &[Key] = &[
    key(
        "language",
        Shape::Text,
        Harmless,
        "The language of what you write, as en-GB.",
    ),
    key(
        "states",
        Shape::Word(Sharing::words),
        As("private"),
        "Whether a public site shows states and counts. Without it: private.",
    ),
    key(
        "feedback",
        Shape::Word(Sharing::words),
        As("private"),
        "Whether it shows feedback and who decided. Without it: private.",
    ),
];

/// An entry's `read`.
pub const READING: &[Key] = &[
    needed(
        "by",
        Shape::Text,
        As("read by nobody"),
        "Who, by reference.",
    ),
    needed("on", Shape::Date, As("read by nobody"), "When."),
    needed(
        "digest",
        Shape::Digest,
        As("read by nobody"),
        "The digest of what was read: `ksbfolio explain ENTRY` shows it.",
    ),
];

/// One of an entry's answers under `check`.
pub const SUPPRESSION: &[Key] = &[
    needed("ignore", Shape::Rule, As("nothing answered"), "The rule."),
    needed(
        "reason",
        Shape::Text,
        As("nothing answered"),
        "Why it does not apply here.",
    ),
    key(
        "words",
        TEXTS,
        As("nothing answered"),
        "The words that it is about, as written: needed for rules on identifiers.",
    ),
];
