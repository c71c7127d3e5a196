//! Keys of the register of consents.

use super::key::Closed::As;
use super::key::{Key, Shape, VERSION, key, needed};
use crate::model::{SharePurpose, Word};

/// The register of consents.
#[rustfmt::skip]
pub const CONSENTS: &[Key] = &[
    VERSION,
    needed("consents", Shape::List(&Shape::Table(CONSENT)), As("no valid consent"), "All consents given."),
];

/// One of the `consents`.
#[rustfmt::skip]
pub const CONSENT: &[Key] = &[
    needed("id", Shape::Text, As("no valid consent"), "The id for attachments."),
    needed("date", Shape::Date, As("no valid consent"), "The day it was given."),
    key("take", Shape::Switch, As("no valid consent"), "Whether the picture may be taken."),
    key("share", Shape::List(&Shape::Word(SharePurpose::words)), As("no valid consent"), "The purposes that it may be shared for."),
    key("expires", Shape::Date, As("expired"), "The last day on which it is valid."),
    key("withdrawn", Shape::Switch, As("true"), "Whether it was withdrawn."),
];
