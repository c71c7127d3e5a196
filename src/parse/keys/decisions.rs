//! Keys of a decision file.

use super::key::Closed::{As, Harmless};
use super::key::{Key, Shape, VERSION, key, needed};
use crate::model::{Role, Verdict, Word};

/// A decision file.
#[rustfmt::skip]
pub const DECISIONS: &[Key] = &[
    VERSION,
    needed("assessor", Shape::Table(ASSESSOR), Harmless, "The author of the decisions."),
    needed("date", Shape::Date, Harmless, "The day."),
    key("previous", Shape::List(&Shape::Digest), Harmless, "The digest of the previous decision file; a list of them joins branches."),
    key("standards", Shape::Map(&Shape::Digest), Harmless, "The digest of the wording of each standard that the decisions were made under, by its id."),
    key("decisions", Shape::List(&Shape::Table(DECISION)), Harmless, "The decisions."),
    key("verified", Shape::List(&Shape::Code), As("nothing verified"), "Criteria that an employer verifies, where the standard says that the employer does."),
];

/// `assessor` in a decision file.
#[rustfmt::skip]
pub const ASSESSOR: &[Key] = &[
    needed("id", Shape::Text, Harmless, "A reference."),
    needed("role", Shape::Word(Role::words), Harmless, "The role of the author."),
];

/// One of the `decisions` in a decision file.
#[rustfmt::skip]
pub const DECISION: &[Key] = &[
    needed("entry", Shape::Text, Harmless, "The id of the entry."),
    key("attempt", Shape::Whole(1, 100), Harmless, "The number of the attempt, from 1."),
    key("digest", Shape::Digest, Harmless, "The digest of the entry that was judged."),
    key("claims", Shape::Map(&Shape::Word(Verdict::words)), As("referred"), "The verdict on each claim, by code."),
    key("vacsr", Shape::Table(EVIDENCE_RULES), Harmless, "The five rules of evidence."),
    key("feedback", Shape::Text, Harmless, "Feedback, in Markdown."),
];

/// `vacsr` in a decision.
#[rustfmt::skip]
pub const EVIDENCE_RULES: &[Key] = &[
    key("valid", Shape::Switch, Harmless, "It shows what the criterion asks for."),
    key("authentic", Shape::Switch, Harmless, "It is the learner's own."),
    key("current", Shape::Switch, Harmless, "It shows what the learner can do now."),
    key("sufficient", Shape::Switch, Harmless, "It is enough."),
    key("reliable", Shape::Switch, Harmless, "Another assessor would decide the same."),
];
