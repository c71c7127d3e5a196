//! Keys of an entry's front matter.

use super::key::Closed::{As, Harmless};
use super::key::{Key, Shape, TEXTS, key, needed};
use crate::model::{EntryType, Shows, Status, Visibility, Word};

/// The front matter of an entry.
#[rustfmt::skip]
pub const ENTRY: &[Key] = &[
    needed("title", Shape::Text, Harmless, "What it is about. Put quotes round it where it holds a colon."),
    needed("date", Shape::Date, As("no day, so no hours count"), "The day it was written. Published."),
    key("event_date", Shape::Date, As("out of date, where evidence goes out of date"), "The day of the event. Used for checks, never published."),
    key("type", Shape::Word(EntryType::words), As("no type, where types are asked for"), "What kind of evidence it is. Without it: reflection."),
    key("model", Shape::Text, Harmless, "The reflection model, by its id. Without it: gibbs."),
    key("status", Shape::Word(Status::words), As("draft"), "Whether it is handed in. Without it: submitted."),
    key("submitted", Shape::Date, As("draft"), "When it was handed in. Without it: its date."),
    key("id", Shape::Text, Harmless, "What decisions and links call it. Without it: the file's name."),
    key("ksbs", Shape::List(&Shape::Claim), As("no claim"), "Codes that it evidences, each with a reason where there is one."),
    key("criteria", Shape::List(&Shape::Claim), As("no claim"), "The same list under a second name, for other awards."),
    key("hours", Shape::Hours(8784), As("0"), "Time spent, in hours. More than 24 for each of its `days` do not count."),
    key("days", Shape::Whole(1, 366), As("hours of 0"), "Days over which that time was spent. Without it: 1."),
    key("off_the_job", Shape::Switch, As("false"), "Whether that time was off-the-job training; English and maths are not."),
    key("visibility", Shape::Word(Visibility::words), As("private"), "Who may see it. Without it: assessor."),
    key("anonymised", Shape::Switch, As("false"), "Your statement that nobody can be recognised in it."),
    key("read", Shape::Table(READING), As("read by nobody"), "Who read it, as it is now, for what identifies somebody."),
    key("attachments", Shape::List(&Shape::Table(ATTACHMENT)), As("nothing attached"), "Files that belong to it."),
    key("actions", Shape::List(&Shape::Table(ACTION)), As("nothing done"), "What you will do."),
    key("check", Shape::List(&Shape::Table(SUPPRESSION)), As("nothing answered"), "Findings that you answer with a reason."),
    key("witness", Shape::Table(WITNESS), Harmless, "Who testifies: a role, never a name."),
    key("practice", Shape::Table(PRACTICE), Harmless, "What was done in practice."),
    key("cpd", Shape::Table(CPD), Harmless, "What was learnt, and what it changed."),
    key("assignment", Shape::Table(ASSIGNMENT), As("no mark"), "What was marked."),
];

/// One of an entry's `attachments`.
#[rustfmt::skip]
pub const ATTACHMENT: &[Key] = &[
    needed("file", Shape::Text, As("nothing attached"), "The path from portfolio/, as in evidence/chart.png."),
    key("alt", Shape::Text, Harmless, "What a person who cannot see it should know."),
    key("caption", Shape::Text, Harmless, "Words under it."),
    key("consent", Shape::Text, As("no valid consent"), "The consent it stands on, by its id in consents.yaml."),
    key("shows", Shape::Word(Shows::words), As("nothing stated"), "nobody: your statement that it shows no person."),
];

/// One of an entry's `actions`.
#[rustfmt::skip]
pub const ACTION: &[Key] = &[
    needed("what", Shape::Text, Harmless, "What you will do."),
    key("by", Shape::Date, Harmless, "By when."),
    key("done", Shape::Date, As("not done"), "When it was done."),
    key("closed_by", Shape::Text, As("not done"), "The id of the entry that shows it done."),
];

/// An entry's `read`.
#[rustfmt::skip]
pub const READING: &[Key] = &[
    needed("by", Shape::Text, As("read by nobody"), "Who, by reference."),
    needed("on", Shape::Date, As("read by nobody"), "When."),
    needed("digest", Shape::Digest, As("read by nobody"), "The digest of what was read: `ksbfolio explain ENTRY` shows it."),
];

/// One of an entry's answers under `check`.
#[rustfmt::skip]
pub const SUPPRESSION: &[Key] = &[
    needed("ignore", Shape::Rule, As("nothing answered"), "The rule."),
    needed("reason", Shape::Text, As("nothing answered"), "Why it does not apply here."),
    key("words", TEXTS, As("nothing answered"), "The words that it is about, as written: needed for rules on identifiers."),
];

/// An entry's `witness`.
#[rustfmt::skip]
pub const WITNESS: &[Key] = &[
    key("role", Shape::Text, Harmless, "What the witness does."),
    key("organisation", Shape::Text, Harmless, "Where."),
    key("relationship", Shape::Text, Harmless, "How the witness knows your work."),
];

/// An entry's `practice`.
#[rustfmt::skip]
pub const PRACTICE: &[Key] = &[
    key("treatment", Shape::Text, Harmless, "What was done."),
    key("area", Shape::Text, Harmless, "Where on the body."),
    key("device", Shape::Text, Harmless, "With what."),
    key("depth_mm", Shape::Written, Harmless, "How deep, in millimetres."),
    key("batch_numbers", TEXTS, Harmless, "Batches used."),
    key("adverse_reactions", Shape::Text, Harmless, "What went wrong, or that nothing did."),
    key("outcome_measures", TEXTS, Harmless, "What was measured."),
];

/// An entry's `cpd`.
#[rustfmt::skip]
pub const CPD: &[Key] = &[
    key("activity", Shape::Text, Harmless, "What you did."),
    key("provider", Shape::Text, Harmless, "Who offered it."),
    key("influence_on_practice", Shape::Text, Harmless, "What you do differently since."),
];

/// An entry's `assignment`.
#[rustfmt::skip]
pub const ASSIGNMENT: &[Key] = &[
    key("unit", Shape::Text, Harmless, "The unit."),
    key("mark_percent", Shape::Whole(0, 100), As("no mark"), "The mark in per cent."),
    key("attempt", Shape::Whole(1, 100), As("no mark"), "Which attempt, from 1."),
];
