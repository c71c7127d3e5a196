//! Keys of files that come with the program: standards, reflection models, guidance, rules on
//! programmes and themes.

use super::key::Closed::{As, Harmless};
use super::key::{Key, Shape, TEXTS, VERSION, key, needed};
use crate::model::{Basis, CheckWord, EntryType, Word};

/// A standard.
#[rustfmt::skip]
pub const STANDARD: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "What portfolios call it."),
    key("reference", Shape::OrUnknown(&Shape::Text), Harmless, "What the awarding body calls it."),
    needed("title", Shape::Text, Harmless, "Its title."),
    key("level", Shape::OrUnknown(&Shape::Whole(0, 100)), Harmless, "Its level."),
    key("standard_version", Shape::OrUnknown(&Shape::Written), Harmless, "Its version, as the awarding body counts."),
    key("updated", Shape::OrUnknown(&Shape::Date), Harmless, "The day of its last change."),
    key("official", Shape::Switch, Harmless, "Whether codes and wording are the awarding body's. Holds for standards that the program carries."),
    key("licence", Shape::Text, Harmless, "The licence of its text."),
    key("attribution", Shape::Text, Harmless, "The sentence that the licence asks for."),
    key("source", Shape::Text, Harmless, "Where the text comes from."),
    needed("kinds", Shape::List(&Shape::Table(KIND)), Harmless, "Kinds of criteria."),
    needed("criteria", Shape::List(&Shape::Table(CRITERION)), Harmless, "The criteria, in order."),
    key("groups", Shape::List(&Shape::Table(GROUP)), Harmless, "Duties, outcomes, units: what gathers criteria."),
    key("rules", Shape::Table(RULES), As("the standard is refused"), "What counts as enough; unknown where no source says."),
    key("methods", Shape::OrUnknown(&Shape::List(&Shape::Table(METHOD))), As("the standard is refused"), "Methods of assessment."),
    key("superseded", Shape::List(&Shape::Table(SUPERSEDED)), Harmless, "Codes of earlier versions."),
    key("gateway", Shape::List(&Shape::Table(GATEWAY_ITEM)), As("the standard is refused"), "What it asks for at the gateway."),
];

/// `rules` of a standard.
#[rustfmt::skip]
pub const RULES: &[Key] = &[
    key("min_pieces", Shape::OrUnknown(&Shape::Whole(0, 1000)), As("the standard's own"), "Pieces of evidence that a criterion needs."),
    key("min_types", Shape::OrUnknown(&Shape::Whole(0, 100)), As("the standard's own"), "Types of evidence that a criterion needs."),
    key("min_events", Shape::OrUnknown(&Shape::Whole(0, 1000)), As("the standard's own"), "Events that a criterion needs evidence from."),
    key("currency_months", Shape::OrUnknown(&Shape::Whole(0, 1200)), As("the standard's own"), "Months after which evidence is out of date."),
    key("pass_mark_percent", Shape::OrUnknown(&Shape::Whole(0, 100)), As("the standard's own"), "The mark that passes."),
    key("max_attempts", Shape::OrUnknown(&Shape::Whole(0, 100)), As("the standard's own"), "Attempts that are allowed."),
    key("evidence_types", Shape::OrUnknown(&Shape::List(&Shape::Word(EntryType::words))), As("the standard's own"), "Types that count."),
];

/// One item of a standard's `gateway`.
#[rustfmt::skip]
pub const GATEWAY_ITEM: &[Key] = &[
    needed("id", Shape::Text, Harmless, "What programs call it."),
    needed("asks", Shape::Text, Harmless, "What is asked for, in a sentence."),
    needed("check", Shape::Word(CheckWord::words), Harmless, "How it is judged."),
    key("name", Shape::Text, Harmless, "Which declaration, record or type of evidence, for checks that have several."),
    key("at_least", Shape::OrUnknown(&Shape::Whole(0, 1_000_000)), Harmless, "The number that a record has to reach."),
    key("not_needed", Shape::Text, Harmless, "For whom a record is not needed: lets a portfolio say `not needed`."),
    needed("source", Shape::Text, Harmless, "Where that comes from."),
    key("note", Shape::Text, Harmless, "What a reader should know besides."),
];

/// One of a standard's `kinds`.
#[rustfmt::skip]
pub const KIND: &[Key] = &[
    needed("id", Shape::Text, Harmless, "What criteria call it."),
    key("title", Shape::Text, Harmless, "Its title."),
    key("prefix", Shape::Text, Harmless, "What its codes begin with."),
];

/// One of a standard's `criteria`.
#[rustfmt::skip]
pub const CRITERION: &[Key] = &[
    needed("code", Shape::Written, Harmless, "Its code."),
    needed("kind", Shape::Text, Harmless, "Its kind, by id."),
    key("text", Shape::OrUnknown(&Shape::Text), Harmless, "Its statement."),
    key("prompts", TEXTS, Harmless, "Questions that help to find evidence."),
    key("changed", Shape::Date, Harmless, "The day its statement last changed."),
];

/// One of a standard's `groups`.
#[rustfmt::skip]
pub const GROUP: &[Key] = &[
    needed("code", Shape::Written, Harmless, "Its code, as Duty 1."),
    key("kind", Shape::Text, Harmless, "What it is, as duty."),
    key("text", Shape::OrUnknown(&Shape::Text), Harmless, "Its statement."),
    key("criteria", Shape::List(&Shape::Written), Harmless, "The codes that it gathers."),
];

/// One of a standard's `superseded` codes.
#[rustfmt::skip]
pub const SUPERSEDED: &[Key] = &[
    needed("code", Shape::Written, Harmless, "The old code."),
    key("by", Shape::List(&Shape::Written), Harmless, "The codes that took its place."),
];

