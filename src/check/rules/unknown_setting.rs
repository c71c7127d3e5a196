//! `unknown-setting`: a waiver, scope line or rule that names something nobody knows.

use crate::check::{Case, Group, Levels, Rule, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNKNOWN_SETTING: Rule = Rule {
    name: "unknown-setting",
    group: Group::Settings,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A waiver, scope line or rule that names something nobody knows.",
        why: "What it was meant to change stays as it is.",
        example: "waivers:\n  - { code: \"st0215:K99\", … }",
        instead: "Name a criterion or standard of this portfolio.",
    },
    run,
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownSetting { name, what, nearest } = kind else {
            return None;
        };
        let help = match nearest {
            Some(near) => format!("did you mean {near}?"),
            None => format!("name a {what} of this portfolio"),
        };
        Some(
            Finding::new(
                UNKNOWN_SETTING.name,
                place,
                subject,
                format!("`{name}` names no {what} of this portfolio"),
            )
            .help(help),
        )
    });
}
