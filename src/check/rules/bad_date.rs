//! `bad-date`: a date that is none, or not written as YYYY-MM-DD.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const BAD_DATE: Rule = Rule {
    name: "bad-date",
    group: Group::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A date that is none, or not written as YYYY-MM-DD.",
        why: "Dates decide whether evidence is current and in which order it is read.",
        example: "date: 14/03/2026",
        instead: "Write year, month and day with dashes: `date: 2026-03-14`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::BadDate { key, meant } = kind else {
            return None;
        };
        // An event date is never shown, not even as advice.
        let meant = meant.as_ref().filter(|_| key != "event_date");
        let help = meant.map_or_else(
            || "write year, month and day, as in 2026-03-14".to_owned(),
            |date| format!("did you mean {date}?"),
        );
        Some(
            Finding::new(
                BAD_DATE.name,
                place,
                subject,
                format!("`{key}` is not a date written as YYYY-MM-DD"),
            )
            .help(help),
        )
    });
}
