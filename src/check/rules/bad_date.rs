//! `bad-date`: a date that is not written as YYYY-MM-DD, or does not exist.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const BAD_DATE: Rule = Rule {
    name: "bad-date",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A date that does not exist, or is not written as YYYY-MM-DD.",
        why: "Dates decide whether evidence is current and in which order it is read. Where day and month could be swapped, a guess could be eight months wrong.",
        example: "date: 03/04/2026",
        instead: "Write year, month and day with dashes: `date: 2026-04-03`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let (key, message, advice) = match kind {
            FaultKind::BadDate { key, meant } => (
                key,
                format!("`{key}` is not a date written as YYYY-MM-DD"),
                meant.as_ref().map(|date| format!("did you mean {date}?")),
            ),
            FaultKind::AmbiguousDate {
                key,
                readings: [one, other],
            } => (
                key,
                format!("`{key}` could be two days, by how day and month are read"),
                Some(format!("write {one} or {other}")),
            ),
            _ => return None,
        };
        // An event date is never shown, not even as advice.
        let advice = advice.filter(|_| key != "event_date");
        let help =
            advice.unwrap_or_else(|| "write year, month and day, as in 2026-03-14".to_owned());
        Some(Finding::new(BAD_DATE.name, place, subject, message).help(help))
    });
}
