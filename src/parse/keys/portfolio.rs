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
    key("title", Shape::Text, Harmless, "Stands at the top of every page."),
    needed("learner", Shape::Table(LEARNER), As("no acceptance counts"), "Whose portfolio it is."),
    needed("standards", Shape::List(&Shape::Standard), Harmless, "What it is held against, by id."),
    key("start", Shape::Date, As("no hours and no entries count"), "The first day of the programme."),
    key("planned_end", Shape::Date, As("no hours count"), "The planned last day."),
    key("as_of", Shape::Date, As("today"), "Freezes a sample or an archive: the day by which everything is judged. Without it: today."),
    key("timezone", Shape::Text, Harmless, "Where your days begin and end. Without it: Europe/London."),
    key("pace", PACES, Harmless, "How evidence is planned to grow: linear, steps, or one of these for each standard."),
    key("reviews", Shape::List(&Shape::Table(REVIEW)), As("no review held"), "Progress reviews that were held."),
    key("profile", Shape::Word(Profile::words), As("gateway"), "How strict `check` is. Without it: default."),
    key("rules", RULES_OR_LIMITS, As("the standard's own rules"), "What counts as enough: for all standards, or for one by its id."),
    key("levels", Shape::Map(&Shape::Word(level_words)), As("the rule's own level"), "How heavy a rule's findings are, by its name."),
    key("waivers", Shape::List(&Shape::Table(WAIVER)), As("nothing waived"), "Criteria that need no evidence here, each with a reason."),
    key("scope", Shape::Map(&Shape::Table(SCOPE)), As("nothing left out"), "Criteria of a standard that do not apply."),
    key("off_the_job", Shape::Table(OFF_THE_JOB), As("hours are not met"), "Off-the-job training."),
    key("gateway", NOTED, As("unknown"), "What the gateway asks for beside evidence, as the standards name it."),
    key("declarations", Shape::List(&Shape::Table(DECLARATION)), As("nothing declared"), "Statements that were signed."),
    key("documents", Shape::List(&Shape::Word(DocumentType::words)), As("no document published"), "Types of documents to publish."),
    key("theme", Shape::Text, Harmless, "How the site looks. Without it: default."),
    key("site", Shape::Table(SITE), Harmless, "Where the site goes."),
    key("thresholds", Shape::Map(&Shape::Fraction), Harmless, "How many criteria must be evidenced, for `all` or a standard."),
];

/// `learner` in `portfolio.yaml`.
#[rustfmt::skip]
pub const LEARNER: &[Key] = &[
    needed("id", Shape::Text, As("no acceptance counts"), "A reference or a pseudonym."),
    key("name", Shape::Text, Harmless, "A name, for the assessor and for nobody else."),
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
    needed("by", Shape::Date, Harmless, "A day."),
    needed("percent", Shape::Whole(0, 100), Harmless, "Per cent of the whole that is planned by then."),
];

/// One of the `reviews` in `portfolio.yaml`.
#[rustfmt::skip]
pub const REVIEW: &[Key] = &[
    needed("date", Shape::Date, As("no review held"), "The day."),
    key("with", TEXTS, Harmless, "Who took part, by reference or role."),
];

/// What levels can be called; the checks know them by the same words.
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
    key("max_codes_per_entry", Shape::Whole(0, 1000), Harmless, "Codes on one entry before it is called over-linked."),
    key("max_file_mb", Shape::Whole(0, 100_000), Harmless, "Megabytes of an attachment."),
    key("max_entries_per_day", Shape::Whole(0, 1000), Harmless, "Entries of one day before they are called a batch."),
    key("max_silence_days", Shape::Whole(0, 3660), Harmless, "Days without an entry before it is told."),
    key("min_learning_words", Shape::Whole(0, 10_000), Harmless, "Words that say what was learned in hours off the job."),
];

/// One of the `waivers` in `portfolio.yaml`.
#[rustfmt::skip]
pub const WAIVER: &[Key] = &[
    needed("code", Shape::Code, As("nothing waived"), "The criterion."),
    key("kind", Shape::Text, As("nothing waived"), "Why in a word, as prior-learning."),
    needed("reason", Shape::Text, As("nothing waived"), "Why."),
    key("by", Shape::Text, As("nothing waived"), "Who agreed, by reference."),
    key("date", Shape::Date, As("nothing waived"), "When."),
    key("expires", Shape::Date, As("nothing waived"), "The last day on which it holds."),
];

/// A standard's `scope` in `portfolio.yaml`.
#[rustfmt::skip]
pub const SCOPE: &[Key] = &[key("leave_out", Shape::List(&Shape::Table(LEFT_OUT)), As("nothing left out"), "Criteria that do not apply.")];

/// One criterion that does not apply.
#[rustfmt::skip]
pub const LEFT_OUT: &[Key] = &[
    needed("code", Shape::Code, As("nothing left out"), "The criterion."),
    needed("reason", Shape::Text, As("nothing left out"), "Why it does not apply."),
];

/// `off_the_job` in `portfolio.yaml`.
#[rustfmt::skip]
pub const OFF_THE_JOB: &[Key] = &[
    key("required_hours", Shape::OrUnknown(&Shape::Whole(0, 20_000)), As("hours are not met"), "Hours in all that your training plan asks for."),
    key("weekly_hours", Shape::OrUnknown(&Shape::Hours(168)), As("hours are not met"), "Paid hours in a week: for starts before August 2025 the rules are reckoned from them."),
    key("pace", PACE, Harmless, "How the hours are planned to grow: linear, or steps."),
];

const NOTED: Shape = Shape::TableAndMap(&[GATEWAY], &Shape::OrUnknown(&Shape::Written));

/// `gateway` in `portfolio.yaml`.
#[rustfmt::skip]
pub const GATEWAY: &[Key] = &[
    key("english", Shape::OrUnknown(&Shape::Written), As("unknown"), "English, as achieved, or `not needed`."),
    key("maths", Shape::OrUnknown(&Shape::Written), As("unknown"), "Maths, as achieved, or `not needed`."),
    key("credits", Shape::OrUnknown(&Shape::Written), As("unknown"), "Credits of the foundation degree."),
    key("employer", Shape::OrUnknown(&Shape::Written), As("unknown"), "The employer's word that you work at the standard or above."),
    key("qualifications", Shape::OrUnknown(&Shape::Written), As("unknown"), "Any other qualification that is asked for."),
];

/// One of the `declarations` in `portfolio.yaml`.
#[rustfmt::skip]
pub const DECLARATION: &[Key] = &[
    needed("kind", Shape::Text, As("nothing declared"), "What is declared, as authenticity."),
    key("by", Shape::Text, As("nothing declared"), "Who, by reference."),
    key("date", Shape::Date, As("nothing declared"), "When."),
];

/// `site` in `portfolio.yaml`.
#[rustfmt::skip]
pub const SITE: &[Key] = &[
    key("language", Shape::Text, Harmless, "The language of what you write, as en-GB."),
    key("states", Shape::Word(Sharing::words), As("private"), "Whether a public site shows states and counts. Without it: private."),
    key("feedback", Shape::Word(Sharing::words), As("private"), "Whether it shows feedback and who decided. Without it: private."),
];
