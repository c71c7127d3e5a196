//! `accepted-though-insufficient`: a claim accepted though its evidence is said to miss a rule of
//! evidence.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level, Subject};
use crate::model::Verdict;
use crate::text::listed;

pub(super) const ACCEPTED_THOUGH_INSUFFICIENT: Rule = Rule {
    name: "accepted-though-insufficient",
    group: RuleGroup::Decisions,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A claim accepted in a decision that says that its evidence is not valid, authentic, current, sufficient or reliable.",
        why: "Evidence that misses a rule cannot be accepted: one of the two is a mistake, and quality assurance will ask which.",
        example: "claims: { K7: accepted }   vacsr: { sufficient: false }",
        instead: "The assessor writes a new decision that says what was meant.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        for decision in &entry.decisions {
            let accepted = decision
                .claims
                .iter()
                .filter(|claim| claim.verdict == Verdict::Accepted);
            let codes: Vec<String> = accepted
                .map(|claim| case.portfolio.catalogue.code(claim.criterion).to_string())
                .collect();
            let unmet: Vec<&str> = decision.evidence.unmet().collect();
            if unmet.is_empty() || codes.is_empty() {
                continue;
            }
            let message = format!(
                "{} accepted, but the decision says that the evidence is not {}",
                listed(&codes),
                unmet.join(" and not ")
            );
            let subject = Subject::Entry(entry.id.clone());
            let name = ACCEPTED_THOUGH_INSUFFICIENT.name;
            let finding = Finding::new(name, decision.place.clone(), subject, message);
            let finding = finding.fact(decision.date).fact(codes.join(" "));
            found.push(finding.help("the assessor writes a new decision that says what was meant"));
        }
    }
}
