//! `date-of-death`: the day on which somebody died.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const DATE_OF_DEATH: Rule = Rule {
    name: Kind::DeathDate.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "The day on which somebody died.",
        why: "Deaths are announced with the day, and read by those who knew the person.",
        example: "He died on 2 February 2026",
        instead: "Say: early this year, at the end of my first month.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::DeathDate,
        "a date of death",
        "say it by season: early this year",
        found,
    );
}
