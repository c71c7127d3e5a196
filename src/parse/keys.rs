//! Every key of every file, with what it takes: the parser knows no others, and the schemas for editors say the same.

mod consents;
mod sampling;
mod shape;
mod shown;
mod standard;

use std::sync::LazyLock;

use Closed::{As, Harmless};

use crate::document::DocumentType;
use crate::model::{EntryType, Profile, Role, Status, Verdict, Visibility, Word};

pub use consents::{CONSENT, CONSENTS};
pub use sampling::{ASSESSOR_SHARES, SAMPLING, SHARES};
pub use shape::Shape;
pub use shown::{ATTACHMENT, READING, SITE, SUPPRESSION};
pub use standard::{
    ADVICE, CRITERION, GROUP, GUIDANCE, KIND, METHOD, PROGRAMME, PUBLISHED, REFLECTION_MODEL,
    REGIME, STAGE, STANDARD, SUPERSEDED, THEME,
};

/// One key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Shape,
    /// Whether a file without it is a finding.
    pub needed: bool,
    /// The value that it takes when it is misspelt, empty, repeated or unreadable.
    pub closed: Closed,
    /// What it is for, in a sentence.
    pub says: &'static str,
}

/// The value of a key that cannot be read. Every key has one, so that no new key can forget to fail closed;
/// `tests/it/closed.rs` walks them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It opens nothing and hides nothing: its default applies, and the fault is reported.
    Harmless,
    /// Whatever shows least and counts least, in words.
    As(&'static str),
}

/// A key that a file may have.
pub const fn key(name: &'static str, takes: Shape, closed: Closed, says: &'static str) -> Key {
    Key {
        name,
        takes,
        needed: false,
        closed,
        says,
    }
}

