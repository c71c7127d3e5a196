//! `duplicate-code`: a code tagged twice in one entry.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const DUPLICATE_CODE: Rule = Rule {
    name: "duplicate-code",
    group: Group::References,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: Text {
        finds: "A code tagged twice in one entry.",
        why: "Twice the same tag is one claim; the second was perhaps meant to be another code.",
        example: "ksbs: [K7, S7, K7]",
        instead: "Leave one out, or put right the one that was meant differently.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::DuplicateCode { code, cut } = kind else {
            return None;
        };
        let finding = Finding::new(
            DUPLICATE_CODE.name,
            place,
            subject,
            format!("{code} is tagged already"),
        );
        let finding = finding.help("leave it out, or put right the code that was meant");
        Some(match cut {
            Some(cut) => finding.fix(*cut, ""),
            None => finding,
        })
    });
}
