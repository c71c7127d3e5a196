//! The answers about what an assessor decides, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entry_answer::{EntryLink, FeedbackLine, KindChoice};
use super::sitting_draft::KeptSitting;
use crate::view::Page;

/// What waits for an assessor.
#[derive(Debug, Serialize)]
pub(super) struct WaitingAnswer {
    /// The title of the portfolio.
    pub title: String,
    /// The learner's reference.
    pub learner: String,
    /// Whether it is a copy for an assessor.
    pub is_copy: bool,
    /// The number of claims and entries, in words.
    pub lead: String,
    /// Entries with claims to decide, the most urgent first.
    pub entries: Vec<WaitingEntry>,
    /// Entries with undecided claims to codes that other entries have accepted already.
    pub accepted: Vec<WaitingEntry>,
    /// The day that a decision has if it is made now.
    pub today: String,
    /// The roles of people who decide or comment.
    pub roles: Vec<KindChoice>,
    /// The decisions that are kept in memory and not saved.
    pub sitting: KeptSitting,
}

/// An entry that waits for an assessor.
#[derive(Debug, Serialize)]
pub(super) struct WaitingEntry {
    /// The entry.
    pub entry: EntryLink,
    /// The codes that wait.
    pub codes: Vec<String>,
    /// The same with their statements.
    pub claims: Vec<WaitingClaim>,
    /// Why it waits, in words.
    pub reason: String,
    /// The day since which it waits, if that is known.
    pub since: Option<String>,
    /// How long it waits, in words: `12 days`.
    pub waits: String,
}

/// A claim that waits for an assessor.
#[derive(Debug, Serialize)]
pub(super) struct WaitingClaim {
    /// The code.
    pub code: String,
    /// Its statement; none if its source does not give it.
    pub statement: Option<String>,
    /// Why it waits, in words.
    pub reason: String,
}

/// An entry as an assessor reads it.
#[derive(Debug, Serialize)]
pub(super) struct AssessAnswer {
    /// Its path.
    pub path: String,
    /// The digest of what is shown, which a decision names.
    pub digest: String,
    /// Whether a part of it is left out of this copy.
    pub is_part: bool,
    /// The path of its page in a site, which links of the text start from.
    pub site_path: String,
    /// A sentence on the attempts, if a standard limits them.
    pub attempt: Option<String>,
    /// The codes that wait.
    pub waits: Vec<String>,
    /// Earlier decisions by code, newest first.
    pub before: BTreeMap<String, Vec<FeedbackLine>>,
    /// Its type, as `case-study`.
    pub kind: String,
    /// Its place among those that wait, from 1; 0 if it does not wait.
    pub place: usize,
    /// The number of entries that wait.
    pub of: usize,
    /// The one before it.
    pub previous: Option<EntryLink>,
    /// The one after it.
    pub next: Option<EntryLink>,
    /// Its page: the text as HTML, its claims, files and decisions.
    pub page: Page<'static>,
}

/// Something that keeps a sitting from being saved.
#[derive(Debug, Serialize)]
pub(super) struct SittingFault {
    /// The path of the entry; none for the whole sitting.
    pub path: Option<String>,
    /// The field: `who`, `day`, `verdict`, `note:K7`, `accepted:valid`, `back:valid` or `feedback`;
    /// empty for none.
    pub field: String,
    /// What to do about it.
    pub message: String,
}

/// A claim that was sent back and waits for the learner.
#[derive(Debug, Serialize)]
pub(super) struct ToChange {
    /// The entry.
    pub entry: EntryLink,
    /// The code.
    pub code: String,
    /// Its statement; none if its source does not give it.
    pub statement: Option<String>,
    /// `referred` or `partly`.
    pub verdict: String,
    /// Who sent it back, by reference.
    pub by: String,
    /// The day.
    pub on: String,
    /// The feedback on the code, as Markdown.
    pub text: String,
}
