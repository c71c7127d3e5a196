//! `missing-key`: a key that must be there is not, or has no value.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const MISSING_KEY: Rule = Rule {
    name: "missing-key",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A required key that is missing or has no value.",
        why: "An entry without a title and a date cannot be found, or judged to be current.",
        example: "---\ntitle: A fall in the bathroom\n---",
        instead: "Add the key with its value: `date: 2026-03-14`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::MissingKey { key } = kind else {
            return None;
        };

        Some(
            Finding::new(
                MISSING_KEY.name,
                place,
                subject,
                format!("`{key}` is missing"),
            )
            .help(format!("add a line `{key}: …`")),
        )
    });
}
