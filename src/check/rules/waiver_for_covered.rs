//! `waiver-for-covered`: a waiver of a criterion that is evidenced by now.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::waiver_standing;
use crate::diagnostic::Finding;
use crate::model::Waiver;

pub(super) const WAIVER_FOR_COVERED: Rule = Rule {
    name: "waiver-for-covered",
    group: RuleGroup::Settings,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "A waiver of a criterion that has evidence now.",
        why: "It waives nothing any more, and would hide it if the evidence went away.",
        example: "waivers: [{ code: \"st0215:K1\", ... }], and K1 is evidenced",
        instead: "Delete the waiver.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let holds =
        |waiver: &&Waiver| waiver_standing(case.portfolio, waiver, case.coverage.as_of).decides();
    for waiver in case.portfolio.waivers.iter().filter(holds) {
        let Some(line) = case
            .coverage
            .line(waiver.criterion)
            .filter(|line| line.state.is_complete())
        else {
            continue;
        };
        let code = case.portfolio.catalogue.full_code(waiver.criterion);
        let message = format!("{code} is {}, so its waiver has lapsed", line.state.title());
        let finding = case.about_settings(WAIVER_FOR_COVERED.name, waiver.code.span, message);
        found.push(finding.fact(code).help("delete the waiver"));
    }
}
