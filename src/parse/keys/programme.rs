//! The keys of rules on off-the-job training.

use super::{ADVICE, Key, NUMBER_OR_UNKNOWN, Shape, TEXTS, VERSION, key, needed};
use crate::model::{Basis, Word};

/// Rules on off-the-job training.
pub const PROGRAMME: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, "What they are called."),
    needed("title", Shape::Text, "Their title."),
    needed("regimes", Shape::List(&Shape::Table(REGIME)), "The rules for each time of starting."),
    key("counts", Shape::List(&Shape::Table(ADVICE)), "What counts."),
    key("excluded", Shape::List(&Shape::Table(ADVICE)), "What does not."),
];

/// One of the `regimes` of rules on off-the-job training.
pub const REGIME: &[Key] = &[
    needed("title", Shape::Text, "When it holds, in words."),
    key("from", Shape::OrUnknown(&Shape::Date), "The first day of starting for which it holds."),
    key("to", Shape::OrUnknown(&Shape::Date), "The last one."),
    needed("basis", Shape::Word(Basis::words), "What the hours are reckoned from."),
    needed("says", Shape::Text, "The rule in a sentence."),
    key("percent", NUMBER_OR_UNKNOWN, "Per cent of the hours worked."),
    key("hours_a_week", NUMBER_OR_UNKNOWN, "Hours a week for whoever works full time."),
    key("full_time_hours", NUMBER_OR_UNKNOWN, "Weekly hours from which that is."),
    key("leave_weeks_a_year", Shape::OrUnknown(&Shape::Hours), "Weeks of leave a year that are taken out."),
    key("floor_hours", NUMBER_OR_UNKNOWN, "Hours below which nobody is eligible."),
    key("minimum_months", NUMBER_OR_UNKNOWN, "Months that a programme lasts at least."),
    key("published", Shape::List(&Shape::Table(PUBLISHED)), "Published hours by standard."),
    key("sources", TEXTS, "Where all this is written."),
];

/// The hours that are published for one standard.
pub const PUBLISHED: &[Key] = &[
    needed("standard", Shape::Standard, "The standard, by id."),
    key("from", Shape::OrUnknown(&Shape::Date), "The first day of starting for which they hold."),
    key("to", Shape::OrUnknown(&Shape::Date), "The last one."),
    key("hours", NUMBER_OR_UNKNOWN, "Its hours."),
    key("source", Shape::Text, "Where they are published."),
];
