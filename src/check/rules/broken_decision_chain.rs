//! `broken-decision-chain`: a decision file that does not follow from the one before it.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const BROKEN_DECISION_CHAIN: Rule = Rule {
    name: "broken-decision-chain",
    group: Group::Decisions,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A decision file that does not follow from the one before it.",
        why: "The chain shows that no decision was changed or taken away.",
        example: "previous: sha256:0000…",
        instead: "Bring back the file that is missing; decisions are added, never edited.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::BrokenDecisionChain { problem } = kind else {
            return None;
        };

        Some(
            Finding::new(
                BROKEN_DECISION_CHAIN.name,
                place,
                subject,
                format!("the chain of decisions does not hold: {problem}"),
            )
            .help(
                "decision files are added, never edited: bring back the missing one, or chain this one anew",
            ),
        )
    });
}
