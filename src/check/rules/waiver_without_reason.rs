//! `waiver-without-reason`: a waiver for which nobody gives a reason.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const WAIVER_WITHOUT_REASON: Rule = Rule {
    name: "waiver-without-reason",
    group: Group::Settings,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A waiver for which nobody gives a reason.",
        why: "A waiver is a decision that somebody must be able to defend; without a reason it waives nothing.",
        example: "waivers: [{ code: \"st0215:K36\", by: tutor-07 }]",
        instead: "Add the reason that was agreed: `reason: \"APL claim agreed\"`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::WaiverWithoutReason { code } = kind else {
            return None;
        };
        let message = format!("the waiver of {code} gives no reason, and waives nothing");
        let finding = Finding::new(WAIVER_WITHOUT_REASON.name, place, subject, message);
        Some(finding.help("add reason: \"...\""))
    });
}
