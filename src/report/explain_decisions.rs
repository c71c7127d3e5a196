//! The decisions about an entry, and the open referrals.

use std::fmt::Write;

use super::decision_file::judged;
use crate::cover::{Attempts, attempts, open_referrals};
use crate::model::{Coverage, Decision, Portfolio, Verdict, Word};
use crate::text::listed;

/// The decisions about the entry at index `at`, oldest first, with feedback, then the learner's
/// next steps.
#[must_use]
pub fn explain_decisions(portfolio: &Portfolio, coverage: &Coverage, at: usize) -> String {
    let entry = &portfolio.entries[at];
    let mut out = String::new();
    for decision in &entry.decisions {
        out.push_str(&describe_decision(portfolio, decision));
        if !decision.is_about(&entry.digests) {
            out.push_str("    about an earlier text: the entry has changed since\n");
        }
    }
    for open in open_referrals(portfolio, coverage)
        .iter()
        .filter(|open| open.entry == at)
    {
        let code = portfolio.catalogue.code(open.criterion);
        // Writing to a string cannot fail, here and below.
        if open.resubmitted {
            let _ = writeln!(
                out,
                "\n  {code} waits for {} to read it again.",
                open.decision.assessor
            );
            continue;
        }
        let what = if open.verdict == Verdict::Partly {
            "accepted in part"
        } else {
            "referred"
        };
        let _ = write!(
            out,
            "\n  To do for {code}, {what} on {}",
            open.decision.date
        );
        let left = attempts(portfolio, open.criterion)
            .map(Attempts::words)
            .filter(|left| !left.is_empty());
        let _ = writeln!(
            out,
            "{}.",
            left.map_or_else(String::new, |left| format!("; {left}"))
        );
    }
    out
}

fn describe_decision(portfolio: &Portfolio, decision: &Decision) -> String {
    let claims = decision.claims.iter();
    let claims = claims.map(|claim| {
        format!(
            "{} {}",
            portfolio.catalogue.code(claim.criterion),
            claim.verdict.word()
        )
    });
    let claims: Vec<String> = claims.collect();
    let verdicts = if claims.is_empty() {
        "a comment".to_owned()
    } else {
        listed(&claims)
    };
    let mut out = format!(
        "\n  {} {} ({}), attempt {}: {verdicts}\n",
        decision.date,
        decision.assessor,
        decision.role.word(),
        decision.attempt
    );
    for defect in &decision.defects {
        let _ = writeln!(out, "    {}: {}", defect.outcome(), defect.words());
    }
    let failed: Vec<String> = judged(decision.evidence)
        .into_iter()
        .filter(|(_, met)| !met)
        .map(|(name, _)| format!("not {name}"))
        .collect();
    if !failed.is_empty() {
        let _ = writeln!(out, "    {}", listed(&failed));
    }
    if let Some(feedback) = &decision.feedback {
        let _ = writeln!(out, "    {}", feedback.trim().replace('\n', "\n    "));
    }
    out
}