/// A key that a file has to have.
pub const fn needed(name: &'static str, takes: Shape, closed: Closed, says: &'static str) -> Key {
    Key {
        name,
        takes,
        needed: true,
        closed,
        says,
    }
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const VERSION: Key = needed(
    "version",
    Shape::Version,
    Harmless,
    "The version of this format: 1.",
);

/// The front matter of an entry.
pub const ENTRY: &[Key] = &[
    needed(
        "title",
        Shape::Text,
        Harmless,
        "What it is about. Put quotes round it where it holds a colon.",
    ),
    needed(
        "date",
        Shape::Date,
        As("no day, so no hours count"),
        "The day it was written. Published.",
    ),
    key(
        "event_date",
        Shape::Date,
        As("out of date, where evidence goes out of date"),
        "The day of the event. Used for checks, never published.",
    ),
    key(
        "type",
        Shape::Word(EntryType::words),
        As("no type, where types are asked for"),
        "What kind of evidence it is. Without it: reflection.",
    ),
    key(
        "model",
        Shape::Text,
        Harmless,
        "The reflection model, by its id. Without it: gibbs.",
    ),
    key(
        "status",
        Shape::Word(Status::words),
        As("draft"),
        "Whether it is handed in. Without it: submitted.",
    ),
    key(
        "submitted",
        Shape::Date,
        As("draft"),
        "When it was handed in. Without it: its date.",
    ),
    key(
        "id",
        Shape::Text,
        Harmless,
        "What decisions and links call it. Without it: the file's name.",
    ),
    key(
        "ksbs",
        Shape::List(&Shape::Claim),
        As("no claim"),
        "Codes that it evidences, each with a reason where there is one.",
    ),
    key(
        "criteria",
        Shape::List(&Shape::Claim),
        As("no claim"),
        "The same list under a second name, for other awards.",
    ),
    key(
        "hours",
        Shape::Hours(8784),
        As("0"),
        "Time spent, in hours. More than 24 for each of its `days` do not count.",
    ),
    key(
        "days",
        Shape::Whole(1, 366),
        As("hours of 0"),
        "Days over which that time was spent. Without it: 1.",
    ),
    key(
        "off_the_job",
        Shape::Switch,
        As("false"),
        "Whether that time was off-the-job training; English and maths are not.",
    ),
    key(
        "visibility",
        Shape::Word(Visibility::words),
        As("private"),
        "Who may see it. Without it: assessor.",
    ),
    key(
        "anonymised",
        Shape::Switch,
        As("false"),
        "Your statement that nobody can be recognised in it.",
    ),
    key(
        "read",
        Shape::Table(READING),
        As("read by nobody"),
        "Who read it, as it is now, for what identifies somebody.",
    ),
    key(
        "attachments",
        Shape::List(&Shape::Table(ATTACHMENT)),
        As("nothing attached"),
        "Files that belong to it.",
    ),
    key(
        "actions",
        Shape::List(&Shape::Table(ACTION)),
        As("nothing done"),
        "What you will do.",
    ),
    key(
        "check",
        Shape::List(&Shape::Table(SUPPRESSION)),
        As("nothing answered"),
        "Findings that you answer with a reason.",
    ),
    key(
        "witness",
        Shape::Table(WITNESS),
        Harmless,
        "Who testifies: a role, never a name.",
    ),
    key(
        "practice",
        Shape::Table(PRACTICE),
        Harmless,
        "What was done in practice.",
    ),
    key(
        "cpd",
        Shape::Table(CPD),
        Harmless,
        "What was learnt, and what it changed.",
    ),
    key(
        "assignment",
        Shape::Table(ASSIGNMENT),
        As("no mark"),
        "What was marked.",
    ),
];

/// One of an entry's `actions`.
pub const ACTION: &[Key] = &[
    needed("what", Shape::Text, Harmless, "What you will do."),
    key("by", Shape::Date, Harmless, "By when."),
    key("done", Shape::Date, As("not done"), "When it was done."),
    key(
        "closed_by",
        Shape::Text,
        As("not done"),
        "The id of the entry that shows it done.",
    ),
];

/// An entry's `witness`.
pub const WITNESS: &[Key] = &[
    key("role", Shape::Text, Harmless, "What the witness does."),
    key("organisation", Shape::Text, Harmless, "Where."),
    key(
        "relationship",
        Shape::Text,
        Harmless,
        "How the witness knows your work.",
    ),
];

/// An entry's `practice`.
pub const PRACTICE: &[Key] = &[
    key("treatment", Shape::Text, Harmless, "What was done."),
    key("area", Shape::Text, Harmless, "Where on the body."),
    key("device", Shape::Text, Harmless, "With what."),
    key(
        "depth_mm",
        Shape::Written,
        Harmless,
        "How deep, in millimetres.",
    ),
    key("batch_numbers", TEXTS, Harmless, "Batches used."),
    key(
        "adverse_reactions",
        Shape::Text,
        Harmless,
        "What went wrong, or that nothing did.",
    ),
    key("outcome_measures", TEXTS, Harmless, "What was measured."),
];

/// An entry's `cpd`.
pub const CPD: &[Key] = &[
    key("activity", Shape::Text, Harmless, "What you did."),
    key("provider", Shape::Text, Harmless, "Who offered it."),
    key(
        "influence_on_practice",
        Shape::Text,
        Harmless,
        "What you do differently since.",
    ),
];

/// An entry's `assignment`.
pub const ASSIGNMENT: &[Key] = &[
    key("unit", Shape::Text, Harmless, "The unit."),
    key(
        "mark_percent",
        Shape::Whole(0, 100),
        As("no mark"),
        "The mark in per cent.",
    ),
    key(
        "attempt",
        Shape::Whole(1, 100),
        As("no mark"),
        "Which attempt, from 1.",
    ),
];

/// `portfolio.yaml`.
pub const PORTFOLIO: &[Key] = &[
    VERSION,
    key(
        "title",
        Shape::Text,
        Harmless,
        "Stands at the top of every page.",
    ),
    needed(
        "learner",
        Shape::Table(LEARNER),
        As("no acceptance counts"),
        "Whose portfolio it is.",
    ),
    needed(
        "standards",
        Shape::List(&Shape::Standard),
        Harmless,
        "What it is held against, by id.",
    ),
    key(
        "start",
        Shape::Date,
        As("no hours and no entries count"),
        "The first day of the programme.",
    ),
    key(
        "planned_end",
        Shape::Date,
        As("no hours count"),
        "The planned last day.",
    ),
    key(
        "as_of",
        Shape::Date,
        As("today"),
        "Freezes a sample or an archive: the day by which everything is judged. Without it: today.",
    ),
    key(
        "timezone",
        Shape::Text,
        Harmless,
        "Where your days begin and end. Without it: Europe/London.",
    ),
    key(
        "pace",
        PACES,
        Harmless,
        "How evidence is planned to grow: linear, steps, or one of these for each standard.",
    ),
    key(
        "reviews",
        Shape::List(&Shape::Table(REVIEW)),
        As("no review held"),
        "Progress reviews that were held.",
    ),
    key(
        "profile",
        Shape::Word(Profile::words),
        As("gateway"),
        "How strict `check` is. Without it: default.",
    ),
    key(
        "rules",
        RULES_OR_LIMITS,
        As("the standard's own rules"),
        "What counts as enough: for all standards, or for one by its id.",
    ),
    key(
        "levels",
        Shape::Map(&Shape::Word(levels)),
        As("the rule's own level"),
        "How heavy a rule's findings are, by its name.",
    ),
    key(
        "waivers",
        Shape::List(&Shape::Table(WAIVER)),
        As("nothing waived"),
        "Criteria that need no evidence here, each with a reason.",
    ),
    key(
        "scope",
        Shape::Map(&Shape::Table(SCOPE)),
        As("nothing left out"),
        "Criteria of a standard that do not apply.",
    ),
    key(
        "off_the_job",
        Shape::Table(OFF_THE_JOB),
        As("hours are not met"),
        "Off-the-job training.",
    ),
    key(
        "gateway",
        NOTED,
        As("unknown"),
        "What the gateway asks for beside evidence, as the standards name it.",
    ),
    key(
        "declarations",
        Shape::List(&Shape::Table(DECLARATION)),
        As("nothing declared"),
        "Statements that were signed.",
    ),
    key(
        "documents",
        Shape::List(&Shape::Word(DocumentType::words)),
        As("no document published"),
        "Types of documents to publish.",
    ),
    key(
        "theme",
        Shape::Text,
        Harmless,
        "How the site looks. Without it: default.",
    ),
    key("site", Shape::Table(SITE), Harmless, "Where the site goes."),
    key(
        "thresholds",
        Shape::Map(&Shape::Fraction),
        Harmless,
        "How many criteria must be evidenced, for `all` or a standard.",
    ),
];

const PACE: Shape = Shape::OneOf(&[Shape::Word(linear), Shape::List(&Shape::Table(PACE_STEP))]);
const PACES: Shape = Shape::OneOf(&[PACE, Shape::Map(&PACE)]);

fn linear() -> Vec<&'static str> {
    vec!["linear"]
}

