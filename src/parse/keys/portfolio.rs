//! Keys of `portfolio.yaml`.

use std::sync::LazyLock;

use super::key::Closed::{As, Harmless};
use super::key::{Key, Shape, TEXTS, VERSION, key, needed};
use super::standard::RULES;
use crate::document::DocumentType;
use crate::model::{Profile, Sharing, Word};

/// `portfolio.yaml`.
#[rustfmt::skip]
pub const PORTFOLIO: &[Key] = &[
    VERSION,
    key("title", Shape::Text, Harmless, "The title at the top of every page."),
    needed("learner", Shape::Table(LEARNER), As("no acceptance counts"), "The learner."),
    needed("standards", Shape::List(&Shape::Standard), Harmless, "The ids of its standards."),
    key("start", Shape::Date, As("no hours and no entries count"), "The first day of the programme."),
    key("planned_end", Shape::Date, As("no hours count"), "The planned last day."),
    key("as_of", Shape::Date, As("today"), "The day by which everything is judged, to freeze a sample or an archive. Default: today."),
    key("timezone", Shape::Text, Harmless, "Your time zone. Default: Europe/London."),
    key("pace", PACES, Harmless, "The planned pace of evidence: linear, or steps; one for all standards, or one for each."),
    key("breaks", Shape::List(&Shape::Table(BREAK)), As("no break"), "Breaks in learning. Silence, reviews, plan and pace stop for them."),
    key("reviews", Shape::List(&Shape::Table(REVIEW)), As("no review held"), "The progress reviews held so far."),
    key("profile", Shape::Word(Profile::words), As("gateway"), "How strict `check` is. Default: default."),
    key("rules", RULES_OR_LIMITS, As("the standard's own rules"), "How much evidence is enough, for all standards or for one by its id."),
    key("levels", Shape::Map(&Shape::Word(level_words)), As("the rule's own level"), "The levels of rules, by name."),
    key("waivers", Shape::List(&Shape::Table(WAIVER)), As("nothing waived"), "Criteria that need no evidence here, each with a reason."),
    key("scope", Shape::Map(&Shape::Table(SCOPE)), As("nothing left out"), "Criteria of a standard that do not apply."),
    key("off_the_job", Shape::Table(OFF_THE_JOB), As("hours are not met"), "Off-the-job training."),
    key("gateway", NOTED, As("unknown"), "Records for the gateway other than evidence, under the names that the standards use."),
    key("declarations", Shape::List(&Shape::Table(DECLARATION)), As("nothing declared"), "Signed statements."),
    key("documents", Shape::List(&Shape::Word(DocumentType::words)), As("no document published"), "Types of documents to publish."),
    key("theme", Shape::Text, Harmless, "The theme of the site. Default: default."),
    key("site", Shape::Table(SITE), Harmless, "The language of the site, and what a public site shows."),
    key("thresholds", Shape::Map(&Shape::Fraction), Harmless, "The fraction of criteria to be evidenced, for `all` or for a standard."),
];

/// `learner` in `portfolio.yaml`.
#[rustfmt::skip]
pub const LEARNER: &[Key] = &[
    needed("id", Shape::Text, As("no acceptance counts"), "A reference or a pseudonym."),
    key("name", Shape::Text, Harmless, "The name. Only the assessor sees it."),
    key("employer", Shape::Text, Harmless, "The employer."),
    key("cohort", Shape::Text, Harmless, "The cohort."),
];

const PACE: Shape = Shape::OneOf(&[Shape::Word(linear), Shape::List(&Shape::Table(PACE_STEP))]);
const PACES: Shape = Shape::OneOf(&[PACE, Shape::Map(&PACE)]);

fn linear() -> Vec<&'static str> {
    vec!["linear"]
}

/// One step of a `pace`.
#[rustfmt::skip]
pub const PACE_STEP: &[Key] = &[
    needed("by", Shape::Date, Harmless, "The day."),
    needed("percent", Shape::Whole(0, 100), Harmless, "The part planned by that day, in per cent."),
];

/// One of the `breaks` in `portfolio.yaml`.
#[rustfmt::skip]
pub const BREAK: &[Key] = &[
    needed("from", Shape::Date, As("no break"), "The first day."),
    needed("to", Shape::OrUnknown(&Shape::Date), As("no break"), "The last day; unknown while the return is not agreed."),
    needed("reason", Shape::Text, As("no break"), "The reason, without anything that should stay private: sick leave, parental leave."),
];

/// One of the `reviews` in `portfolio.yaml`.
#[rustfmt::skip]
pub const REVIEW: &[Key] = &[
    needed("date", Shape::Date, As("no review held"), "The day."),
    key("with", TEXTS, Harmless, "The participants besides the learner, by role (employer, provider, tutor, assessor, iqa) or by reference, whose role is not known."),
    key("signed", Shape::Map(&Shape::Date), Harmless, "The day on which each party signed the record, by role (learner, employer, provider, tutor, assessor, iqa) or by reference."),
];

