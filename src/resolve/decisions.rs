//! Binds decisions to their entries.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ancestry::Ancestry;
use super::catalogue::{Codes, Lookup};
use super::chain::Linked;
use super::feedback::MaskedFeedback;
use super::wording::{MappedCode, Wordings};
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Chain, ClaimVerdict, Code, CriterionId, Decision, DecisionFile, Defect, Entry, EntryIndex,
    IdentifierMatch, UnboundReferral, Verdict, Wording,
};
use crate::parse::{DraftDecision, DraftDecisions};
use crate::privacy::Mask;
use crate::text::{SourcePath, nearest};

/// Binds decisions to entries.
pub(super) struct Binder<'a> {
    /// Finds entries by id.
    pub index: &'a EntryIndex,
    /// Codes of the portfolio's standards.
    pub codes: &'a Codes<'a>,
    /// The learner's reference. It is never masked, so that the learner's own decisions are
    /// recognised.
    pub learner: &'a str,
    /// Compares wordings.
    pub wordings: Wordings<'a>,
    /// The verdicts on statements that were merged, by entry, new criterion and old code.
    pub merged: BTreeMap<(SourcePath, CriterionId), BTreeMap<String, Verdict>>,
    /// Receives the faults.
    pub faults: &'a mut Vec<Fault>,
}

