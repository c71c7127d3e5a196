//! `initials`: initials of a patient, a relative or a colleague.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::privacy::Kind;

/// The rule's record.
pub const INITIALS: Rule = Rule {
    name: Kind::Initials.rule(),
    group: Group::Privacy,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "Initials of a patient, a relative or a colleague.",
        why: "On a ward of twenty, initials are a name.",
        example: "Mr T. was in pain",
        instead: "Name the role, or a letter that is nobody's: Mrs A.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::Initials,
        "initials that stand for a name",
        "name the role, or use a letter that is nobody's: Mrs A",
        found,
    );
}