/// The words for levels.
fn level_words() -> Vec<&'static str> {
    crate::diagnostic::Level::ALL
        .map(crate::diagnostic::Level::word)
        .to_vec()
}

const RULES_OR_LIMITS: Shape = Shape::TableAndMap(&[LIMITS, RULES], &Shape::Table(RULES));

/// Every key of `rules` in `portfolio.yaml`.
pub fn rules_and_limits() -> &'static [Key] {
    static ALL: LazyLock<Vec<Key>> = LazyLock::new(|| [LIMITS, RULES].concat());
    &ALL
}

/// Limits in `rules` of `portfolio.yaml`.
#[rustfmt::skip]
pub const LIMITS: &[Key] = &[
    key("max_codes_per_entry", Shape::Whole(0, 1000), Harmless, "The most codes on one entry."),
    key("max_file_mb", Shape::Whole(0, 100_000), Harmless, "The largest attachment, in megabytes."),
    key("max_entries_per_day", Shape::Whole(0, 1000), Harmless, "The most entries of one day."),
    key("max_silence_days", Shape::Whole(0, 3660), Harmless, "The most days between two entries."),
    key("min_learning_words", Shape::Whole(0, 10_000), Harmless, "The least words about what was learned in off-the-job hours."),
];

/// One of the `waivers` in `portfolio.yaml`.
#[rustfmt::skip]
pub const WAIVER: &[Key] = &[
    needed("code", Shape::Code, As("nothing waived"), "The criterion."),
    key("kind", Shape::Text, As("nothing waived"), "The reason as a word, for example prior-learning."),
    needed("reason", Shape::Text, As("nothing waived"), "The reason."),
    key("by", Shape::Text, As("nothing waived"), "The reference of the person who agreed."),
    key("date", Shape::Date, As("nothing waived"), "The day."),
    key("expires", Shape::Date, As("nothing waived"), "The last day on which it is valid."),
];

/// A standard's `scope` in `portfolio.yaml`.
#[rustfmt::skip]
pub const SCOPE: &[Key] = &[key("leave_out", Shape::List(&Shape::Table(LEFT_OUT)), As("nothing left out"), "Criteria that do not apply.")];

/// One criterion that does not apply.
#[rustfmt::skip]
pub const LEFT_OUT: &[Key] = &[
    needed("code", Shape::Code, As("nothing left out"), "The criterion."),
    needed("reason", Shape::Text, As("nothing left out"), "The reason why it does not apply."),
];

/// `off_the_job` in `portfolio.yaml`.
#[rustfmt::skip]
pub const OFF_THE_JOB: &[Key] = &[
    key("required_hours", Shape::OrUnknown(&Shape::Whole(0, 20_000)), As("hours are not met"), "The total hours in your training plan."),
    key("weekly_hours", Shape::OrUnknown(&Shape::Hours(168)), As("hours are not met"), "Paid hours in a week. Required hours depend on them for starts before August 2025."),
    key("learning_every_months", Shape::OrUnknown(&Shape::Whole(1, 3)), Harmless, "The number of calendar months in which training takes place at least once: 1, or 3 if it is front-loaded or in blocks."),
    key("pace", PACE, Harmless, "The planned pace of the hours: linear, or steps."),
];

const NOTED: Shape = Shape::TableAndMap(&[GATEWAY], &Shape::OrUnknown(&Shape::Written));

/// `gateway` in `portfolio.yaml`.
#[rustfmt::skip]
pub const GATEWAY: &[Key] = &[
    key("english", Shape::OrUnknown(&Shape::Written), As("unknown"), "English, as achieved, or `not needed`."),
    key("maths", Shape::OrUnknown(&Shape::Written), As("unknown"), "Maths, as achieved, or `not needed`."),
    key("credits", Shape::OrUnknown(&Shape::Written), As("unknown"), "Credits of the foundation degree."),
    key("employer", Shape::OrUnknown(&Shape::Written), As("unknown"), "The employer's confirmation that you work at the standard or above."),
    key("qualifications", Shape::OrUnknown(&Shape::Written), As("unknown"), "Any other qualification that is required."),
];

/// One of the `declarations` in `portfolio.yaml`.
#[rustfmt::skip]
pub const DECLARATION: &[Key] = &[
    needed("kind", Shape::Text, As("nothing declared"), "The kind of declaration, for example authenticity."),
    key("by", Shape::Text, As("nothing declared"), "The reference of the person."),
    key("date", Shape::Date, As("nothing declared"), "The day."),
];

/// `site` in `portfolio.yaml`.
#[rustfmt::skip]
pub const SITE: &[Key] = &[
    key("language", Shape::Text, Harmless, "The language of your text, for example en-GB."),
    key("states", Shape::Word(Sharing::words), As("private"), "Whether a public site shows states and counts. Default: private."),
    key("feedback", Shape::Word(Sharing::words), As("private"), "Whether a public site shows feedback and the authors of decisions. Default: private."),
];
