//! `unbound-decision`: a decision that fits no entry, no claim or no attempt.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::limit;
use crate::diagnostic::{FaultKind, Finding, Subject};
use crate::text::counted;

pub(super) const UNBOUND_DECISION: Rule = Rule {
    name: "unbound-decision",
    group: RuleGroup::Decisions,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A decision that fits no entry or no claim, or about an attempt that the standard does not allow.",
        why: "A decision that fits no claim accepts nothing, and awarding bodies reject a pass at an attempt that was not allowed.",
        example: "claims: { K99: accepted }",
        instead: "Name the entry by its id and only codes that it claims. Ask the provider whether a further attempt was granted, and set max_attempts under rules in portfolio.yaml if it was.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    find_extra_attempts(case, found);
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnboundDecision { problem } = kind else {
            return None;
        };

        Some(
            Finding::new(
                UNBOUND_DECISION.name,
                place,
                subject,
                format!("this decision has no effect: {problem}"),
            )
            .help("name the entry by its id, and only codes that it claims"),
        )
    });
}

fn find_extra_attempts(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        for decision in entry
            .decisions
            .iter()
            .filter(|decision| decision.role.decides())
        {
            let limits = decision
                .claims
                .iter()
                .filter_map(|claim| limit(case.portfolio, claim.criterion));
            let Some(most) = limits.min().filter(|most| decision.attempt > *most) else {
                continue;
            };
            let message = format!(
                "this is attempt {}; the standard allows {}",
                decision.attempt,
                counted(most, "attempt")
            );
            let subject = Subject::Entry(entry.id.clone());
            let finding = Finding::new(
                UNBOUND_DECISION.name,
                decision.place.clone(),
                subject,
                message,
            );
            let finding = finding.fact("attempt").fact(decision.attempt);
            found.push(finding.help("ask the provider whether a further attempt was granted"));
        }
    }
}
