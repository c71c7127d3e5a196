//! Decisions as pages show them, with what quality assurers overturned.

use serde::Serialize;

use super::scene::Scene;
use crate::markup;
use crate::model::{CriterionId, Decision, Entry, Piece, RulesOfEvidence, Verdict};
use crate::sampling::{Overturning, overturnings};
use crate::text::in_words;

/// A decision.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionView {
    /// Who, by reference.
    pub assessor: String,
    /// In which role.
    pub role: &'static str,
    /// When, in words.
    pub date: String,
    /// The attempt.
    pub attempt: u32,
    /// Codes and verdicts.
    pub verdicts: Vec<String>,
    /// Rules of evidence that were judged, in words.
    pub evidence: String,
    /// Feedback, as HTML.
    pub feedback: String,
    /// Whether the entry was changed afterwards.
    pub changed_since: bool,
    /// Whether nothing keeps it from counting in full.
    pub stands: bool,
    /// Why it does not count in full, in words; empty if it does.
    pub defects: String,
    /// What a quality assurer overturned of this decision, or by it, in sentences; empty where nothing is.
    pub overturned: String,
}

/// The feedback of a decision as HTML; empty if there is none.
pub fn feedback_html(decision: &Decision) -> String {
    let feedback = decision.feedback.as_deref();
    feedback.map_or_else(String::new, markup::plain_html)
}

/// Every decision about an entry, oldest first.
pub fn decisions(scene: &Scene<'_>, entry: &Entry) -> Vec<DecisionView> {
    if !scene.disclosure.feedback {
        return Vec::new();
    }
    let overturnings = overturnings(entry);
    let view = |(at, one): (usize, &Decision)| DecisionView {
        overturned: overturned_words(scene, entry, at, &overturnings).join(" "),
        ..decision(scene, entry, one)
    };
    entry.decisions.iter().enumerate().map(view).collect()
}

/// What quality assurers overturned of the decision at `at`, or by it.
pub fn overturned_words(
    scene: &Scene<'_>,
    entry: &Entry,
    at: usize,
    all: &[Overturning],
) -> Vec<String> {
    let words = all.iter().filter_map(|one| {
        let code = scene.portfolio.catalogue.code(one.criterion);
        let (was, now) = (verdict_word(one.was), verdict_word(one.now));
        let (of, by) = (&entry.decisions[one.of], &entry.decisions[one.by]);
        if one.of == at {
            Some(format!(
                "{code} overturned by {} on {}: {was} before, {now} since.",
                by.assessor,
                in_words(by.date)
            ))
        } else if one.by == at {
            Some(format!(
                "Overturns what {} decided on {}: {code} was {was}.",
                of.assessor,
                in_words(of.date)
            ))
        } else {
            None
        }
    });
    words.collect()
}

/// What stands decided about an entry's piece, and who overturned what stood before.
pub fn standing(scene: &Scene<'_>, criterion: CriterionId, piece: &Piece) -> String {
    if !scene.disclosure.feedback {
        return String::new();
    }
    let entry = &scene.portfolio.entries[piece.entry];
    let words = verdict(piece);
    if entry.decisions.is_empty() {
        return words;
    }
    let in_force = piece
        .standing
        .filter(|standing| !standing.stale())
        .map(|standing| standing.decision);
    let overturned = overturnings(entry)
        .into_iter()
        .find(|one| one.criterion == criterion && Some(one.by) == in_force);
    match overturned {
        Some(one) => {
            let by = &entry.decisions[one.by];
            let was = verdict_word(one.was);
            format!(
                "{words}, overturned by {} on {} ({was} before)",
                by.assessor,
                in_words(by.date)
            )
        }
        None => words,
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Partly => "partly accepted",
        Verdict::Accepted => "accepted",
        Verdict::Referred => "referred",
    }
}

fn decision(scene: &Scene<'_>, entry: &Entry, decision: &Decision) -> DecisionView {
    DecisionView {
        overturned: String::new(),
        assessor: decision.assessor.clone(),
        role: decision.role.title(),
        date: in_words(decision.date),
        attempt: decision.attempt,
        verdicts: verdict_words(scene, decision),
        evidence: rules_of_evidence(decision.evidence),
        feedback: feedback_html(decision),
        changed_since: !decision.is_about(&entry.digest),
        stands: decision.counts(),
        defects: defects_in_words(decision),
    }
}

/// What was decided about each claim: `K7: accepted`.
pub fn verdict_words(scene: &Scene<'_>, decision: &Decision) -> Vec<String> {
    let words = decision.claims.iter().map(|claim| {
        let word = verdict_word(claim.verdict);
        format!(
            "{}: {word}",
            scene.portfolio.catalogue.code(claim.criterion)
        )
    });
    words.collect()
}

fn rules_of_evidence(rules: RulesOfEvidence) -> String {
    let judged = [
        ("valid", rules.valid),
        ("authentic", rules.authentic),
        ("current", rules.current),
        ("sufficient", rules.sufficient),
        ("reliable", rules.reliable),
    ];
    let words = judged.into_iter().filter_map(|(word, judged)| {
        judged.map(|yes| {
            if yes {
                word.to_owned()
            } else {
                format!("not {word}")
            }
        })
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What stands decided about a piece, in words.
fn verdict(piece: &Piece) -> String {
    let Some(standing) = piece.standing else {
        return "not yet decided".to_owned();
    };
    let word = verdict_word(standing.verdict);
    if standing.stale() {
        "accepted, then changed: to be looked at again".to_owned()
    } else if standing.sent_back() && standing.settled {
        format!("{word}; settled: the criterion is accepted by other evidence, or waived")
    } else if standing.resubmitted() {
        format!("{word}, then changed: waits for the assessor")
    } else {
        word.to_owned()
    }
}

/// Why a decision does not count in full, in words; empty if it does. A referral is heeded all the same.
pub fn defects_in_words(decision: &Decision) -> String {
    let words: Vec<&str> = decision
        .defects
        .iter()
        .map(|defect| defect.words())
        .collect();
    words.join("; ")
}
