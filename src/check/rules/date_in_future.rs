//! `date-in-future`: a date that has not come yet.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};

/// The rule's record.
pub const DATE_IN_FUTURE: Rule = Rule {
    name: "date-in-future",
    group: Group::FrontMatter,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "A date that has not come yet.",
        why: "Nobody has done or written something on a day to come; it is a slip, and it decides whether evidence is current.",
        example: "date: 2062-03-14",
        instead: "Put the date right.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let today = case.coverage.as_of;
    for entry in &case.portfolio.entries {
        let written = entry
            .date
            .filter(|date| *date > today)
            .map(|_| ("date", entry.date_place));
        let event = entry
            .event_date
            .filter(|date| *date > today)
            .map(|_| "event_date")
            .zip(entry.event_place);
        let read = entry
            .read
            .as_ref()
            .filter(|read| read.on > today)
            .map(|_| ("read: on", entry.place));
        for (key, span) in written.into_iter().chain(event).chain(read) {
            let message = format!("`{key}` lies after {today}, the day for which this is judged");
            let finding = case.about(DATE_IN_FUTURE.name, entry, span, message);
            found.push(
                Finding {
                    identity: Some(key.to_owned()),
                    ..finding
                }
                .help("put the date right"),
            );
        }
    }
}
