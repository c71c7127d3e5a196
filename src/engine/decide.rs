//! Turns a judgement of an entry into the text of a decision file.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use super::clock::today;
use super::filing::heads;
use super::{EngineError, OpenOptions, Snapshot};
use crate::cover::{limit, next_attempt};
use crate::model::{CriterionId, FiledEntry, Role, RulesOfEvidence, Verdict};
use crate::privacy::mask_path;
use crate::report::{NewDecision, NewDecisions, decision_file, tidy_feedback};
use crate::store;
use crate::text::{SourcePath, nearest};

/// Who decides, when, and after which files of the chain.
#[derive(Clone, Debug)]
pub struct DecisionHead {
    /// The reference of the assessor.
    pub assessor: String,
    /// The role in which they decide.
    pub role: Role,
    /// The day.
    pub date: Date,
    /// The digests of the files before.
    pub previous: Vec<String>,
}

/// An assessor's judgement of one entry.
pub struct Judgement {
    /// Verdicts, by criterion.
    pub verdicts: Vec<(CriterionId, Verdict)>,
    /// The rules of evidence for what is accepted.
    pub accepted: RulesOfEvidence,
    /// The rules of evidence for what is sent back.
    pub sent_back: RulesOfEvidence,
    /// Feedback on single criteria, in Markdown.
    pub notes: Vec<(CriterionId, String)>,
    /// Feedback in Markdown.
    pub feedback: String,
    /// The attempt; `None` for the next one.
    pub attempt: Option<u32>,
}

/// The text of one decision file that records the judgements of a sitting, each with the index of
/// its entry.
///
/// # Errors
/// Nothing is decided about an entry, or the feedback has characters that YAML cannot hold.
pub fn decision_text(
    project: &Snapshot,
    head: DecisionHead,
    judgements: &[(usize, Judgement)],
) -> Result<String, EngineError> {
    let (mut criteria, mut decisions) = (Vec::new(), Vec::new());
    for (at, judgement) in judgements {
        criteria.extend(judgement.verdicts.iter().map(|(criterion, _)| *criterion));
        decisions.extend(new_decisions(project, *at, judgement)?);
    }
    let new = NewDecisions {
        assessor: head.assessor,
        role: head.role,
        date: head.date,
        previous: head.previous,
        standards: versions(project, &criteria),
        decisions,
    };
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

/// The day that a decision made now has: the day at which the portfolio is frozen, else today.
#[must_use]
pub fn day_to_decide(project: &Snapshot) -> Date {
    let (settings, as_of) = (&project.portfolio.settings, project.coverage.as_of);
    if settings.is_frozen_at(as_of) {
        as_of
    } else {
        today(settings)
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

/// A judgement as decisions of a file. Accepted claims and those sent back are two decisions,
/// because they meet different rules of evidence.
fn new_decisions(
    project: &Snapshot,
    at: usize,
    judgement: &Judgement,
) -> Result<Vec<NewDecision>, EngineError> {
    let portfolio = &project.portfolio;
    let entry = &portfolio.entries[at];
    let verdicts = &judgement.verdicts;
    let criteria: Vec<CriterionId> = verdicts.iter().map(|(criterion, _)| *criterion).collect();
    let attempt = judgement
        .attempt
        .unwrap_or_else(|| next_attempt(portfolio, at, &criteria));
    let side = |accepted: bool| -> Vec<(CriterionId, Verdict)> {
        let of_side =
            |(_, verdict): &&(CriterionId, Verdict)| (*verdict == Verdict::Accepted) == accepted;
        verdicts.iter().filter(of_side).copied().collect()
    };
    let mut sides = vec![
        (side(true), judgement.accepted),
        (side(false), judgement.sent_back),
    ];
    sides.retain(|(verdicts, _)| !verdicts.is_empty());
    if sides.is_empty() {
        sides.push((Vec::new(), RulesOfEvidence::default()));
    }
    let last = sides.len() - 1;
    let sides = sides.into_iter().enumerate();
    let decisions = sides.map(|(number, (verdicts, evidence))| {
        // Feedback on the whole entry belongs to the claims that are sent back, if there are any.
        let whole = if number == last {
            judgement.feedback.as_str()
        } else {
            ""
        };
        NewDecision {
            entry: entry.id.clone(),
            attempt,
            digest: entry.digests.current().to_owned(),
            feedback: join_feedback(project, &verdicts, whole, &judgement.notes),
            claims: verdicts
                .into_iter()
                .map(|(criterion, verdict)| (code_in_files(project, criterion), verdict))
                .collect(),
            evidence,
        }
    });
    let decisions: Vec<NewDecision> = decisions.collect();
    if decisions
        .iter()
        .all(|decision| decision.claims.is_empty() && decision.feedback.is_empty())
    {
        let help = "name codes behind --accept, --partly or --refer, or give --feedback; nothing was written";
        let message = format!("nothing is decided about {}", entry.id);
        return Err(EngineError::refused(message, help));
    }
    Ok(decisions)
}

/// The feedback of a decision: that on the whole entry, then that on each of its criteria below the
/// code in bold. Feedback on the only criterion needs no code.
fn join_feedback(
    project: &Snapshot,
    verdicts: &[(CriterionId, Verdict)],
    whole: &str,
    notes: &[(CriterionId, String)],
) -> String {
    let whole = tidy_feedback(whole);
    let is_alone = verdicts.len() == 1 && whole.is_empty();
    let mut parts = vec![whole];
    for (criterion, _) in verdicts {
        let note = notes.iter().find(|(noted, _)| noted == criterion);
        let note = note.map_or_else(String::new, |(_, note)| tidy_feedback(note));
        if note.is_empty() {
            continue;
        }
        let code = project.portfolio.catalogue.code(*criterion);
        parts.push(if is_alone {
            note
        } else {
            format!("**{code}**\n\n{note}")
        });
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
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
