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
        why: "Dates decide whether evidence is current and in which order it is read. Where day and month can be swapped, a guess could be months wrong.",
        example: "date: 03/04/2026",
        instead: "Write year, month and day with dashes: `date: 2026-04-03`. `ksbfolio check --fix` does where only one day fits.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let span = place.span;
        let (key, message, advice, fix) = match kind {
            FaultKind::BadDate { key, meant } => (
                key,
                format!("`{key}` is not written as YYYY-MM-DD"),
                meant.as_ref().map(|date| format!("write {date}")),
                meant.as_ref(),
            ),
            FaultKind::AmbiguousDate {
                key,
                readings: [one, other],
            } => (
                key,
                format!("`{key}` could be either of two days"),
                Some(format!("write {one} or {other}")),
                None,
            ),
            FaultKind::NoSuchDay { key, .. } if key == "event_date" => (
                key,
                format!("`{key}` is a day that does not exist"),
                None,
                None,
            ),
            FaultKind::NoSuchDay { key, day } => {
                (key, format!("`{key}`: there is no {day}"), None, None)
            }
            _ => return None,
        };
        // An event date is never shown, not even as advice.
        let is_hidden = key == "event_date";
        let help = advice
            .filter(|_| !is_hidden)
            .unwrap_or_else(|| "write year, month and day, as in 2026-03-14".to_owned());
        let finding = Finding::new(BAD_DATE.name, place, subject, message).help(help);
        Some(match fix.filter(|_| !is_hidden) {
            Some(date) => finding.fix(span, date),
            None => finding,
        })
    });
}
