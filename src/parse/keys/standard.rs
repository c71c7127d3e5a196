//! Keys of files that come with the program: standards, reflection models, guidance, rules on
//! programmes and themes.

use super::key::Closed::{As, Harmless};
use super::key::{Key, Shape, TEXTS, VERSION, key, needed};
use crate::model::{AssessedWhen, Basis, CheckWord, EntryType, Verifier, Word};

/// A standard.
#[rustfmt::skip]
pub const STANDARD: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "The id for portfolios."),
    key("reference", Shape::OrUnknown(&Shape::Text), Harmless, "The awarding body's reference."),
    needed("title", Shape::Text, Harmless, "Its title."),
    key("level", Shape::OrUnknown(&Shape::Whole(0, 100)), Harmless, "Its level."),
    key("standard_version", Shape::OrUnknown(&Shape::Written), Harmless, "The awarding body's version."),
    key("updated", Shape::OrUnknown(&Shape::Date), Harmless, "The day of its last change."),
    key("official", Shape::Switch, Harmless, "Whether codes and wording are the awarding body's. Only the program's own standards can be official."),
    key("licence", Shape::Text, Harmless, "The licence of its text."),
    key("attribution", Shape::Text, Harmless, "The attribution that the licence requires."),
    key("source", Shape::Text, Harmless, "The source of the text."),
    needed("kinds", Shape::List(&Shape::Table(KIND)), Harmless, "Kinds of criteria."),
    needed("criteria", Shape::List(&Shape::Table(CRITERION)), Harmless, "The criteria, in order."),
    key("search_words", Shape::List(&Shape::Table(SEARCH_WORDS)), Harmless, "Everyday words by which a criterion is found."),
    key("groups", Shape::List(&Shape::Table(GROUP)), Harmless, "Groups of criteria: duties, outcomes, units."),
    key("rules", Shape::Table(RULES), As("the standard is refused"), "How much evidence is enough; unknown if no source says."),
    key("methods", Shape::OrUnknown(&Shape::List(&Shape::Table(METHOD))), As("the standard is refused"), "Methods of assessment."),
    key("superseded", Shape::List(&Shape::Table(SUPERSEDED)), Harmless, "Codes of earlier versions."),
    key("gateway", Shape::List(&Shape::Table(GATEWAY_ITEM)), As("the standard is refused"), "Items for the gateway."),
];

/// One of a standard's `search_words`.
#[rustfmt::skip]
pub const SEARCH_WORDS: &[Key] = &[
    needed("code", Shape::Text, Harmless, "The code of the criterion."),
    key("words", TEXTS, Harmless, "Words that people use for what it is about."),
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
    key("evidence_types", Shape::OrUnknown(&Shape::List(&Shape::Word(EntryType::words))), As("the standard's own"), "The types of evidence that count."),
];

/// One item of a standard's `gateway`.
#[rustfmt::skip]
pub const GATEWAY_ITEM: &[Key] = &[
    needed("id", Shape::Text, Harmless, "The id of the item."),
    needed("asks", Shape::Text, Harmless, "The requirement, as a sentence."),
    needed("check", Shape::Word(CheckWord::words), Harmless, "How it is judged."),
    key("name", Shape::Text, Harmless, "The declaration, record or type of evidence that is checked."),
    key("at_least", Shape::OrUnknown(&Shape::Whole(0, 1_000_000)), Harmless, "The least number in a record."),
    key("not_needed", Shape::Text, Harmless, "Whom a record is not needed for. Allows a portfolio to record `not needed`."),
    needed("source", Shape::Text, Harmless, "The source of the requirement."),
    key("note", Shape::Text, Harmless, "A note for readers."),
];

/// One of a standard's `kinds`.
#[rustfmt::skip]
pub const KIND: &[Key] = &[
    needed("id", Shape::Text, Harmless, "The id for criteria."),
    key("title", Shape::Text, Harmless, "Its title."),
    key("prefix", Shape::Text, Harmless, "The letters that its codes begin with."),
    key("verified_by", Shape::Word(Verifier::words), As("evidence is needed"), "Who verifies its criteria once, in place of evidence. Without it, they need evidence."),
];

