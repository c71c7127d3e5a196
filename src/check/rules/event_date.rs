//! `event-date`: the exact day of something that happened to somebody.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::privacy::Kind;

/// The rule's record.
pub const EVENT_DATE: Rule = Rule {
    name: Kind::EventDate.rule(),
    group: Group::Privacy,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "The exact day of something that happened to somebody.",
        why: "With the place it is enough to find the person in a diary, a rota or a newspaper.",
        example: "On 14 March the lady was admitted",
        instead: "Keep the day in `event_date`, which is never published, and write: in spring.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::EventDate,
        "the exact day of what happened to somebody",
        "keep the day in event_date, which is never published, and write: that week",
        found,
    );
}
