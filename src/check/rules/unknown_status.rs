//! `unknown-status`: a status other than draft or submitted.

use crate::check::{Case, Group, Levels, Rule, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNKNOWN_STATUS: Rule = Rule {
    name: "unknown-status",
    group: Group::FrontMatter,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A status other than draft or submitted.",
        why: "Whether a piece is handed in decides whether it counts at all.",
        example: "status: done",
        instead: "Write `status: draft` or `status: submitted`.",
    },
    run,
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownWord { key, word, nearest, allowed } = kind else {
            return None;
        };
        if key != "status" {
            return None;
        }
        let help = nearest.map_or_else(
            || format!("use one of: {}", allowed.join(", ")),
            |word| format!("did you mean `{word}`?"),
        );
        Some(
            Finding::new(
                UNKNOWN_STATUS.name,
                place,
                subject,
                format!("`{word}` is no status; the entry is taken as submitted"),
            )
            .help(help),
        )
    });
}