/// One of a standard's `criteria`.
#[rustfmt::skip]
pub const CRITERION: &[Key] = &[
    needed("code", Shape::Written, Harmless, "Its code."),
    needed("kind", Shape::Text, Harmless, "Its kind, by id."),
    key("text", Shape::OrUnknown(&Shape::Text), Harmless, "Its statement."),
    key("guid", Shape::OrUnknown(&Shape::Text), Harmless, "The publisher's id of the statement, which stays when its code changes."),
    key("prompts", TEXTS, Harmless, "Questions that help to find evidence."),
    key("assessed", Shape::OrUnknown(&Shape::Word(<AssessedWhen as Word>::words)), Harmless, "Whether the apprenticeship assessment takes it up every time, or may sample it. The portfolio covers it in any case."),
    key("changed", Shape::Date, Harmless, "The day its statement last changed."),
];

/// One of a standard's `groups`.
#[rustfmt::skip]
pub const GROUP: &[Key] = &[
    needed("code", Shape::Written, Harmless, "Its code, for example Duty 1."),
    key("kind", Shape::Text, Harmless, "The kind of group, for example duty."),
    key("text", Shape::OrUnknown(&Shape::Text), Harmless, "Its statement."),
    key("criteria", Shape::List(&Shape::Written), Harmless, "The codes in it."),
];

/// One of a standard's `superseded` codes.
#[rustfmt::skip]
pub const SUPERSEDED: &[Key] = &[
    needed("code", Shape::Written, Harmless, "The old code."),
    key("by", Shape::List(&Shape::Written), Harmless, "The codes that replace it."),
];

/// One of a standard's `methods`.
#[rustfmt::skip]
pub const METHOD: &[Key] = &[
    needed("id", Shape::Text, Harmless, "The id of the method."),
    key("title", Shape::Text, Harmless, "Its title."),
    key("marks", Shape::Switch, As("the standard is refused"), "Whether it gives a mark."),
    key("criteria", Shape::List(&Shape::Written), Harmless, "The codes that it assesses."),
];

/// A reflection model.
#[rustfmt::skip]
pub const REFLECTION_MODEL: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "The id for entries."),
    needed("title", Shape::Text, Harmless, "Its title."),
    key("source", Shape::Text, Harmless, "The source."),
    needed("stages", Shape::List(&Shape::Table(STAGE)), Harmless, "Its stages, in order."),
];

/// One of a reflection model's `stages`.
#[rustfmt::skip]
pub const STAGE: &[Key] = &[
    key("id", Shape::Text, Harmless, "The id for checks."),
    needed("name", Shape::Text, Harmless, "Its heading."),
    key("synonyms", TEXTS, Harmless, "Other headings that mean it."),
    key("prompts", TEXTS, Harmless, "Questions for the writer."),
    key("checks", TEXTS, Harmless, "Rules that check it."),
];

/// Guidance on data protection.
#[rustfmt::skip]
pub const GUIDANCE: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "The id."),
    needed("title", Shape::Text, Harmless, "Its title."),
    key("sources", TEXTS, Harmless, "The sources."),
    key("principles", Shape::List(&Shape::Table(ADVICE)), Harmless, "Principles."),
    key("must_not_appear", Shape::List(&Shape::Table(ADVICE)), Harmless, "Content that must not be in a portfolio."),
    key("consents", Shape::List(&Shape::Table(ADVICE)), Harmless, "Consents that are needed."),
    key("practice", Shape::List(&Shape::Table(ADVICE)), Harmless, "Good practice."),
    key("consequences", Shape::List(&Shape::Table(ADVICE)), Harmless, "Consequences of a breach."),
];

/// Rules on off-the-job training.
#[rustfmt::skip]
pub const PROGRAMME: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, Harmless, "The id."),
    needed("title", Shape::Text, Harmless, "Their title."),
    needed("regimes", Shape::List(&Shape::Table(REGIME)), Harmless, "The rules for each period of starting."),
    key("counts", Shape::List(&Shape::Table(ADVICE)), Harmless, "Activities that count."),
    key("excluded", Shape::List(&Shape::Table(ADVICE)), Harmless, "Activities that do not count."),
];

