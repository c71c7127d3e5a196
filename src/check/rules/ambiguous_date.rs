//! `ambiguous-date`: a date whose day and month could be swapped.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const AMBIGUOUS_DATE: Rule = Rule {
    name: "ambiguous-date",
    group: Group::FrontMatter,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A date whose day and month could be swapped.",
        why: "Dates decide whether evidence is current; a guess could be eight months wrong.",
        example: "date: 03/04/2026",
        instead: "Write year, month and day: `date: 2026-04-03`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::AmbiguousDate { key, readings } = kind else {
            return None;
        };
        // An event date is never shown, not even as advice.
        let help = if key == "event_date" {
            "write year, month and day, as in 2026-03-14".to_owned()
        } else {
            format!("write {} or {}", readings[0], readings[1])
        };
        let message = format!("`{key}` could be two days, by how day and month are read");
        Some(Finding::new(AMBIGUOUS_DATE.name, place, subject, message).help(help))
    });
}
