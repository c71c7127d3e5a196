//! Keys of a cohort's plan.

use super::key::Closed::Harmless;
use super::key::{Key, Shape, VERSION, key, needed};
use crate::model::{Measure, RiskColour, Word};

/// A cohort's plan.
#[rustfmt::skip]
pub const COHORT: &[Key] = &[
    VERSION,
    key("title", Shape::Text, Harmless, "The title of the report."),
    key("learners", Shape::List(&Shape::Table(COHORT_LEARNER)), Harmless, "The learners of the cohort. Each has a row, also without a folder."),
    key("rules", Shape::List(&Shape::Table(COLOUR_RULE)), Harmless, "The rules that colours come from, instead of the built-in ones."),
    key("second_look_percent", Shape::Whole(0, 100), Harmless, "The share of each assessor's decisions that a quality assurer looks at."),
];

/// One of a cohort's `learners`.
#[rustfmt::skip]
pub const COHORT_LEARNER: &[Key] = &[
    needed("id", Shape::Text, Harmless, "The learner's id, as in portfolio.yaml."),
    key("tutor", Shape::Text, Harmless, "The tutor, by reference."),
    key("assessor", Shape::Text, Harmless, "The assessor, by reference."),
    key("site", Shape::Text, Harmless, "The site."),
    key("delivery", Shape::Text, Harmless, "The pattern of delivery, such as block-release."),
];

/// One of the `rules` of a cohort.
#[rustfmt::skip]
pub const COLOUR_RULE: &[Key] = &[
    needed("measure", Shape::Word(Measure::words), Harmless, "The measure."),
    needed("over", Shape::Whole(0, 10_000), Harmless, "The threshold: the rule applies to values above it."),
    needed("colour", Shape::Word(colour_words), Harmless, "The colour that it gives."),
    key("delivery", Shape::Text, Harmless, "The pattern of delivery that it is for. Default: all without a rule of their own."),
    needed("source", Shape::Text, Harmless, "Where the threshold comes from."),
];

/// The colours that a rule can give.
fn colour_words() -> Vec<&'static str> {
    [RiskColour::Red, RiskColour::Amber]
        .map(RiskColour::word)
        .to_vec()
}
