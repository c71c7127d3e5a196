//! `unknown-status`: a status other than draft or submitted.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNKNOWN_STATUS: Rule = Rule {
    name: "unknown-status",
    group: Group::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A status other than draft or submitted.",
        why: "Whether a piece is handed in decides whether it counts at all.",
        example: "status: done",
        instead: "Write `status: draft` or `status: submitted`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_unknown_word(
        found,
        UNKNOWN_STATUS.name,
        |key| key == "status",
        |_, word| format!("`{word}` is no status; the entry is taken as a draft"),
    );
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::DraftFolder { name } = kind else {
            return None;
        };
        let message = format!(
            "the folder `{name}` is named as one for drafts; the entry is taken as a draft"
        );
        let finding = Finding::new(UNKNOWN_STATUS.name, place, subject, message);
        Some(finding.help("write `status: draft`, or move the file to portfolio/entries"))
    });
}
