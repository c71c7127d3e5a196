//! `wrong-case`: a file named with other capitals than it has.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const WRONG_CASE: Rule = Rule {
    name: "wrong-case",
    group: Group::Evidence,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A file named with other capitals than it has.",
        why: "It opens on this computer and not on the assessor's: most servers and phones tell capitals apart.",
        example: "file: evidence/Chart.png   # the file is evidence/chart.png",
        instead: "Write the name as the file has it; `ksbfolio check --fix` does.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::WrongCase { file, actual } = kind else {
            return None;
        };
        let span = place.span;
        let finding = Finding::new(
            WRONG_CASE.name,
            place,
            subject,
            format!("{file} is called {actual}"),
        );
        Some(finding.help(format!("write {actual}")).fix(span, actual))
    });
}
