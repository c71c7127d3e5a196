//! `non-canonical-code`: a code in another spelling than its standard's.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding, Level};

/// The rule's record.
pub const NON_CANONICAL_CODE: Rule = Rule {
    name: "non-canonical-code",
    group: Group::References,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: Text {
        finds: "A code in another spelling than its standard's.",
        why: "It counts all the same; but a reader who searches for K7 does not find k7, and a Cyrillic letter cannot be seen at all.",
        example: "ksbs: [k7, K 8]",
        instead: "Write the code as the standard does.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::NonCanonicalCode { written, canonical } = kind else {
            return None;
        };
        let span = place.span;
        let message = format!("`{written}` is written {canonical}");
        let finding = Finding::new(NON_CANONICAL_CODE.name, place, subject, message);
        Some(
            finding
                .help(format!("write {canonical}"))
                .fix(span, canonical),
        )
    });
}
