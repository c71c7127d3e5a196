//! `invalid-standard`: a standard, model or guidance file that contradicts itself.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const INVALID_STANDARD: Rule = Rule {
    name: "invalid-standard",
    group: RuleGroup::Settings,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A standard, model or guidance file that contradicts itself.",
        why: "Everything is judged by the standard, so it must not contradict itself. Only the program's own text is official.",
        example: "criteria:\n  - { code: K1, … }\n  - { code: K1, … }",
        instead: "Correct the file at the place shown.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::InvalidStandard { problem, fix } = kind else {
            return None;
        };

        Some(Finding::new(INVALID_STANDARD.name, place, subject, problem.clone()).help(fix.clone()))
    });
}
