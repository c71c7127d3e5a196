//! Keys of an entry's front matter.

use super::key::Closed::{As, Harmless};
use super::key::{Key, Shape, TEXTS, key, needed};
use crate::model::{EntryType, Shows, Status, Visibility, Word};

/// The front matter of an entry.
#[rustfmt::skip]
pub const ENTRY: &[Key] = &[
    needed("title", Shape::Text, Harmless, "The title. Put it in quotes if it has a colon."),
    needed("date", Shape::Date, As("no day, so no hours count"), "The day it was written. It is published."),
    key("event_date", Shape::Date, As("out of date, where evidence goes out of date"), "The day of the event. Used in checks and never published."),
    key("type", Shape::Word(EntryType::words), As("no type, where types are asked for"), "The type of evidence. Default: reflection."),
    key("model", Shape::Text, Harmless, "The id of the reflection model. Default: gibbs."),
    key("status", Shape::Word(Status::words), As("draft"), "Whether it is handed in. Default: submitted."),
    key("submitted", Shape::Date, As("draft"), "The day it was handed in. Default: its date."),
    key("id", Shape::Text, Harmless, "The id for decisions and links. Default: the file's name."),
    key("ksbs", Shape::List(&Shape::Claim), As("no claim"), "Codes that it evidences, each with your reason if you like."),
    key("criteria", Shape::List(&Shape::Claim), As("no claim"), "The same list as `ksbs`, under a name for other awards."),
    key("hours", Shape::Hours(8784), As("0"), "Hours spent. More than 24 for each of its `days` do not count."),
    key("days", Shape::Whole(1, 366), As("hours of 0"), "The number of days over which the hours were spent. Default: 1."),
    key("off_the_job", Shape::Switch, As("false"), "Whether the hours were off-the-job training. English and maths are not."),
    key("visibility", Shape::Word(Visibility::words), As("private"), "Who may see it. Default: assessor."),
    key("anonymised", Shape::Switch, As("false"), "Your statement that no person can be recognised in it."),
    key("read", Shape::Table(READING), As("not checked by a person"), "The person who checked its current text for identifiers."),
    key("imported", Shape::Digest, Harmless, "The file that `import` made it from, so that it is not imported again."),
    key("attachments", Shape::List(&Shape::Table(ATTACHMENT)), As("nothing attached"), "Files that belong to it."),
    key("actions", Shape::List(&Shape::Table(ACTION)), As("nothing done"), "Actions that you plan."),
    key("check", Shape::List(&Shape::Table(SUPPRESSION)), As("nothing answered"), "Findings that you answer, each with a reason."),
    key("witness", Shape::Table(WITNESS), Harmless, "The witness, by role and never by name."),
    key("practice", Shape::Table(PRACTICE), Harmless, "The record of a procedure."),
    key("cpd", Shape::Table(CPD), Harmless, "The record of continuing professional development."),
    key("assignment", Shape::Table(ASSIGNMENT), As("no mark"), "The marked work."),
];

/// One of an entry's `attachments`.
#[rustfmt::skip]
pub const ATTACHMENT: &[Key] = &[
    needed("file", Shape::Text, As("nothing attached"), "The path below portfolio/, for example evidence/chart.png."),
    key("alt", Shape::Text, Harmless, "A description for people who cannot see it."),
    key("caption", Shape::Text, Harmless, "The caption."),
    key("consent", Shape::Text, As("no valid consent"), "The id of its consent in consents.yaml."),
    key("shows", Shape::Word(Shows::words), As("nothing stated"), "`nobody` is your statement that it shows no person."),
];

/// One of an entry's `actions`.
#[rustfmt::skip]
pub const ACTION: &[Key] = &[
    needed("what", Shape::Text, Harmless, "The action."),
    key("by", Shape::Date, Harmless, "The day by which you will do it."),
    key("done", Shape::Date, As("not done"), "The day it was done."),
    key("closed_by", Shape::Text, As("not done"), "The id of the entry that shows it done."),
];

/// An entry's `read`.
#[rustfmt::skip]
pub const READING: &[Key] = &[
    needed("by", Shape::Text, As("not checked by a person"), "The reference of the person."),
    needed("on", Shape::Date, As("not checked by a person"), "The day."),
    needed("digest", Shape::Digest, As("not checked by a person"), "The digest of the text that was checked. `ksbfolio explain ENTRY` shows it."),
];

/// One of an entry's answers under `check`.
#[rustfmt::skip]
pub const SUPPRESSION: &[Key] = &[
    needed("ignore", Shape::Rule, As("nothing answered"), "The name of the rule."),
    needed("reason", Shape::Text, As("nothing answered"), "The reason why it does not apply here."),
    key("words", TEXTS, As("nothing answered"), "The words concerned, as written. Rules on identifiers need them."),
];

/// An entry's `witness`.
#[rustfmt::skip]
pub const WITNESS: &[Key] = &[
    key("role", Shape::Text, Harmless, "The role of the witness."),
    key("organisation", Shape::Text, Harmless, "The organisation."),
    key("relationship", Shape::Text, Harmless, "How the witness knows your work."),
];

/// An entry's `practice`.
#[rustfmt::skip]
pub const PRACTICE: &[Key] = &[
    key("treatment", Shape::Text, Harmless, "The treatment."),
    key("area", Shape::Text, Harmless, "The part of the body."),
    key("device", Shape::Text, Harmless, "The device used."),
    key("depth_mm", Shape::Written, Harmless, "The depth in millimetres."),
    key("batch_numbers", TEXTS, Harmless, "The batch numbers used."),
    key("adverse_reactions", Shape::Text, Harmless, "Adverse reactions, or that there were none."),
    key("outcome_measures", TEXTS, Harmless, "The measurements taken."),
];

/// An entry's `cpd`.
#[rustfmt::skip]
pub const CPD: &[Key] = &[
    key("activity", Shape::Text, Harmless, "The activity."),
    key("provider", Shape::Text, Harmless, "The provider."),
    key("influence_on_practice", Shape::Text, Harmless, "What you do differently since then."),
];

/// An entry's `assignment`.
#[rustfmt::skip]
pub const ASSIGNMENT: &[Key] = &[
    key("unit", Shape::Text, Harmless, "The unit."),
    key("mark_percent", Shape::Whole(0, 100), As("no mark"), "The mark in per cent."),
    key("attempt", Shape::Whole(1, 100), As("no mark"), "The number of the attempt, from 1."),
];
