//! Binds each decision to its entry.

use super::catalogue::{Codes, Lookup};
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Chain, ClaimVerdict, CriterionId, Decision, Defect, Entry, EntryIndex, Revealed, Verdict, revealed,
};
use crate::parse::{DraftDecision, DraftDecisions};
use crate::privacy::Cover;
use crate::text::{Source, Spanned, nearest};

/// Adds to each entry the decisions about it, in the order of the chain. A file that is there twice decides once.
pub fn bind(
    chain: &mut Chain,
    files: &[Option<DraftDecisions>],
    entries: &mut [Entry],
    index: &EntryIndex,
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) {
    let mut unbound_referrals = Vec::new();
    let readable = chain.files.iter().zip(files).filter(|(link, _)| !link.is_copy() && !link.is_later);
    for (link, file) in readable.filter_map(|(link, file)| Some((link, file.as_ref()?))) {
        for draft in &file.decisions {
            let place = Place::new(&file.source.path, draft.entry.span);
            let Some(at) = index.by_id(&draft.entry.value) else {
                let meant = nearest(&draft.entry.value, index.ids());
                let hint = meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
                let problem = format!("no single entry has the id {}{hint}", draft.entry.value);
                faults.push(unbound(place, problem));
                if link.refers() {
                    unbound_referrals.extend(sent_back(draft, codes));
                }
                continue;
            };
            let mut decision = decision(file, draft, &entries[at], codes, faults);
            decision.defects.clone_from(&link.defects);
            decision.defects.extend((!link.signature.holds()).then_some(Defect::Signature));
            let is_before = entries[at].date.is_some_and(|written| decision.date < written);
            decision.defects.extend(is_before.then_some(Defect::BeforeEntry));
            entries[at].decisions.push(decision);
        }
    }
    chain.unbound_referrals = unbound_referrals;
}

/// The criteria on which a decision sends claims back.
fn sent_back<'a>(draft: &'a DraftDecision, codes: &'a Codes<'_>) -> impl Iterator<Item = CriterionId> {
    let sent_back = draft.claims.iter().filter(|(_, verdict)| *verdict != Verdict::Accepted);
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
    let identifiers = draft.feedback.as_ref().map_or_else(Vec::new, |text| in_feedback(&file.source, text));
    let parts = || identifiers.iter().map(|one| &*one.text);
    let feedback = draft.feedback.as_ref().map(|feedback| Cover::new(parts()).over(&feedback.value));
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
