//! Keys of a map from one version of a standard to the next.

use super::key::Closed::{As, Harmless};
use super::key::{Key, Shape, VERSION, key, needed};
use crate::model::{Relation, Word};

/// A map.
#[rustfmt::skip]
pub const MAP: &[Key] = &[
    VERSION,
    needed("standard", Shape::Standard, Harmless, "The id of the standard."),
    needed("from", Shape::Digest, Harmless, "The digest of the wording of the old version."),
    needed("to", Shape::Digest, Harmless, "The digest of the wording of the new version."),
    key("before", Shape::OrUnknown(&Shape::Date), Harmless, "Decision files that name no version and are older than this day were made under the old one."),
    key("applied", Shape::Switch, Harmless, "Whether entries have the new codes; written by `check --fix`."),
    needed("criteria", Shape::List(&Shape::Table(MAP_ROW)), Harmless, "What became of each code."),
];

/// One of the `criteria` of a map.
#[rustfmt::skip]
pub const MAP_ROW: &[Key] = &[
    key("from", Shape::List(&Shape::Written), Harmless, "The old code; several if they were merged."),
    key("to", Shape::List(&Shape::Written), Harmless, "The new code; several if it was split."),
    needed("is", Shape::Word(Relation::words), As("the map is not read"), "What became of it."),
    key("same_meaning", Shape::Switch, As("the map is not read"), "Whether a reworded statement still means the same, so that acceptances stay."),
];
