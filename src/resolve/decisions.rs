//! Puts decision files in their chain and binds each decision to its entry.

use std::collections::BTreeMap;

use super::catalogue::{Codes, Lookup};
use super::digest::decision_file_digest;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{ClaimVerdict, Decision, Entry, EntryIndex};
use crate::parse::{DraftDecision, DraftDecisions};
use crate::text::{Span, nearest};

/// Adds to each entry the decisions about it, in the order of the chain, and gives back the digest of the last file of
/// the chain: what the next one names as `previous`.
pub fn bind(
    files: Vec<DraftDecisions>,
    entries: &mut [Entry],
    index: &EntryIndex,
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) -> Option<String> {
    let files = chained(files, faults);
    let head = files.last().map(|file| decision_file_digest(&file.source.text));
    for file in files {
        for draft in &file.decisions {
            let place = Place::new(&file.source.path, draft.entry.span);
            let Some(at) = index.by_id(&draft.entry.value) else {
                let meant = nearest(&draft.entry.value, index.ids());
                let hint = meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
                let problem = format!("no single entry has the id {}{hint}", draft.entry.value);
                faults.push(unbound(place, problem));
                continue;
            };
            let decision = decision(&file, draft, &entries[at], codes, faults);
            entries[at].decisions.push(decision);
        }
    }
    head
}

fn unbound(place: Place, problem: String) -> Fault {
    let kind = FaultKind::UnboundDecision { problem };
    Fault { place, kind }
}

fn decision(
    file: &DraftDecisions,
    draft: &DraftDecision,
    entry: &Entry,
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) -> Decision {
    let mut claims = Vec::new();
    for (code, verdict) in &draft.claims {
        let place = Place::new(&file.source.path, code.span);
        match codes.find(&code.value) {
            Lookup::Found { id, .. } if entry.claim(id).is_some() => {
                claims.push(ClaimVerdict { criterion: id, verdict: *verdict });
            }
            Lookup::Found { .. } => {
                let problem = format!("the entry {} does not claim {}", entry.id, code.value);
                faults.push(unbound(place, problem));
            }
            _ => faults
                .push(unbound(place, format!("no standard of this portfolio has the code {}", code.value))),
        }
    }
    Decision {
        assessor: file.assessor.clone(),
        role: file.role,
        date: file.date,
        attempt: draft.attempt,
        digest: draft.digest.clone(),
        claims,
        evidence: draft.evidence,
        feedback: draft.feedback.clone(),
        place: Place::new(&file.source.path, draft.entry.span),
    }
}

/// The files from the first to the last: each after the one it names. Files that continue nothing come last.
fn chained(files: Vec<DraftDecisions>, faults: &mut Vec<Fault>) -> Vec<DraftDecisions> {
    let digests: Vec<String> = files.iter().map(|file| decision_file_digest(&file.source.text)).collect();
    let mut after: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        let previous = file.previous.as_ref().map_or(String::new(), |previous| previous.value.clone());
        if !previous.is_empty() && !digests.contains(&previous) {
            let problem = "the decision file before this one is missing or was changed".to_owned();
            faults.push(broken(file, problem));
        }
        after.entry(previous).or_default().push(at);
    }
    for followers in after.values_mut() {
        followers.sort_by(|&a, &b| {
            let key = |at: usize| (files[at].date, files[at].source.path.clone());
            key(a).cmp(&key(b))
        });
        for &second in &followers[1..] {
            let problem = format!("{} continues from the same file", files[followers[0]].source.path);
            faults.push(broken(&files[second], problem));
        }
    }
    let order = walk(&after, &digests);
    let mut files: Vec<Option<DraftDecisions>> = files.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| files[at].take()).collect()
}

/// From the file that names none, along the chain; then whatever that did not reach.
fn walk(after: &BTreeMap<String, Vec<usize>>, digests: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = after.get("").cloned().unwrap_or_default();
    let mut next = 0;
    while next < order.len() {
        let followers = after.get(&digests[order[next]]).map_or(&[][..], Vec::as_slice);
        order.extend(followers.iter().filter(|at| !order.contains(at)).copied().collect::<Vec<_>>());
        next += 1;
    }
    let rest: Vec<usize> = after.values().flatten().filter(|at| !order.contains(at)).copied().collect();
    order.extend(rest);
    order
}

fn broken(file: &DraftDecisions, problem: String) -> Fault {
    let span = file.previous.as_ref().map_or(Span::default(), |previous| previous.span);
    Fault { place: Place::new(&file.source.path, span), kind: FaultKind::BrokenDecisionChain { problem } }
}
