//! Keys of a plan for sampling.

use super::key::Closed::Harmless;
use super::key::{Key, Shape, TEXTS, VERSION, key, needed};

/// A plan for sampling.
#[rustfmt::skip]
pub const SAMPLING: &[Key] = &[
    VERSION,
    key("seed", Shape::Written, Harmless, "What the draw is made from. Without it: the decisions themselves."),
    key("from", Shape::Date, Harmless, "The first day of the decisions to sample."),
    key("until", Shape::Date, Harmless, "Their last day. Without it: today."),
    key("by", Shape::Date, Harmless, "The day by which every drawn piece is to be looked at."),
    key("percent", Shape::Table(SHARES), Harmless, "How much of what each assessor decided is drawn."),
    key("assessors", Shape::List(&Shape::Table(ASSESSOR_SHARES)), Harmless, "Assessors of whose work another share is drawn."),
    key("methods", TEXTS, Harmless, "Methods of assessment that have to be in the sample, by their titles."),
    key("sites", Shape::Map(&Shape::Written), Harmless, "Where each candidate is assessed, by the learner's id."),
];

/// Shares in per cent, rounded up to whole pieces.
#[rustfmt::skip]
pub const SHARES: &[Key] = &[
    key("all", Shape::Whole(0, 100), Harmless, "Of all pieces."),
    key("interim", Shape::Whole(0, 100), Harmless, "Of pieces that are not accepted throughout yet."),
    key("summative", Shape::Whole(0, 100), Harmless, "Of pieces that are accepted throughout."),
];

/// One of a plan's `assessors`.
#[rustfmt::skip]
pub const ASSESSOR_SHARES: &[Key] = &[
    needed("id", Shape::Text, Harmless, "The assessor, by reference."),
    key("percent", Shape::Table(SHARES), Harmless, "The shares that differ."),
    key("reason", Shape::Text, Harmless, "Why, as for somebody new to the work."),
];