/// One of the `regimes` of rules on off-the-job training.
#[rustfmt::skip]
pub const REGIME: &[Key] = &[
    needed("title", Shape::Text, Harmless, "The period, as text."),
    key("from", Shape::OrUnknown(&Shape::Date), Harmless, "The first day of starting for which it applies."),
    key("to", Shape::OrUnknown(&Shape::Date), Harmless, "The last day of starting."),
    needed("basis", Shape::Word(Basis::words), Harmless, "The basis for required hours."),
    needed("says", Shape::Text, Harmless, "The rule, as a sentence."),
    key("percent", Shape::OrUnknown(&Shape::Whole(0, 100)), Harmless, "Per cent of the hours worked."),
    key("hours_a_week", Shape::OrUnknown(&Shape::Whole(0, 168)), Harmless, "Hours a week for full-time work."),
    key("full_time_hours", Shape::OrUnknown(&Shape::Whole(0, 168)), Harmless, "Weekly hours from which work is full time."),
    key("leave_weeks_a_year", Shape::OrUnknown(&Shape::Hours(52)), Harmless, "Weeks of leave a year that are not counted."),
    key("learning_every_months", Shape::OrUnknown(&Shape::Whole(1, 12)), Harmless, "The number of calendar months in which training takes place at least once, if the training plan does not say otherwise."),
    key("floor_hours", Shape::OrUnknown(&Shape::Whole(0, 20_000)), Harmless, "Hours below which an apprentice is not eligible."),
    key("minimum_months", Shape::OrUnknown(&Shape::Whole(0, 240)), Harmless, "The shortest programme in months."),
    key("published", Shape::List(&Shape::Table(PUBLISHED)), Harmless, "Published hours by standard."),
    key("sources", TEXTS, Harmless, "The sources."),
];

/// The hours that are published for one standard.
#[rustfmt::skip]
pub const PUBLISHED: &[Key] = &[
    needed("standard", Shape::Standard, Harmless, "The id of the standard."),
    key("from", Shape::OrUnknown(&Shape::Date), Harmless, "The first day of starting for which they apply."),
    key("to", Shape::OrUnknown(&Shape::Date), Harmless, "The last day of starting."),
    key("hours", Shape::OrUnknown(&Shape::Whole(0, 20_000)), Harmless, "Its hours."),
    key("source", Shape::Text, Harmless, "The source."),
];

/// One piece of guidance.
#[rustfmt::skip]
pub const ADVICE: &[Key] = &[
    key("id", Shape::Text, Harmless, "The id."),
    key("title", Shape::Text, Harmless, "Its title."),
    key("text", Shape::Text, Harmless, "The text."),
    key("why", Shape::Text, Harmless, "The reason."),
    key("instead", Shape::Text, Harmless, "What to do instead."),
    key("source", Shape::Text, Harmless, "The source."),
];

/// The record of a theme.
#[rustfmt::skip]
pub const THEME: &[Key] = &[
    needed("version", Shape::Version(2), Harmless, "The version of this format: 2."),
    needed("name", Shape::Text, Harmless, "The name of the provider, which pages show."),
    key("base", Shape::Text, Harmless, "The theme it falls back on for files of its own that are absent, or `none`."),
    key("logo", Shape::Table(THEME_LOGO), Harmless, "The logo, which pages show in place of the name."),
    key("colours", Shape::Table(THEME_COLOURS), Harmless, "Colours for light and for dark screens, checked for contrast."),
];

/// The logo of a theme.
#[rustfmt::skip]
pub const THEME_LOGO: &[Key] = &[
    needed("file", Shape::Text, Harmless, "A PNG or JPEG in the folder of the theme."),
    needed("alt", Shape::Text, Harmless, "Its words, for people who do not see it."),
];

/// The colours of a theme.
#[rustfmt::skip]
pub const THEME_COLOURS: &[Key] = &[
    key("light", Shape::Table(THEME_PALETTE), Harmless, "Colours on light screens."),
    key("dark", Shape::Table(THEME_PALETTE), Harmless, "Colours on dark screens."),
];

/// The colours for one kind of screen.
#[rustfmt::skip]
pub const THEME_PALETTE: &[Key] = &[
    key("accent", Shape::Text, Harmless, "Links."),
    key("mark", Shape::Text, Harmless, "The ground of marked passages."),
    key("focus", Shape::Text, Harmless, "The ring around what has the focus."),
];