/// One step of a `pace`.
pub const PACE_STEP: &[Key] = &[
    needed("by", Shape::Date, Harmless, "A day."),
    needed(
        "percent",
        Shape::Whole(0, 100),
        Harmless,
        "Per cent of the whole that is planned by then.",
    ),
];

/// One of the `reviews` in `portfolio.yaml`.
pub const REVIEW: &[Key] = &[
    needed("date", Shape::Date, As("no review held"), "The day."),
    key(
        "with",
        TEXTS,
        Harmless,
        "Who took part, by reference or role.",
    ),
];

/// What levels can be called; the checks know them by the same words.
fn levels() -> Vec<&'static str> {
    crate::diagnostic::Level::ALL
        .map(crate::diagnostic::Level::word)
        .to_vec()
}

/// Every key of `rules` in `portfolio.yaml`.
pub fn rules_and_limits() -> &'static [Key] {
    static ALL: LazyLock<Vec<Key>> = LazyLock::new(|| [LIMITS, RULES].concat());
    &ALL
}

const RULES_OR_LIMITS: Shape = Shape::TableAndMap(&[LIMITS, RULES], &Shape::Table(RULES));

/// `learner` in `portfolio.yaml`.
pub const LEARNER: &[Key] = &[
    needed(
        "id",
        Shape::Text,
        As("no acceptance counts"),
        "A reference or a pseudonym.",
    ),
    key(
        "name",
        Shape::Text,
        Harmless,
        "A name, for the assessor and for nobody else.",
    ),
    key("employer", Shape::Text, Harmless, "The employer."),
    key("cohort", Shape::Text, Harmless, "The cohort."),
];

