//! `written-before-event`: an entry written before what it tells about.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};

/// The rule's record.
pub const WRITTEN_BEFORE_EVENT: Rule = Rule {
    name: "written-before-event",
    group: Group::Rhythm,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "An entry written before what it tells about, or after somebody read it.",
        why: "One of the two dates is wrong, and both decide whether the evidence is current.",
        example: "date: 2026-03-10 and an event_date two days later",
        instead: "Put the wrong one of the two dates right.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        if entry
            .date
            .zip(entry.event_date)
            .is_some_and(|(written, event)| written < event)
        {
            let message = "this entry is dated before the event that it tells about";
            let finding = case.about(WRITTEN_BEFORE_EVENT.name, entry, entry.date_place, message);
            found.push(finding.help("put `date` or `event_date` right"));
        }
        let read = entry.read.as_ref().map(|read| read.on);
        if entry
            .date
            .zip(read)
            .is_some_and(|(written, read)| read < written)
        {
            let message = "this entry is said to be read before it was written, so the reading does not count";
            let finding = case.about(WRITTEN_BEFORE_EVENT.name, entry, entry.date_place, message);
            found.push(finding.help("read it as it is now, then renew `read`"));
        }
    }
}
