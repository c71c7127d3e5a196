//! Keys of a plan for sampling.

use super::key::Closed::Harmless;
use super::key::{Key, Shape, TEXTS, VERSION, key, needed};

/// A plan for sampling.
#[rustfmt::skip]
pub const SAMPLING: &[Key] = &[
    VERSION,
    key("seed", Shape::Written, Harmless, "The seed of the draw. Default: derived from the decisions."),
    key("from", Shape::Date, Harmless, "The first day of the decisions to sample."),
    key("until", Shape::Date, Harmless, "The last day of the decisions to sample. Default: today."),
    key("by", Shape::Date, Harmless, "The day by which every drawn piece is to be reviewed."),
    key("percent", Shape::Table(SHARES), Harmless, "The share of each assessor's pieces to draw."),
    key("assessors", Shape::List(&Shape::Table(ASSESSOR_SHARES)), Harmless, "Assessors with shares of their own."),
    key("methods", TEXTS, Harmless, "The titles of assessment methods that the sample has to include."),
    key("sites", Shape::Map(&Shape::Written), Harmless, "The site of each candidate, by the learner's id."),
];

/// Shares in per cent, rounded up to whole pieces.
#[rustfmt::skip]
pub const SHARES: &[Key] = &[
    key("all", Shape::Whole(0, 100), Harmless, "Of all pieces."),
    key("interim", Shape::Whole(0, 100), Harmless, "Of pieces with a claim that is not accepted."),
    key("summative", Shape::Whole(0, 100), Harmless, "Of pieces whose claims are all accepted."),
];

/// One of a plan's `assessors`.
#[rustfmt::skip]
pub const ASSESSOR_SHARES: &[Key] = &[
    needed("id", Shape::Text, Harmless, "The reference of the assessor."),
    key("percent", Shape::Table(SHARES), Harmless, "The shares that differ."),
    key("reason", Shape::Text, Harmless, "The reason, for example that the assessor is new."),
];
