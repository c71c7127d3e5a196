//! Keys of the register of consents.

use super::key::Closed::As;
use super::key::{Key, Shape, VERSION, key, needed};
use crate::model::{SharePurpose, Word};

/// The register of consents.
#[rustfmt::skip]
pub const CONSENTS: &[Key] = &[
    VERSION,
    needed("consents", Shape::List(&Shape::Table(CONSENT)), As("no valid consent"), "Every consent that was given."),
];

/// One of the `consents`.
#[rustfmt::skip]
pub const CONSENT: &[Key] = &[
    needed("id", Shape::Text, As("no valid consent"), "What attachments call it."),
    needed("date", Shape::Date, As("no valid consent"), "When it was given."),
    key("take", Shape::Switch, As("no valid consent"), "Whether the picture may be taken."),
    key("share", Shape::List(&Shape::Word(SharePurpose::words)), As("no valid consent"), "What it may be shared for."),
    key("expires", Shape::Date, As("expired"), "The last day on which it holds."),
    key("withdrawn", Shape::Switch, As("true"), "Whether it was withdrawn."),
];