impl Binder<'_> {
    /// Returns the decisions about each entry, in the order of the chain. Copies of a file are
    /// skipped.
    pub(super) fn bind(
        mut self,
        chain: &mut Chain,
        files: &[Linked],
        entries: &[Arc<Entry>],
    ) -> Vec<Vec<Decision>> {
        let ancestry = Ancestry::of(chain);
        let mut bound: Vec<Vec<Decision>> = vec![Vec::new(); entries.len()];
        // The file of each decision in `bound`.
        let mut origins: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
        let mut unbound_referrals = self.possible_referrals(chain, files, entries);
        let linked = chain.files.iter().zip(files).enumerate();
        for (number, (link, file)) in
            linked.filter(|(_, (link, _))| !link.is_copy() && !link.is_later)
        {
            let feedback = &file.feedback;
            let Some(file) = &file.draft else { continue };
            let cover = cover_of(&link.identifiers);
            for (draft, feedback) in file.decisions.iter().zip(feedback) {
                let place = Place::new(&file.source.path, draft.entry.span);
                if let Some(at) = self.index.by_id(&draft.entry.value) {
                    let decision = self.resolve_decision(link, file, draft, &entries[at], place);
                    let decision = add_feedback(decision, feedback.as_ref());
                    let earlier = origins[at].iter().enumerate();
                    let beside = earlier.filter(|&(_, &origin)| !ancestry.follows(number, origin));
                    let beside = beside.map(|(at, _)| at).collect();
                    bound[at].push(Decision {
                        beside,
                        ..self.mask(decision, cover.as_ref())
                    });
                    origins[at].push(number);
                    continue;
                }
                let meant = nearest(&draft.entry.value, self.index.ids());
                let hint = meant.map_or_else(String::new, |id| format!("; did you mean {id}?"));
                let problem = format!("no single entry has the id {}{hint}", draft.entry.value);
                self.record(place, problem);
                if link.refers() {
                    let sent_back = self.sent_back_criteria(link, draft);
                    unbound_referrals
                        .extend(sent_back.into_iter().map(|id| (id, UnboundReferral::Entry)));
                }
            }
        }
        chain.unbound_referrals = unbound_referrals;
        for file in &mut chain.files {
            if let (Some(author), Some(cover)) = (&mut file.author, cover_of(&file.identifiers))
                && author.id != self.learner
            {
                author.id = cover.over(&author.id);
            }
        }
        bound
    }

    /// Masks the identifiers of the file in its assessor.
    fn mask(&self, decision: Decision, cover: Option<&Mask>) -> Decision {
        let assessor = match cover {
            Some(cover) if decision.assessor != self.learner => cover.over(&decision.assessor),
            _ => decision.assessor,
        };
        Decision {
            assessor,
            ..decision
        }
    }

    /// Criteria that may be sent back by decision files that cannot be read in full: those whose
    /// code is in the text, and those claimed by an entry whose id is in the text. If there are
    /// none, or no text, it may be any claimed criterion.
    fn possible_referrals(
        &self,
        chain: &Chain,
        files: &[Linked],
        entries: &[Arc<Entry>],
    ) -> BTreeMap<CriterionId, UnboundReferral> {
        let claims = |entry: &Entry| -> Vec<CriterionId> {
            let claims = entry.claims.iter();
            claims.map(|claim| claim.criterion).collect()
        };
        let any = || entries.iter().flat_map(|entry| claims(entry));
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
        let is_before = entry
            .front_matter
            .date
            .is_some_and(|written| file.date < written);
        let mut defects = link.defects.clone();
        defects.extend((!link.signature.holds()).then_some(Defect::Signature));
        defects.extend(is_before.then_some(Defect::BeforeEntry));
        Decision {
            assessor: file.assessor.clone(),
            role: file.role,
            date: file.date,
            attempt: draft.attempt,
            digest: draft.digest.clone(),
            claims: self.resolve_verdicts(link, file, draft, entry),
            evidence: draft.evidence,
            feedback: None,
            identifiers: Vec::new(),
            defects,
            beside: Vec::new(),
            place,
        }
    }

    /// The verdicts on claims of the entry; other codes are faults.
    fn resolve_verdicts(
        &mut self,
        link: &DecisionFile,
        file: &DraftDecisions,
        draft: &DraftDecision,
        entry: &Entry,
    ) -> Vec<ClaimVerdict> {
        let mut verdicts: Vec<ClaimVerdict> = Vec::new();
        for (code, verdict) in &draft.claims {
            let problem = match self.read_code(link, &code.value) {
                Ok(meant) => {
                    let own = |id: &&CriterionId| entry.claim(**id).is_some();
                    let bound = self.bind_mapped(&meant, &code.value, *verdict, entry);
                    for &criterion in meant.criteria.iter().filter(own) {
                        push_verdict(&mut verdicts, ClaimVerdict { criterion, ..bound });
                    }
                    if meant.criteria.is_empty() || meant.criteria.iter().any(|id| own(&id)) {
                        continue;
                    }
                    format!("the entry {} does not claim {}", entry.id, code.value)
                }
                Err(()) => format!("no standard of this portfolio has the code {}", code.value),
            };
            self.record(Place::new(&file.source.path, code.span), problem);
        }
        verdicts
    }

    /// The criteria of the claims that a decision sends back.
    fn sent_back_criteria(&self, link: &DecisionFile, draft: &DraftDecision) -> Vec<CriterionId> {
        let sent_back = draft.claims.iter();
        let sent_back = sent_back.filter(|(_, verdict)| *verdict != Verdict::Accepted);
        let meant = sent_back.filter_map(|(code, _)| self.read_code(link, &code.value).ok());
        meant.flat_map(|meant| meant.criteria).collect()
    }

    /// What a code of a decision file means now: through maps, or as it is.
    fn read_code(&self, link: &DecisionFile, typed: &str) -> Result<MappedCode, ()> {
        if let Some(meant) = self.wordings.read(link, typed) {
            return Ok(meant);
        }
        match self.codes.find(typed) {
            Lookup::Found { id, .. } => Ok(MappedCode {
                criteria: vec![id],
                wording: self.wordings.judge(link, id),
                merged: Vec::new(),
            }),
            _ => Err(()),
        }
    }

    /// The verdict that a code gives the criteria that took its place. The verdicts on statements
    /// that were merged count as their worst, and as none while one of them is missing.
    fn bind_mapped(
        &mut self,
        meant: &MappedCode,
        typed: &str,
        verdict: Verdict,
        entry: &Entry,
    ) -> ClaimVerdict {
        let criterion = meant.criteria.first().copied().unwrap_or(CriterionId {
            standard: 0,
            criterion: 0,
        });
        let mut bound = ClaimVerdict {
            criterion,
            verdict,
            wording: meant.wording,
        };
        if meant.merged.is_empty() {
            return bound;
        }
        let bare = |code: &str| Code::fold(code.rsplit(':').next().unwrap_or(code));
        let parts = self
            .merged
            .entry((entry.path.clone(), criterion))
            .or_default();
        parts.insert(bare(typed), verdict);
        let all = meant
            .merged
            .iter()
            .map(|code| parts.get(&bare(code)).copied());
        let known: Vec<Option<Verdict>> = all.collect();
        bound.verdict = known
            .iter()
            .flatten()
            .fold(verdict, |worst, &other| worst.worse(other));
        if known.contains(&None) {
            bound.wording = Wording::Changed;
        }
        bound
    }

    fn record(&mut self, place: Place, problem: String) {
        let kind = FaultKind::UnboundDecision { problem };
        self.faults.push(Fault { place, kind });
    }
}

/// The cover over the identifiers of a file; `None` if it has none.
fn cover_of(identifiers: &[IdentifierMatch]) -> Option<Mask> {
    (!identifiers.is_empty())
        .then(|| Mask::new(identifiers.iter().flat_map(IdentifierMatch::forms)))
}

/// Adds a verdict. A second one on the same criterion, through a map, replaces the first unless it
/// is milder.
fn push_verdict(verdicts: &mut Vec<ClaimVerdict>, new: ClaimVerdict) {
    let mut known = verdicts.iter_mut();
    match known.find(|known| known.criterion == new.criterion) {
        Some(known) if known.verdict.worse(new.verdict) == new.verdict => *known = new,
        Some(_) => {}
        None => verdicts.push(new),
    }
}

/// The decision with its feedback.
fn add_feedback(decision: Decision, feedback: Option<&MaskedFeedback>) -> Decision {
    Decision {
        feedback: feedback.map(|feedback| feedback.words.clone()),
        identifiers: feedback.map_or_else(Vec::new, |feedback| feedback.identifiers.clone()),
        ..decision
    }
}
