//! `superseded-code`: a code that its standard has replaced by another.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const SUPERSEDED_CODE: Rule = Rule {
    name: "superseded-code",
    group: Group::References,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A code that its standard has replaced by another.",
        why: "The statement behind the old code is no longer assessed; evidence tagged with it counts for nothing.",
        example: "ksbs: [K40]   # K12 since the standard was revised",
        instead: "Read the new statement; if the evidence still fits, tag the code in its place.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::SupersededCode { code, by } = kind else {
            return None;
        };
        let help = match &by[..] {
            [] => "nothing stands in its place: leave it out".to_owned(),
            by => format!(
                "if the evidence fits the new statement, write {}",
                by.join(" or ")
            ),
        };
        let message = format!("{code} is no longer a criterion of its standard");
        Some(Finding::new(SUPERSEDED_CODE.name, place, subject, message).help(help))
    });
}
