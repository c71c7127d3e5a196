//! `duplicate-key`: a key that is there twice.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A key that appears twice.",
        why: "Only one of the two can be meant, and a reader cannot know which.",
        example: "status: draft\nstatus: submitted",
        instead: "Keep one of them.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::DuplicateKey { key, .. } = kind else {
            return None;
        };

        Some(
            Finding::new(
                DUPLICATE_KEY.name,
                place,
                subject,
                format!("`{key}` appears twice"),
            )
            .help("keep one of them"),
        )
    });
}
