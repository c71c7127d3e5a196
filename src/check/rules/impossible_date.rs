//! `impossible-date`: a date that has not come yet, or dates in an impossible order.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Entry;

pub(super) const IMPOSSIBLE_DATE: Rule = Rule {
    name: "impossible-date",
    group: RuleGroup::FrontMatter,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "A date in the future, an entry dated before its event, or a reading dated before its entry.",
        why: "Dates decide whether evidence is current.",
        example: "date: 2062-03-14",
        instead: "Correct the date. If two do not fit together, correct the wrong one.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        find_future(case, entry, found);
        let mut report = |fact, message, help| {
            let finding = case.about(
                IMPOSSIBLE_DATE.name,
                entry,
                entry.front_matter.date_or_title_place(),
                message,
            );
            found.push(finding.fact(fact).help(help));
        };
        let events = entry.front_matter.date.zip(entry.front_matter.event_date);
        if events.is_some_and(|(written, event)| written < event) {
            report(
                "event",
                "this entry is dated before the event that it describes",
                "correct `date` or `event_date`",
            );
        }
        let readings = entry
            .front_matter
            .date
            .zip(entry.front_matter.read.as_ref().map(|read| read.on));
        if readings.is_some_and(|(written, read)| read < written) {
            report(
                "reading",
                "`read` is dated before this entry was written, so the reading does not count",
                "read it again, then update `read`",
            );
        }
    }
}

fn find_future(case: &Case<'_>, entry: &Entry, found: &mut Vec<Finding>) {
    let today = case.coverage.as_of;
    let dates = [
        (
            "date",
            entry.front_matter.date,
            Some(entry.front_matter.date_or_title_place()),
        ),
        (
            "event_date",
            entry.front_matter.event_date,
            entry.identifiers.event_place,
        ),
        (
            "read: on",
            entry.front_matter.read.as_ref().map(|read| read.on),
            Some(entry.front_matter.place),
        ),
    ];
    for (key, date, span) in dates {
        let (Some(_), Some(span)) = (date.filter(|date| *date > today), span) else {
            continue;
        };
        let message = format!("`{key}` is later than {today}, the day of this check");
        let finding = case.about(IMPOSSIBLE_DATE.name, entry, span, message);
        found.push(finding.fact(key).help("correct the date"));
    }
}
