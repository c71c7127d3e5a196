//! `date-of-birth`: the day on which somebody was born.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const DATE_OF_BIRTH: Rule = Rule {
    name: Kind::BirthDate.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "The day on which somebody was born.",
        why: "With a ward or a village it finds one person.",
        example: "DOB 12/09/1938",
        instead: "Give an age in decades: a man in his eighties.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::BirthDate,
        "a date of birth",
        "write the age in decades: in her eighties",
        found,
    );
}