/// One of a standard's `methods`.
#[rustfmt::skip]
pub const METHOD: &[Key] = &[
    needed("id", Shape::Text, Harmless, "What it is called in this file."),
    key("title", Shape::Text, Harmless, "Its title."),
    key("marks", Shape::Switch, As("the standard is refused"), "Whether it gives a mark."),
    key("criteria", Shape::List(&Shape::Written), Harmless, "The codes that it assesses."),
];

/// A reflection model.
#[rustfmt::skip]
pub const REFLECTION_MODEL: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "What entries call it."),
    needed("title", Shape::Text, Harmless, "Its title."),
    key("source", Shape::Text, Harmless, "Where it comes from."),
    needed("stages", Shape::List(&Shape::Table(STAGE)), Harmless, "Its stages, in order."),
];

/// One of a reflection model's `stages`.
#[rustfmt::skip]
pub const STAGE: &[Key] = &[
    key("id", Shape::Text, Harmless, "What checks call it."),
    needed("name", Shape::Text, Harmless, "Its heading."),
    key("synonyms", TEXTS, Harmless, "Other headings that mean it."),
    key("prompts", TEXTS, Harmless, "Questions for the writer."),
    key("checks", TEXTS, Harmless, "Rules that look at it."),
];

/// Guidance on data protection.
#[rustfmt::skip]
pub const GUIDANCE: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "What it is called."),
    needed("title", Shape::Text, Harmless, "Its title."),
    key("sources", TEXTS, Harmless, "Where it comes from."),
    key("principles", Shape::List(&Shape::Table(ADVICE)), Harmless, "Principles."),
    key("must_not_appear", Shape::List(&Shape::Table(ADVICE)), Harmless, "What must not stand in a portfolio."),
    key("consents", Shape::List(&Shape::Table(ADVICE)), Harmless, "What consent is needed for."),
    key("practice", Shape::List(&Shape::Table(ADVICE)), Harmless, "What to do in practice."),
    key("consequences", Shape::List(&Shape::Table(ADVICE)), Harmless, "What comes of a breach."),
];

/// Rules on off-the-job training.
#[rustfmt::skip]
pub const PROGRAMME: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "What they are called."),
    needed("title", Shape::Text, Harmless, "Their title."),
    needed("regimes", Shape::List(&Shape::Table(REGIME)), Harmless, "The rules for each time of starting."),
    key("counts", Shape::List(&Shape::Table(ADVICE)), Harmless, "What counts."),
    key("excluded", Shape::List(&Shape::Table(ADVICE)), Harmless, "What does not."),
];

/// One of the `regimes` of rules on off-the-job training.
#[rustfmt::skip]
pub const REGIME: &[Key] = &[
    needed("title", Shape::Text, Harmless, "When it holds, in words."),
    key("from", Shape::OrUnknown(&Shape::Date), Harmless, "The first day of starting for which it holds."),
    key("to", Shape::OrUnknown(&Shape::Date), Harmless, "The last one."),
    needed("basis", Shape::Word(Basis::words), Harmless, "What the hours are reckoned from."),
    needed("says", Shape::Text, Harmless, "The rule in a sentence."),
    key("percent", Shape::OrUnknown(&Shape::Whole(0, 100)), Harmless, "Per cent of the hours worked."),
    key("hours_a_week", Shape::OrUnknown(&Shape::Whole(0, 168)), Harmless, "Hours a week for whoever works full time."),
    key("full_time_hours", Shape::OrUnknown(&Shape::Whole(0, 168)), Harmless, "Weekly hours from which that is."),
    key("leave_weeks_a_year", Shape::OrUnknown(&Shape::Hours(52)), Harmless, "Weeks of leave a year that are taken out."),
    key("floor_hours", Shape::OrUnknown(&Shape::Whole(0, 20_000)), Harmless, "Hours below which nobody is eligible."),
    key("minimum_months", Shape::OrUnknown(&Shape::Whole(0, 240)), Harmless, "Months that a programme lasts at least."),
    key("published", Shape::List(&Shape::Table(PUBLISHED)), Harmless, "Published hours by standard."),
    key("sources", TEXTS, Harmless, "Where all this is written."),
];

/// The hours that are published for one standard.
#[rustfmt::skip]
pub const PUBLISHED: &[Key] = &[
    needed("standard", Shape::Standard, Harmless, "The standard, by id."),
    key("from", Shape::OrUnknown(&Shape::Date), Harmless, "The first day of starting for which they hold."),
    key("to", Shape::OrUnknown(&Shape::Date), Harmless, "The last one."),
    key("hours", Shape::OrUnknown(&Shape::Whole(0, 20_000)), Harmless, "Its hours."),
    key("source", Shape::Text, Harmless, "Where they are published."),
];

/// One piece of guidance.
#[rustfmt::skip]
pub const ADVICE: &[Key] = &[
    key("id", Shape::Text, Harmless, "What it is called."),
    key("title", Shape::Text, Harmless, "Its title."),
    key("text", Shape::Text, Harmless, "What it says."),
    key("why", Shape::Text, Harmless, "Why."),
    key("instead", Shape::Text, Harmless, "What to do instead."),
    key("source", Shape::Text, Harmless, "Where it comes from."),
];

/// The record of a theme.
#[rustfmt::skip]
pub const THEME: &[Key] = &[
    VERSION,
    needed("title", Shape::Text, Harmless, "Its title."),
    key("base", Shape::Text, Harmless, "The theme whose files it uses where it has none, or none."),
];
