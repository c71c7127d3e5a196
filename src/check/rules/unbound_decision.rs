//! `unbound-decision`: a decision that fits no entry or no claim.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNBOUND_DECISION: Rule = Rule {
    name: "unbound-decision",
    group: Group::Decisions,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A decision that fits no entry or no claim.",
        why: "A decision that binds to nothing accepts nothing.",
        example: "claims: { K99: accepted }",
        instead: "Name the entry by its id and only codes that it claims.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnboundDecision { problem } = kind else {
            return None;
        };

        Some(
            Finding::new(
                UNBOUND_DECISION.name,
                place,
                subject,
                format!("this decision binds to nothing: {problem}"),
            )
            .help("name the entry by its id, and only codes that it claims"),
        )
    });
}
