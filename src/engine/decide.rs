//! Turns a judgement of an entry into the text of a decision file.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use super::filing::heads;
use super::{EngineError, OpenOptions, Snapshot};
use crate::cover::{limit, next_attempt};
use crate::model::{CriterionId, FiledEntry, Role, RulesOfEvidence, Verdict};
use crate::privacy::mask_path;
use crate::report::{NewDecision, NewDecisions, decision_file, tidy_feedback};
use crate::store;
use crate::text::{SourcePath, nearest};

/// An assessor's judgement of one entry.
pub struct Judgement {
    /// The reference of the assessor.
    pub assessor: String,
    /// Verdicts, by criterion.
    pub verdicts: Vec<(CriterionId, Verdict)>,
    /// The rules of evidence for what is accepted.
    pub accepted: RulesOfEvidence,
    /// The rules of evidence for what is sent back.
    pub sent_back: RulesOfEvidence,
    /// Feedback in Markdown.
    pub feedback: String,
    /// The attempt; `None` for the next one.
    pub attempt: Option<u32>,
}

/// The text of a decision file that records a judgement.
///
/// # Errors
/// Nothing is decided, or the feedback has characters that YAML cannot hold.
pub fn decision_text(
    project: &Snapshot,
    at: usize,
    role: Role,
    date: Date,
    previous: Vec<String>,
    judgement: Judgement,
) -> Result<String, EngineError> {
    let new = new_decisions(project, at, role, date, previous, judgement)?;
    decision_file(&new).ok_or_else(|| {
        let help = "leave out signs that no keyboard types; nothing was written";
        EngineError::refused(
            "the feedback holds signs that a file of decisions cannot keep",
            help,
        )
    })
}

/// The portfolio as it is now, with the index of the judged entry and the heads of the chain: as it
/// was read, or with decisions about other entries that were filed since.
///
/// # Errors
/// The judged entry changed, or was decided about.
pub fn reopen(
    options: &OpenOptions,
    read: Snapshot,
    at: usize,
    previous: Vec<String>,
) -> Result<(Snapshot, usize, Vec<String>), EngineError> {
    let now = Snapshot::open(options)?;
    let end = heads(&now)?;
    let judged = &read.portfolio.entries[at];
    let place = now.portfolio.index.by_path(&judged.path);
    let entry = place.map(|at| &now.portfolio.entries[at]);
    let is_as_read = |entry: &FiledEntry| {
        entry.digests == judged.digests
            && entry.decisions.len() == judged.decisions.len()
            && now.portfolio.settings.standards == read.portfolio.settings.standards
    };
    match place.filter(|_| entry.is_some_and(is_as_read)) {
        Some(_) if end == previous => Ok((read, at, previous)),
        Some(at) => Ok((now, at, end)),
        None => {
            let help = "read it again, and decide again; nothing was written";
            Err(EngineError::refused(
                format!("{} was changed or decided about meanwhile", judged.id),
                help,
            ))
        }
    }
}

/// Finds an entry by id, `entry:ID` or path; returns its index.
///
/// # Errors
/// There is none, or several entries have the id.
pub fn find_entry(project: &Snapshot, typed: &str) -> Result<usize, EngineError> {
    let portfolio = &project.portfolio;
    let id = typed.strip_prefix("entry:").unwrap_or(typed);
    let by_path = || store::source_name(&project.root, Path::new(typed)).ok();
    let found = portfolio.index.by_id(id);
    let found = found.or_else(|| portfolio.index.by_path(&SourcePath::new(&by_path()?)));
    if let Some(at) = found {
        return Ok(at);
    }
    if portfolio.entries.iter().any(|entry| entry.id == id) {
        let help = "give one of them another `id:`; a decision about either would bind to neither";
        return Err(EngineError::refused(
            format!("several entries have the id {}", mask_path(id).0),
            help,
        ));
    }
    let help = nearest(id, portfolio.index.ids()).map_or_else(
        || "`ksbfolio explain CODE` names the entries that claim a code".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    Err(EngineError::refused(
        format!("no entry has the id `{}`", mask_path(id).0),
        help,
    ))
}

/// A judgement as the content of a decision file. Accepted claims and those sent back are two
/// decisions, because they meet different rules of evidence.
fn new_decisions(
    project: &Snapshot,
    at: usize,
    role: Role,
    date: Date,
    previous: Vec<String>,
    judgement: Judgement,
) -> Result<NewDecisions, EngineError> {
    let portfolio = &project.portfolio;
    let entry = &portfolio.entries[at];
    let criteria: Vec<CriterionId> = judgement
        .verdicts
        .iter()
        .map(|(criterion, _)| *criterion)
        .collect();
    let attempt = judgement
        .attempt
        .unwrap_or_else(|| next_attempt(portfolio, at, &criteria));
    let part = |accepted: bool, evidence: RulesOfEvidence| NewDecision {
        entry: entry.id.clone(),
        attempt,
        digest: entry.digests.current().to_owned(),
        claims: judgement
            .verdicts
            .iter()
            .filter(|(_, verdict)| (*verdict == Verdict::Accepted) == accepted)
            .map(|&(criterion, verdict)| (code_in_files(project, criterion), verdict))
            .collect(),
        evidence,
        feedback: String::new(),
    };
    let mut decisions = vec![
        part(true, judgement.accepted),
        part(false, judgement.sent_back),
    ];
    decisions.retain(|decision| !decision.claims.is_empty());
    if decisions.is_empty() {
        decisions.push(part(true, RulesOfEvidence::default()));
    }
    // Feedback belongs to the claims that are sent back, if there are any.
    if let Some(last) = decisions.last_mut() {
        last.feedback = tidy_feedback(&judgement.feedback);
    }
    if decisions
        .iter()
        .all(|decision| decision.claims.is_empty() && decision.feedback.is_empty())
    {
        let help = "name codes behind --accept, --partly or --refer, or give --feedback; nothing was written";
        let message = format!("nothing is decided about {}", entry.id);
        return Err(EngineError::refused(message, help));
    }
    Ok(NewDecisions {
        assessor: judgement.assessor,
        role,
        date,
        previous,
        standards: versions(project, &criteria),
        decisions,
    })
}

/// The digests of the standards of these criteria as they are now, by id.
fn versions(project: &Snapshot, criteria: &[CriterionId]) -> Vec<(String, String)> {
    let judged: BTreeSet<usize> = criteria.iter().map(|id| id.standard).collect();
    let current = &project.portfolio.lock.current;
    let version = |at: usize| (current[at].id.clone(), current[at].digest.clone());
    judged.into_iter().map(version).collect()
}

/// A criterion as files name it: by its code, with its standard if the code alone is ambiguous.
#[must_use]
pub fn code_in_files(project: &Snapshot, criterion: CriterionId) -> String {
    let catalogue = &project.portfolio.catalogue;
    if catalogue.ambiguous_codes().contains(&criterion) {
        catalogue.full_code(criterion)
    } else {
        catalogue.code(criterion).to_string()
    }
}

/// "This is attempt 2 of 2, the last."; `None` if no standard limits the attempts.
#[must_use]
pub fn describe_attempt(project: &Snapshot, at: usize, criteria: &[CriterionId]) -> Option<String> {
    let most = criteria
        .iter()
        .filter_map(|&criterion| limit(&project.portfolio, criterion))
        .min()?;
    let attempt = next_attempt(&project.portfolio, at, criteria);
    let last = if attempt == most { ", the last" } else { "" };
    Some(format!("This is attempt {attempt} of {most}{last}."))
}
