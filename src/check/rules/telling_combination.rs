//! `telling-combination`: facts that together hardly fit two people.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::privacy::Kind;

/// The rule's record.
pub const TELLING_COMBINATION: Rule = Rule {
    name: Kind::Combination.rule(),
    group: Group::Privacy,
    levels: Levels::new(Level::Note, Level::Note, Level::Warning).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "Facts that together hardly fit two people.",
        why: "No name is needed where only one person can be meant.",
        example: "the only twin in the village who used to be the mayor",
        instead: "Change or leave out what does not matter for the reflection.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::Combination,
        "facts that together hardly fit two people",
        "change or leave out what does not matter for the reflection",
        found,
    );
}
