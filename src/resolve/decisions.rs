//! Binds each decision to its entry.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Codes, Lookup};
use super::chain::Linked;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Chain, ClaimVerdict, CriterionId, Decision, Defect, Entry, EntryIndex, Revealed,
    UnboundReferral, Verdict, revealed,
};
use crate::parse::{DraftDecision, DraftDecisions};
use crate::privacy::Cover;
use crate::text::{Source, Spanned, nearest};

/// Adds to each entry the decisions about it, in the order of the chain. A file that is there twice decides once.
pub fn bind(
    chain: &mut Chain,
    files: &[Linked],
    entries: &mut [Entry],
    index: &EntryIndex,
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) {
    let mut unbound_referrals = possible_referrals(chain, files, entries, index, codes);
    let readable = chain
        .files
        .iter()
        .zip(files)
        .filter(|(link, _)| !link.is_copy() && !link.is_later);
    for (link, file) in readable.filter_map(|(link, file)| Some((link, file.draft.as_ref()?))) {
        for draft in &file.decisions {
            let place = Place::new(&file.source.path, draft.entry.span);
            let Some(at) = index.by_id(&draft.entry.value) else {
                let meant = nearest(&draft.entry.value, index.ids());
                let hint =
                    meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
                let problem = format!("no single entry has the id {}{hint}", draft.entry.value);
                faults.push(unbound(place, problem));
                if link.refers() {
                    let sent_back = sent_back(draft, codes);
                    unbound_referrals.extend(sent_back.map(|id| (id, UnboundReferral::Entry)));
                }
                continue;
            };
            let mut decision = decision(file, draft, &entries[at], codes, faults);
            decision.defects.clone_from(&link.defects);
            decision
                .defects
                .extend((!link.signature.holds()).then_some(Defect::Signature));
            let is_before = entries[at]
                .date
                .is_some_and(|written| decision.date < written);
            decision
                .defects
                .extend(is_before.then_some(Defect::BeforeEntry));
            entries[at].decisions.push(decision);
        }
    }
    chain.unbound_referrals = unbound_referrals;
}

/// Criteria that decision files send back as far as anybody can know, where they cannot be read in full: each whose code
/// is in the text, and each that an entry claims whose id is in the text. Where there is neither, or no text, it may be any.
fn possible_referrals(
    chain: &Chain,
    files: &[Linked],
    entries: &[Entry],
    index: &EntryIndex,
    codes: &Codes<'_>,
) -> BTreeMap<CriterionId, UnboundReferral> {
    let claims = |entry: &Entry| {
        entry
            .claims
            .iter()
            .map(|claim| claim.criterion)
            .collect::<Vec<_>>()
    };
    let any = || entries.iter().flat_map(claims);
    let mut found: BTreeSet<CriterionId> = BTreeSet::new();
    if !chain.unread.is_empty() {
        found.extend(any());
    }
    for (_, file) in chain
        .files
        .iter()
        .zip(files)
        .filter(|(link, _)| !link.is_whole)
    {
        let mut legible = BTreeSet::new();
        let is_apart = |sign: char| !(sign.is_alphanumeric() || "-_.:".contains(sign));
        for word in file.source.text.split(is_apart) {
            let word = word.trim_matches([':', '.']);
            if let Lookup::Found { id, .. } = codes.find(word) {
                legible.insert(id);
            }
            legible.extend(
                index
                    .by_id(word)
                    .into_iter()
                    .flat_map(|at| claims(&entries[at])),
            );
        }
        if legible.is_empty() {
            legible.extend(any());
        }
        found.extend(legible);
    }
    found
        .into_iter()
        .map(|id| (id, UnboundReferral::Unreadable))
        .collect()
}

/// The criteria on which a decision sends claims back.
fn sent_back<'a>(
    draft: &'a DraftDecision,
    codes: &'a Codes<'_>,
) -> impl Iterator<Item = CriterionId> {
    let sent_back = draft
        .claims
        .iter()
        .filter(|(_, verdict)| *verdict != Verdict::Accepted);
    sent_back.filter_map(|(code, _)| match codes.find(&code.value) {
        Lookup::Found { id, .. } => Some(id),
        _ => None,
    })
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
                claims.push(ClaimVerdict {
                    criterion: id,
                    verdict: *verdict,
                });
            }
            Lookup::Found { .. } => {
                let problem = format!("the entry {} does not claim {}", entry.id, code.value);
                faults.push(unbound(place, problem));
            }
            _ => faults.push(unbound(
                place,
                format!("no standard of this portfolio has the code {}", code.value),
            )),
        }
    }
    let identifiers = draft
        .feedback
        .as_ref()
        .map_or_else(Vec::new, |text| in_feedback(&file.source, text));
    let parts = || identifiers.iter().map(|one| &*one.text);
    let feedback = draft
        .feedback
        .as_ref()
        .map(|feedback| Cover::new(parts()).over(&feedback.value));
    Decision {
        assessor: file.assessor.clone(),
        role: file.role,
        date: file.date,
        attempt: draft.attempt,
        digest: draft.digest.clone(),
        claims,
        evidence: draft.evidence,
        feedback,
        identifiers,
        defects: Vec::new(),
        place: Place::new(&file.source.path, draft.entry.span),
    }
}

/// What in feedback identifies somebody.
fn in_feedback(source: &Source, feedback: &Spanned<String>) -> Vec<Revealed> {
    let part = feedback.span;
    let mut found = revealed(part.of(&source.text), &[]);
    for one in &mut found {
        one.span = one.span.shifted(part.start);
    }
    found
}