/// Limits in `rules` of `portfolio.yaml`.
pub const LIMITS: &[Key] = &[
    key(
        "max_codes_per_entry",
        Shape::Whole(0, 1000),
        Harmless,
        "Codes on one entry before it is called over-linked.",
    ),
    key(
        "max_file_mb",
        Shape::Whole(0, 100_000),
        Harmless,
        "Megabytes of an attachment.",
    ),
    key(
        "max_entries_per_day",
        Shape::Whole(0, 1000),
        Harmless,
        "Entries of one day before they are called a batch.",
    ),
    key(
        "max_silence_days",
        Shape::Whole(0, 3660),
        Harmless,
        "Days without an entry before it is told.",
    ),
    key(
        "min_learning_words",
        Shape::Whole(0, 10_000),
        Harmless,
        "Words that say what was learned in hours off the job.",
    ),
];

/// `rules` of a standard.
pub const RULES: &[Key] = &[
    key(
        "min_pieces",
        Shape::OrUnknown(&Shape::Whole(0, 1000)),
        As("the standard's own"),
        "Pieces of evidence that a criterion needs.",
    ),
    key(
        "min_types",
        Shape::OrUnknown(&Shape::Whole(0, 100)),
        As("the standard's own"),
        "Types of evidence that a criterion needs.",
    ),
    key(
        "min_events",
        Shape::OrUnknown(&Shape::Whole(0, 1000)),
        As("the standard's own"),
        "Events that a criterion needs evidence from.",
    ),
    key(
        "currency_months",
        Shape::OrUnknown(&Shape::Whole(0, 1200)),
        As("the standard's own"),
        "Months after which evidence is out of date.",
    ),
    key(
        "pass_mark_percent",
        Shape::OrUnknown(&Shape::Whole(0, 100)),
        As("the standard's own"),
        "The mark that passes.",
    ),
    key(
        "max_attempts",
        Shape::OrUnknown(&Shape::Whole(0, 100)),
        As("the standard's own"),
        "Attempts that are allowed.",
    ),
    key(
        "evidence_types",
        Shape::OrUnknown(&Shape::List(&Shape::Word(EntryType::words))),
        As("the standard's own"),
        "Types that count.",
    ),
];

/// One of the `waivers` in `portfolio.yaml`.
pub const WAIVER: &[Key] = &[
    needed("code", Shape::Code, As("nothing waived"), "The criterion."),
    key(
        "kind",
        Shape::Text,
        As("nothing waived"),
        "Why in a word, as prior-learning.",
    ),
    needed("reason", Shape::Text, As("nothing waived"), "Why."),
    key(
        "by",
        Shape::Text,
        As("nothing waived"),
        "Who agreed, by reference.",
    ),
    key("date", Shape::Date, As("nothing waived"), "When."),
    key(
        "expires",
        Shape::Date,
        As("nothing waived"),
        "The last day on which it holds.",
    ),
];

/// A standard's `scope` in `portfolio.yaml`.
pub const SCOPE: &[Key] = &[key(
    "leave_out",
    Shape::List(&Shape::Table(LEFT_OUT)),
    As("nothing left out"),
    "Criteria that do not apply.",
)];

/// One criterion that does not apply.
pub const LEFT_OUT: &[Key] = &[
    needed(
        "code",
        Shape::Code,
        As("nothing left out"),
        "The criterion.",
    ),
    needed(
        "reason",
        Shape::Text,
        As("nothing left out"),
        "Why it does not apply.",
    ),
];

