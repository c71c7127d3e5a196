//! `ambiguous-code`: a bare code that several standards of the portfolio have.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const AMBIGUOUS_CODE: Rule = Rule {
    name: "ambiguous-code",
    group: Group::References,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A bare code that several standards of the portfolio have.",
        why: "It is not clear what the entry claims, so it claims nothing.",
        example: "ksbs: [K1]",
        instead: "Put the standard in front: `st0215:K1`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::AmbiguousCode { code, choices } = kind else {
            return None;
        };

        Some(
            Finding::new(
                AMBIGUOUS_CODE.name,
                place,
                subject,
                format!("{code} could mean several criteria, so it claims none"),
            )
            .help(format!("write {}", choices.join(" or "))),
        )
    });
}
