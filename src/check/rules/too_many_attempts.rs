//! `too-many-attempts`: a decision about more attempts than the standard leaves.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::cover::limit;
use crate::diagnostic::{Finding, Subject};

/// The rule's record.
pub const TOO_MANY_ATTEMPTS: Rule = Rule {
    name: "too-many-attempts",
    group: Group::Decisions,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A decision about an attempt that the standard does not leave.",
        why: "A pass at an attempt that was not allowed is none; the awarding body will strike it out.",
        example: "attempt: 4   # where the unit's handbook leaves three",
        instead: "Ask the provider whether a further attempt was granted, and set max_attempts under rules in portfolio.yaml if it was.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
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
                "this is attempt {}, and the standard leaves {most} attempts",
                decision.attempt
            );
            let subject = Subject::Entry(entry.id.clone());
            let finding = Finding::new(
                TOO_MANY_ATTEMPTS.name,
                decision.place.clone(),
                subject,
                message,
            );
            found.push(finding.help("ask the provider whether a further attempt was granted"));
        }
    }
}
