//! Decisions as pages show them, and what quality assurers overturned.

use serde::Serialize;

use super::link::Link;
use super::rows::StateLabel;
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::markup;
use crate::model::{
    ClaimVerdict, CriterionId, Decision, Entry, FiledEntry, Piece, RulesOfEvidence, StaleBecause,
    Verdict, Word,
};
use crate::sampling::{Overturning, overturnings};
use crate::text::in_words;

#[derive(Clone, Debug, Serialize)]
pub struct DecisionView {
    /// The reference of the assessor.
    pub assessor: String,
    pub role: &'static str,
    pub date: String,
    pub attempt: u32,
    pub verdicts: Vec<VerdictView>,
    pub evidence: String,
    /// HTML.
    pub feedback: String,
    /// Whether the entry has changed since.
    pub changed_since: bool,
    /// Whether it counts in full.
    pub stands: bool,
    /// Why it does not count in full, in words; empty if it does.
    pub defects: String,
    /// Sentences on what was overturned of this decision, or by it.
    pub overturned: String,
}

/// The verdict of a decision on a claim.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictView {
    /// The code, with a link to its page.
    pub code: Link,
    pub state: StateLabel,
}

/// The feedback of a decision as HTML; empty if there is none.
pub(super) fn render_feedback(decision: &Decision) -> String {
    let feedback = decision.feedback.as_deref();
    feedback.map_or_else(String::new, markup::render_plain)
}

/// Every decision about an entry, oldest first.
pub(super) fn list_decisions(
    scene: &RenderContext<'_>,
    from: &SitePath,
    entry: &FiledEntry,
) -> Vec<DecisionView> {
    if !scene.disclosure.feedback {
        return Vec::new();
    }
    let overturnings = overturnings(entry);
    let view = |(at, one): (usize, &Decision)| DecisionView {
        overturned: describe_overturned(scene, entry, at, &overturnings).join(" "),
        ..build_decision(scene, from, entry, one)
    };
    entry.decisions.iter().enumerate().map(view).collect()
}

/// Sentences on what was overturned of the decision at `at`, or by it.
pub(super) fn describe_overturned(
    scene: &RenderContext<'_>,
    entry: &FiledEntry,
    at: usize,
    all: &[Overturning],
) -> Vec<String> {
    let words = all.iter().filter_map(|one| {
        let code = scene.portfolio.catalogue.code(one.criterion);
        let (was, now) = (name_verdict(one.was), name_verdict(one.now));
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

/// The decision in force on a piece, and who overturned the one before; empty if the audience may
/// not see feedback.
pub(super) fn describe_standing(
    scene: &RenderContext<'_>,
    criterion: CriterionId,
    piece: &Piece,
) -> String {
    if !scene.disclosure.feedback {
        return String::new();
    }
    let entry = &scene.portfolio.entries[piece.entry];
    let words = describe_verdict(piece);
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
            let was = name_verdict(one.was);
            format!(
                "{words}, overturned by {} on {} ({was} before)",
                by.assessor,
                in_words(by.date)
            )
        }
        None => words,
    }
}

/// The class of the pill for the verdict in force on a piece; empty if there is none or the
/// audience may not see feedback.
pub(super) fn name_pill(scene: &RenderContext<'_>, piece: &Piece) -> &'static str {
    let in_force = piece.standing.filter(|standing| !standing.stale());
    match in_force.filter(|_| scene.disclosure.feedback) {
        Some(standing) => match standing.verdict {
            Verdict::Accepted => "verdict verdict-accepted",
            Verdict::Partly => "verdict verdict-partly",
            Verdict::Referred => "verdict verdict-referred",
        },
        None => "",
    }
}

fn name_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Partly => "partly accepted",
        Verdict::Accepted => "accepted",
        Verdict::Referred => "referred",
    }
}

fn build_decision(
    scene: &RenderContext<'_>,
    from: &SitePath,
    entry: &Entry,
    decision: &Decision,
) -> DecisionView {
    DecisionView {
        overturned: String::new(),
        assessor: decision.assessor.clone(),
        role: decision.role.title(),
        date: in_words(decision.date),
        attempt: decision.attempt,
        verdicts: view_verdicts(scene, from, decision),
        evidence: describe_evidence(decision.evidence),
        feedback: render_feedback(decision),
        changed_since: !decision.is_about(&entry.digests),
        stands: decision.counts(),
        defects: describe_defects(decision),
    }
}

/// The verdict on each claim: `K7: accepted`.
pub(super) fn list_verdicts(scene: &RenderContext<'_>, decision: &Decision) -> Vec<String> {
    let claims = decision.claims.iter();
    claims
        .map(|claim| {
            let code = scene.portfolio.catalogue.code(claim.criterion);
            format!("{code}: {}", name_verdict(claim.verdict))
        })
        .collect()
}

/// The verdict on each claim, for pages.
pub(super) fn view_verdicts(
    scene: &RenderContext<'_>,
    from: &SitePath,
    decision: &Decision,
) -> Vec<VerdictView> {
    let view = |claim: &ClaimVerdict| VerdictView {
        code: scene.criterion_link(from, claim.criterion),
        state: StateLabel {
            shape: "verdict",
            key: claim.verdict.word(),
            words: name_verdict(claim.verdict),
        },
    };
    let claims = decision.claims.iter();
    let known = claims.filter(|claim| scene.coverage.line(claim.criterion).is_some());
    known.map(view).collect()
}

fn describe_evidence(rules: RulesOfEvidence) -> String {
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

/// The verdict in force on a piece, in words.
fn describe_verdict(piece: &Piece) -> String {
    let Some(standing) = piece.standing else {
        return "not yet decided".to_owned();
    };
    let word = name_verdict(standing.verdict);
    if let Some(because) = standing.stale_because() {
        match because {
            StaleBecause::Entry => "accepted, then changed: to be looked at again",
            StaleBecause::Statement => {
                "accepted under other words of the statement: to be looked at again"
            }
        }
        .to_owned()
    } else if standing.sent_back() && standing.settled {
        format!("{word}; settled: the criterion is accepted by other evidence, or waived")
    } else if standing.resubmitted() {
        format!("{word}, then changed: waits for the assessor")
    } else {
        word.to_owned()
    }
}

/// Why a decision does not count in full, in words; empty if it does. Its referrals count in any
/// case.
pub(super) fn describe_defects(decision: &Decision) -> String {
    let words: Vec<&str> = decision
        .defects
        .iter()
        .map(|defect| defect.words())
        .collect();
    words.join("; ")
}
