//! Every key of every file, with what it takes: the parser knows no others, and the schemas for editors say the same.

mod programme;
mod sampling;
mod shown;

use crate::document::DocumentType;
use crate::model::{EntryType, Profile, Role, SharePurpose, Status, Verdict, Visibility, Word};

pub use programme::{PROGRAMME, PUBLISHED, REGIME};
pub use sampling::{ASSESSOR_SHARES, SAMPLING, SHARES};
pub use shown::{ATTACHMENT, READING, SITE, SUPPRESSION};

/// One key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Shape,
    /// Whether a file without it is a finding.
    pub needed: bool,
    /// What it is for, in a sentence.
    pub says: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Words.
    Text,
    /// Words, or a number that is kept as it was typed.
    Written,
    /// A day, as `2026-03-14`.
    Date,
    /// `true` or `false`.
    Switch,
    /// A whole number from 0.
    Whole,
    /// A number of hours from 0.
    Hours,
    /// The version of a format: 1.
    Version,
    /// One of several words.
    Word(fn() -> Vec<&'static str>),
    /// A value, or the word `unknown`.
    OrUnknown(&'static Shape),
    /// The id of a standard.
    Standard,
    /// The code of a criterion.
    Code,
    /// A code, or a code with the learner's reason.
    Claim,
    /// The name of a rule.
    Rule,
    /// A fraction, as `69/72`.
    Fraction,
    /// A SHA-256, as `sha256:` and 64 digits.
    Digest,
    /// One of several shapes.
    OneOf(&'static [Shape]),
    /// A list; a single value counts as a list of one.
    List(&'static Shape),
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table whose keys the author chooses.
    Map(&'static Shape),
    /// A table with these keys, and others of the author's choice.
    TableAndMap(&'static [&'static [Key]], &'static Shape),
}

/// A key that a file may have.
pub const fn key(name: &'static str, takes: Shape, says: &'static str) -> Key {
    Key { name, takes, needed: false, says }
}

/// A key that a file has to have.
pub const fn needed(name: &'static str, takes: Shape, says: &'static str) -> Key {
    Key { name, takes, needed: true, says }
}

const TEXTS: Shape = Shape::List(&Shape::Text);
/// A whole number, or the word `unknown`.
pub const NUMBER_OR_UNKNOWN: Shape = Shape::OrUnknown(&Shape::Whole);
const VERSION: Key = needed("version", Shape::Version, "The version of this format: 1.");

/// The front matter of an entry.
pub const ENTRY: &[Key] = &[
    needed("title", Shape::Text, "What it is about. Put quotes round it where it holds a colon."),
    needed("date", Shape::Date, "The day it was written. Published."),
    key("event_date", Shape::Date, "The day of the event. Used for checks, never published."),
    key("type", Shape::Word(EntryType::words), "What kind of evidence it is. Without it: reflection."),
    key("model", Shape::Text, "The reflection model, by its id. Without it: gibbs."),
    key("status", Shape::Word(Status::words), "Whether it is handed in. Without it: submitted."),
    key("id", Shape::Text, "What decisions and links call it. Without it: the file's name."),
    key(
        "ksbs",
        Shape::List(&Shape::Claim),
        "Codes that it evidences, each with a reason where there is one.",
    ),
    key("criteria", Shape::List(&Shape::Claim), "The same list under a second name, for other awards."),
    key("hours", Shape::Hours, "Time spent, in hours."),
    key(
        "off_the_job",
        Shape::Switch,
        "Whether that time was off-the-job training; English and maths are not.",
    ),
    key("visibility", Shape::Word(Visibility::words), "Who may see it. Without it: assessor."),
    key("anonymised", Shape::Switch, "Your statement that nobody can be recognised in it."),
    key("read", Shape::Table(READING), "Who read it, as it is now, for what identifies somebody."),
    key("attachments", Shape::List(&Shape::Table(ATTACHMENT)), "Files that belong to it."),
    key("actions", Shape::List(&Shape::Table(ACTION)), "What you will do."),
    key("check", Shape::List(&Shape::Table(SUPPRESSION)), "Findings that you answer with a reason."),
    key("witness", Shape::Table(WITNESS), "Who testifies: a role, never a name."),
    key("practice", Shape::Table(PRACTICE), "What was done in practice."),
    key("cpd", Shape::Table(CPD), "What was learnt, and what it changed."),
    key("assignment", Shape::Table(ASSIGNMENT), "What was marked."),
];

/// One of an entry's `actions`.
pub const ACTION: &[Key] = &[
    needed("what", Shape::Text, "What you will do."),
    key("by", Shape::Date, "By when."),
    key("done", Shape::Date, "When it was done."),
    key("closed_by", Shape::Text, "The id of the entry that shows it done."),
];

/// An entry's `witness`.
pub const WITNESS: &[Key] = &[
    key("role", Shape::Text, "What the witness does."),
    key("organisation", Shape::Text, "Where."),
    key("relationship", Shape::Text, "How the witness knows your work."),
];

/// An entry's `practice`.
pub const PRACTICE: &[Key] = &[
    key("treatment", Shape::Text, "What was done."),
    key("area", Shape::Text, "Where on the body."),
    key("device", Shape::Text, "With what."),
    key("depth_mm", Shape::Written, "How deep, in millimetres."),
    key("batch_numbers", TEXTS, "Batches used."),
    key("adverse_reactions", Shape::Text, "What went wrong, or that nothing did."),
    key("outcome_measures", TEXTS, "What was measured."),
];

/// An entry's `cpd`.
pub const CPD: &[Key] = &[
    key("activity", Shape::Text, "What you did."),
    key("provider", Shape::Text, "Who offered it."),
    key("influence_on_practice", Shape::Text, "What you do differently since."),
];

/// An entry's `assignment`.
pub const ASSIGNMENT: &[Key] = &[
    key("unit", Shape::Text, "The unit."),
    key("mark_percent", Shape::Whole, "The mark in per cent."),
    key("attempt", Shape::Whole, "Which attempt, from 1."),
];

/// `portfolio.yaml`.
pub const PORTFOLIO: &[Key] = &[
    VERSION,
    key("title", Shape::Text, "Stands at the top of every page."),
    needed("learner", Shape::Table(LEARNER), "Whose portfolio it is."),
    needed("standards", Shape::List(&Shape::Standard), "What it is held against, by id."),
    key("start", Shape::Date, "The first day of the programme."),
    key("planned_end", Shape::Date, "The planned last day."),
    key(
        "as_of",
        Shape::Date,
        "Freezes a sample or an archive: the day by which everything is judged. Without it: today.",
    ),
    key("timezone", Shape::Text, "Where your days begin and end. Without it: Europe/London."),
    key("pace", PACES, "How evidence is planned to grow: linear, steps, or one of these for each standard."),
    key("reviews", Shape::List(&Shape::Table(REVIEW)), "Progress reviews that were held."),
    key("profile", Shape::Word(Profile::words), "How strict `check` is. Without it: default."),
    key("rules", RULES_OR_LIMITS, "What counts as enough: for all standards, or for one by its id."),
    key("levels", Shape::Map(&Shape::Word(levels)), "How heavy a rule's findings are, by its name."),
    key(
        "waivers",
        Shape::List(&Shape::Table(WAIVER)),
        "Criteria that need no evidence here, each with a reason.",
    ),
    key("scope", Shape::Map(&Shape::Table(SCOPE)), "Criteria of a standard that do not apply."),
    key("off_the_job", Shape::Table(OFF_THE_JOB), "Off-the-job training."),
    key("gateway", NOTED, "What the gateway asks for beside evidence, as the standards name it."),
    key("declarations", Shape::List(&Shape::Table(DECLARATION)), "Statements that were signed."),
    key("documents", Shape::List(&Shape::Word(DocumentType::words)), "Types of documents to publish."),
    key("theme", Shape::Text, "How the site looks. Without it: default."),
    key("site", Shape::Table(SITE), "Where the site goes."),
    key(
        "thresholds",
        Shape::Map(&Shape::Fraction),
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
    needed("by", Shape::Date, "A day."),
    needed("percent", Shape::Whole, "Per cent of the whole that is planned by then."),
];

/// One of the `reviews` in `portfolio.yaml`.
pub const REVIEW: &[Key] =
    &[needed("date", Shape::Date, "The day."), key("with", TEXTS, "Who took part, by reference or role.")];

/// What levels can be called; the checks know them by the same words.
fn levels() -> Vec<&'static str> {
    crate::diagnostic::Level::ALL.map(crate::diagnostic::Level::word).to_vec()
}

const RULES_OR_LIMITS: Shape = Shape::TableAndMap(&[LIMITS, RULES], &Shape::Table(RULES));

/// `learner` in `portfolio.yaml`.
pub const LEARNER: &[Key] = &[
    needed("id", Shape::Text, "A reference or a pseudonym."),
    key("name", Shape::Text, "A name, for the assessor and for nobody else."),
    key("employer", Shape::Text, "The employer."),
    key("cohort", Shape::Text, "The cohort."),
];

/// Limits in `rules` of `portfolio.yaml`.
pub const LIMITS: &[Key] = &[
    key("max_codes_per_entry", Shape::Whole, "Codes on one entry before it is called over-linked."),
    key("max_file_mb", Shape::Whole, "Megabytes of an attachment."),
    key("max_entries_per_day", Shape::Whole, "Entries of one day before they are called a batch."),
    key("max_silence_days", Shape::Whole, "Days without an entry before it is told."),
    key("min_learning_words", Shape::Whole, "Words that say what was learned in hours off the job."),
];

/// `rules` of a standard.
pub const RULES: &[Key] = &[
    key("min_pieces", NUMBER_OR_UNKNOWN, "Pieces of evidence that a criterion needs."),
    key("min_types", NUMBER_OR_UNKNOWN, "Types of evidence that a criterion needs."),
    key("min_events", NUMBER_OR_UNKNOWN, "Events that a criterion needs evidence from."),
    key("currency_months", NUMBER_OR_UNKNOWN, "Months after which evidence is out of date."),
    key("pass_mark_percent", NUMBER_OR_UNKNOWN, "The mark that passes."),
    key("max_attempts", NUMBER_OR_UNKNOWN, "Attempts that are allowed."),
    key(
        "evidence_types",
        Shape::OrUnknown(&Shape::List(&Shape::Word(EntryType::words))),
        "Types that count.",
    ),
];

/// One of the `waivers` in `portfolio.yaml`.
pub const WAIVER: &[Key] = &[
    needed("code", Shape::Code, "The criterion."),
    key("kind", Shape::Text, "Why in a word, as prior-learning."),
    needed("reason", Shape::Text, "Why."),
    key("by", Shape::Text, "Who agreed, by reference."),
    key("date", Shape::Date, "When."),
    key("expires", Shape::Date, "The last day on which it holds."),
];

/// A standard's `scope` in `portfolio.yaml`.
pub const SCOPE: &[Key] =
    &[key("leave_out", Shape::List(&Shape::Table(LEFT_OUT)), "Criteria that do not apply.")];

/// One criterion that does not apply.
pub const LEFT_OUT: &[Key] =
    &[needed("code", Shape::Code, "The criterion."), needed("reason", Shape::Text, "Why it does not apply.")];

/// `off_the_job` in `portfolio.yaml`.
pub const OFF_THE_JOB: &[Key] = &[
    key("required_hours", NUMBER_OR_UNKNOWN, "Hours in all that your training plan asks for."),
    key(
        "weekly_hours",
        Shape::OrUnknown(&Shape::Hours),
        "Paid hours in a week: for starts before August 2025 the rules are reckoned from them.",
    ),
    key("pace", PACE, "How the hours are planned to grow: linear, or steps."),
];

const NOTED: Shape = Shape::TableAndMap(&[GATEWAY], &Shape::OrUnknown(&Shape::Written));

/// `gateway` in `portfolio.yaml`.
pub const GATEWAY: &[Key] = &[
    key("english", Shape::OrUnknown(&Shape::Written), "English, as achieved, or `not needed`."),
    key("maths", Shape::OrUnknown(&Shape::Written), "Maths, as achieved, or `not needed`."),
    key("credits", Shape::OrUnknown(&Shape::Written), "Credits of the foundation degree."),
    key(
        "employer",
        Shape::OrUnknown(&Shape::Written),
        "The employer's word that you work at the standard or above.",
    ),
    key("qualifications", Shape::OrUnknown(&Shape::Written), "Any other qualification that is asked for."),
];

/// One of the `declarations` in `portfolio.yaml`.
pub const DECLARATION: &[Key] = &[
    needed("kind", Shape::Text, "What is declared, as authenticity."),
    key("by", Shape::Text, "Who, by reference."),
    key("date", Shape::Date, "When."),
];

/// A standard.
pub const STANDARD: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, "What portfolios call it."),
    key("reference", Shape::OrUnknown(&Shape::Text), "What the awarding body calls it."),
    needed("title", Shape::Text, "Its title."),
    key("level", Shape::OrUnknown(&Shape::Written), "Its level."),
    key("standard_version", Shape::OrUnknown(&Shape::Written), "Its version, as the awarding body counts."),
    key("updated", Shape::OrUnknown(&Shape::Date), "The day of its last change."),
    key("official", Shape::Switch, "Whether codes and wording are the awarding body's."),
    key("licence", Shape::Text, "The licence of its text."),
    key("attribution", Shape::Text, "The sentence that the licence asks for."),
    key("source", Shape::Text, "Where the text comes from."),
    needed("kinds", Shape::List(&Shape::Table(KIND)), "Kinds of criteria."),
    needed("criteria", Shape::List(&Shape::Table(CRITERION)), "The criteria, in order."),
    key("groups", Shape::List(&Shape::Table(GROUP)), "Duties, outcomes, units: what gathers criteria."),
    key("rules", Shape::Table(RULES), "What counts as enough; unknown where no source says."),
    key("methods", Shape::OrUnknown(&Shape::List(&Shape::Table(METHOD))), "Methods of assessment."),
    key("superseded", Shape::List(&Shape::Table(SUPERSEDED)), "Codes of earlier versions."),
    key("gateway", Shape::List(&Shape::Table(super::gateway::ITEM)), "What it asks for at the gateway."),
];

/// One of a standard's `kinds`.
pub const KIND: &[Key] = &[
    needed("id", Shape::Text, "What criteria call it."),
    key("title", Shape::Text, "Its title."),
    key("prefix", Shape::Text, "What its codes begin with."),
];

/// One of a standard's `criteria`.
pub const CRITERION: &[Key] = &[
    needed("code", Shape::Written, "Its code."),
    needed("kind", Shape::Text, "Its kind, by id."),
    key("text", Shape::OrUnknown(&Shape::Text), "Its statement."),
    key("prompts", TEXTS, "Questions that help to find evidence."),
    key("changed", Shape::Date, "The day its statement last changed."),
];

/// One of a standard's `groups`.
pub const GROUP: &[Key] = &[
    needed("code", Shape::Written, "Its code, as Duty 1."),
    key("kind", Shape::Text, "What it is, as duty."),
    key("text", Shape::OrUnknown(&Shape::Text), "Its statement."),
    key("criteria", Shape::List(&Shape::Written), "The codes that it gathers."),
];

/// One of a standard's `superseded` codes.
pub const SUPERSEDED: &[Key] = &[
    needed("code", Shape::Written, "The old code."),
    key("by", Shape::List(&Shape::Written), "The codes that took its place."),
];

/// One of a standard's `methods`.
pub const METHOD: &[Key] = &[
    needed("id", Shape::Text, "What it is called in this file."),
    key("title", Shape::Text, "Its title."),
    key("marks", Shape::Switch, "Whether it gives a mark."),
    key("criteria", Shape::List(&Shape::Written), "The codes that it assesses."),
];

/// A decision file.
pub const DECISIONS: &[Key] = &[
    VERSION,
    needed("assessor", Shape::Table(ASSESSOR), "Who decides."),
    needed("date", Shape::Date, "When."),
    key("previous", Shape::Digest, "The digest of the decision file before this one."),
    needed("decisions", Shape::List(&Shape::Table(DECISION)), "What was decided."),
];

/// `assessor` in a decision file.
pub const ASSESSOR: &[Key] =
    &[needed("id", Shape::Text, "A reference."), needed("role", Shape::Word(Role::words), "In which role.")];

/// One of the `decisions` in a decision file.
pub const DECISION: &[Key] = &[
    needed("entry", Shape::Text, "The entry, by its id."),
    key("attempt", Shape::Whole, "Which attempt, from 1."),
    key("digest", Shape::Digest, "The digest of what was read."),
    key("claims", Shape::Map(&Shape::Word(Verdict::words)), "The verdict on each claim, by code."),
    key("vacsr", Shape::Table(EVIDENCE_RULES), "The five rules of evidence."),
    key("feedback", Shape::Text, "Feedback, in Markdown."),
];

/// `vacsr` in a decision.
pub const EVIDENCE_RULES: &[Key] = &[
    key("valid", Shape::Switch, "It shows what the criterion asks for."),
    key("authentic", Shape::Switch, "It is the learner's own."),
    key("current", Shape::Switch, "It shows what the learner can do now."),
    key("sufficient", Shape::Switch, "It is enough."),
    key("reliable", Shape::Switch, "Another assessor would decide the same."),
];

/// The register of consents.
pub const CONSENTS: &[Key] =
    &[VERSION, needed("consents", Shape::List(&Shape::Table(CONSENT)), "Every consent that was given.")];

/// One of the `consents`.
pub const CONSENT: &[Key] = &[
    needed("id", Shape::Text, "What attachments call it."),
    key("date", Shape::Date, "When it was given."),
    key("take", Shape::Switch, "Whether the picture may be taken."),
    key("share", Shape::List(&Shape::Word(SharePurpose::words)), "What it may be shared for."),
    key("expires", Shape::Date, "The last day on which it holds."),
    key("withdrawn", Shape::Switch, "Whether it was withdrawn."),
];

/// A reflection model.
pub const REFLECTION_MODEL: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, "What entries call it."),
    needed("title", Shape::Text, "Its title."),
    key("source", Shape::Text, "Where it comes from."),
    needed("stages", Shape::List(&Shape::Table(STAGE)), "Its stages, in order."),
];

