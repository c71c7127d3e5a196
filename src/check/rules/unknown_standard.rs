//! `unknown-standard`: a standard that nothing known is called.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNKNOWN_STANDARD: Rule = Rule {
    name: "unknown-standard",
    group: Group::References,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A standard that nothing known is called.",
        why: "Nothing can be checked against a standard that is not there.",
        example: "standards: [st215]",
        instead: "Use an id that `ksbfolio standards list` shows, or put the standard's file into standards/.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownStandard { id, nearest } = kind else {
            return None;
        };
        let help = match nearest {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`ksbfolio standards list` shows those that are known".to_owned(),
        };
        Some(
            Finding::new(
                UNKNOWN_STANDARD.name,
                place,
                subject,
                format!("no standard here is called `{id}`"),
            )
            .help(help),
        )
    });
}
