//! Binds decisions to their entries.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Codes, Lookup};
use super::chain::Linked;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Chain, ClaimVerdict, CriterionId, Decision, DecisionFile, Defect, Entry, EntryIndex,
    IdentifierMatch, UnboundReferral, Verdict, find_identifiers_in,
};
use crate::parse::{DraftDecision, DraftDecisions};
use crate::privacy::Mask;
use crate::text::{Source, Spanned, nearest};

/// Binds decisions to entries.
pub(super) struct Binder<'a> {
    /// Finds entries by id.
    pub index: &'a EntryIndex,
    /// Codes of the portfolio's standards.
    pub codes: &'a Codes<'a>,
    /// Receives the faults.
    pub faults: &'a mut Vec<Fault>,
}

impl Binder<'_> {
    /// Adds the decisions to their entries, in the order of the chain. Copies of a file are
    /// skipped.
    pub(super) fn bind(mut self, chain: &mut Chain, files: &[Linked], entries: &mut [Entry]) {
        let mut unbound_referrals = self.possible_referrals(chain, files, entries);
        let linked = chain.files.iter().zip(files);
        for (link, file) in linked.filter(|(link, _)| !link.is_copy() && !link.is_later) {
            let Some(file) = &file.draft else { continue };
            for draft in &file.decisions {
                let place = Place::new(&file.source.path, draft.entry.span);
                if let Some(at) = self.index.by_id(&draft.entry.value) {
                    let decision = self.resolve_decision(link, file, draft, &entries[at], place);
                    entries[at].decisions.push(decision);
                    continue;
                }
                let meant = nearest(&draft.entry.value, self.index.ids());
                let hint = meant.map_or_else(String::new, |id| format!("; did you mean {id}?"));
                let problem = format!("no single entry has the id {}{hint}", draft.entry.value);
                self.record(place, problem);
                if link.refers() {
                    let sent_back = sent_back_criteria(draft, self.codes);
                    unbound_referrals.extend(sent_back.map(|id| (id, UnboundReferral::Entry)));
                }
            }
        }
        chain.unbound_referrals = unbound_referrals;
    }

    /// Criteria that may be sent back by decision files that cannot be read in full: those whose
    /// code is in the text, and those claimed by an entry whose id is in the text. If there are
    /// none, or no text, it may be any claimed criterion.
    fn possible_referrals(
        &self,
        chain: &Chain,
        files: &[Linked],
        entries: &[Entry],
    ) -> BTreeMap<CriterionId, UnboundReferral> {
        let claims = |entry: &Entry| -> Vec<CriterionId> {
            let claims = entry.claims.iter();
            claims.map(|claim| claim.criterion).collect()
        };
        let any = || entries.iter().flat_map(claims);
        let mut found: BTreeSet<CriterionId> = BTreeSet::new();
        if !chain.unread.is_empty() {
            found.extend(any());
        }
        let linked = chain.files.iter().zip(files);
        for (_, file) in linked.filter(|(link, _)| !link.is_whole) {
            let mut legible = BTreeSet::new();
            let is_separator =
                |letter: char| !(letter.is_alphanumeric() || "-_.:".contains(letter));
            for word in file.source.text.split(is_separator) {
                let word = word.trim_matches([':', '.']);
                if let Lookup::Found { id, .. } = self.codes.find(word) {
                    legible.insert(id);
                }
                if let Some(at) = self.index.by_id(word) {
                    legible.extend(claims(&entries[at]));
                }
            }
            if legible.is_empty() {
                legible.extend(any());
            }
            found.extend(legible);
        }
        let unreadable = |id| (id, UnboundReferral::Unreadable);
        found.into_iter().map(unreadable).collect()
    }

    fn resolve_decision(
        &mut self,
        link: &DecisionFile,
        file: &DraftDecisions,
        draft: &DraftDecision,
        entry: &Entry,
        place: Place,
    ) -> Decision {
        let is_before = entry.date.is_some_and(|written| file.date < written);
        let mut defects = link.defects.clone();
        defects.extend((!link.signature.holds()).then_some(Defect::Signature));
        defects.extend(is_before.then_some(Defect::BeforeEntry));
        let feedback = draft.feedback.as_ref();
        let identifiers = feedback.map_or_else(Vec::new, |text| in_feedback(&file.source, text));
        let parts = || identifiers.iter().map(|one| &*one.text);
        Decision {
            assessor: file.assessor.clone(),
            role: file.role,
            date: file.date,
            attempt: draft.attempt,
            digest: draft.digest.clone(),
            claims: self.resolve_verdicts(file, draft, entry),
            evidence: draft.evidence,
            feedback: feedback.map(|feedback| Mask::new(parts()).over(&feedback.value)),
            identifiers,
            defects,
            place,
        }
    }

    /// The verdicts on claims of the entry; other codes are faults.
    fn resolve_verdicts(
        &mut self,
        file: &DraftDecisions,
        draft: &DraftDecision,
        entry: &Entry,
    ) -> Vec<ClaimVerdict> {
        let mut verdicts = Vec::new();
        for (code, verdict) in &draft.claims {
            let problem = match self.codes.find(&code.value) {
                Lookup::Found { id, .. } if entry.claim(id).is_some() => {
                    verdicts.push(ClaimVerdict {
                        criterion: id,
                        verdict: *verdict,
                    });
                    continue;
                }
                Lookup::Found { .. } => {
                    format!("the entry {} does not claim {}", entry.id, code.value)
                }
                _ => format!("no standard of this portfolio has the code {}", code.value),
            };
            self.record(Place::new(&file.source.path, code.span), problem);
        }
        verdicts
    }

    fn record(&mut self, place: Place, problem: String) {
        let kind = FaultKind::UnboundDecision { problem };
        self.faults.push(Fault { place, kind });
    }
}

/// The criteria of the claims that a decision sends back.
fn sent_back_criteria<'a>(
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

/// The identifiers in feedback, with spans in the file.
fn in_feedback(source: &Source, feedback: &Spanned<String>) -> Vec<IdentifierMatch> {
    let part = feedback.span;
    let mut found = find_identifiers_in(part.of(&source.text), &[]);
    for one in &mut found {
        one.span = one.span.shifted(part.start);
    }
    found
}