/// One of a reflection model's `stages`.
pub const STAGE: &[Key] = &[
    key("id", Shape::Text, "What checks call it."),
    needed("name", Shape::Text, "Its heading."),
    key("synonyms", TEXTS, "Other headings that mean it."),
    key("prompts", TEXTS, "Questions for the writer."),
    key("checks", TEXTS, "Rules that look at it."),
];

/// Guidance on data protection.
pub const GUIDANCE: &[Key] = &[
    VERSION,
    needed("id", Shape::Text, "What it is called."),
    needed("title", Shape::Text, "Its title."),
    key("sources", TEXTS, "Where it comes from."),
    key("principles", Shape::List(&Shape::Table(ADVICE)), "Principles."),
    key("must_not_appear", Shape::List(&Shape::Table(ADVICE)), "What must not stand in a portfolio."),
    key("consents", Shape::List(&Shape::Table(ADVICE)), "What consent is needed for."),
    key("practice", Shape::List(&Shape::Table(ADVICE)), "What to do in practice."),
    key("consequences", Shape::List(&Shape::Table(ADVICE)), "What comes of a breach."),
];

/// One piece of guidance.
pub const ADVICE: &[Key] = &[
    key("id", Shape::Text, "What it is called."),
    key("title", Shape::Text, "Its title."),
    key("text", Shape::Text, "What it says."),
    key("why", Shape::Text, "Why."),
    key("instead", Shape::Text, "What to do instead."),
    key("source", Shape::Text, "Where it comes from."),
];

/// The record of a theme.
pub const THEME: &[Key] = &[
    VERSION,
    needed("title", Shape::Text, "Its title."),
    key("base", Shape::Text, "The theme whose files it uses where it has none, or none."),
];
