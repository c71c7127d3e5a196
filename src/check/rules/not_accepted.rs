//! `not-accepted`: a criterion that is evidenced and that no assessor has accepted yet.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::State;

pub(super) const NOT_ACCEPTED: Rule = Rule {
    name: "not-accepted",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Off, Level::Off, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "A criterion with evidence that no assessor has accepted yet.",
        why: "At the gateway every claim must have been assessed.",
        example: "K7 evidenced, and in no decision",
        instead: "Ask the assessor for a decision. A provider that keeps its decisions elsewhere sets this rule to off.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for line in case
        .open_lines()
        .filter(|line| line.state == State::Evidenced)
    {
        let message = format!(
            "{} is not accepted by an assessor yet",
            case.criterion_title(line.criterion)
        );
        let finding = case.about_criterion(NOT_ACCEPTED.name, line.criterion, message);
        found.push(finding.help("ask the assessor for a decision"));
    }
}