/// `off_the_job` in `portfolio.yaml`.
pub const OFF_THE_JOB: &[Key] = &[
    key(
        "required_hours",
        Shape::OrUnknown(&Shape::Whole(0, 20_000)),
        As("hours are not met"),
        "Hours in all that your training plan asks for.",
    ),
    key(
        "weekly_hours",
        Shape::OrUnknown(&Shape::Hours(168)),
        As("hours are not met"),
        "Paid hours in a week: for starts before August 2025 the rules are reckoned from them.",
    ),
    key(
        "pace",
        PACE,
        Harmless,
        "How the hours are planned to grow: linear, or steps.",
    ),
];

const NOTED: Shape = Shape::TableAndMap(&[GATEWAY], &Shape::OrUnknown(&Shape::Written));

/// `gateway` in `portfolio.yaml`.
pub const GATEWAY: &[Key] = &[
    key(
        "english",
        Shape::OrUnknown(&Shape::Written),
        As("unknown"),
        "English, as achieved, or `not needed`.",
    ),
    key(
        "maths",
        Shape::OrUnknown(&Shape::Written),
        As("unknown"),
        "Maths, as achieved, or `not needed`.",
    ),
    key(
        "credits",
        Shape::OrUnknown(&Shape::Written),
        As("unknown"),
        "Credits of the foundation degree.",
    ),
    key(
        "employer",
        Shape::OrUnknown(&Shape::Written),
        As("unknown"),
        "The employer's word that you work at the standard or above.",
    ),
    key(
        "qualifications",
        Shape::OrUnknown(&Shape::Written),
        As("unknown"),
        "Any other qualification that is asked for.",
    ),
];

/// One of the `declarations` in `portfolio.yaml`.
pub const DECLARATION: &[Key] = &[
    needed(
        "kind",
        Shape::Text,
        As("nothing declared"),
        "What is declared, as authenticity.",
    ),
    key(
        "by",
        Shape::Text,
        As("nothing declared"),
        "Who, by reference.",
    ),
    key("date", Shape::Date, As("nothing declared"), "When."),
];

/// A decision file.
pub const DECISIONS: &[Key] = &[
    VERSION,
    needed("assessor", Shape::Table(ASSESSOR), Harmless, "Who decides."),
    needed("date", Shape::Date, Harmless, "When."),
    key(
        "previous",
        Shape::Digest,
        Harmless,
        "The digest of the decision file before this one.",
    ),
    needed(
        "decisions",
        Shape::List(&Shape::Table(DECISION)),
        Harmless,
        "What was decided.",
    ),
];

/// `assessor` in a decision file.
pub const ASSESSOR: &[Key] = &[
    needed("id", Shape::Text, Harmless, "A reference."),
    needed("role", Shape::Word(Role::words), Harmless, "In which role."),
];

/// One of the `decisions` in a decision file.
pub const DECISION: &[Key] = &[
    needed("entry", Shape::Text, Harmless, "The entry, by its id."),
    key(
        "attempt",
        Shape::Whole(1, 100),
        Harmless,
        "Which attempt, from 1.",
    ),
    key(
        "digest",
        Shape::Digest,
        Harmless,
        "The digest of what was read.",
    ),
    key(
        "claims",
        Shape::Map(&Shape::Word(Verdict::words)),
        As("referred"),
        "The verdict on each claim, by code.",
    ),
    key(
        "vacsr",
        Shape::Table(EVIDENCE_RULES),
        Harmless,
        "The five rules of evidence.",
    ),
    key("feedback", Shape::Text, Harmless, "Feedback, in Markdown."),
];

/// `vacsr` in a decision.
pub const EVIDENCE_RULES: &[Key] = &[
    key(
        "valid",
        Shape::Switch,
        Harmless,
        "It shows what the criterion asks for.",
    ),
    key(
        "authentic",
        Shape::Switch,
        Harmless,
        "It is the learner's own.",
    ),
    key(
        "current",
        Shape::Switch,
        Harmless,
        "It shows what the learner can do now.",
    ),
    key("sufficient", Shape::Switch, Harmless, "It is enough."),
    key(
        "reliable",
        Shape::Switch,
        Harmless,
        "Another assessor would decide the same.",
    ),
];
