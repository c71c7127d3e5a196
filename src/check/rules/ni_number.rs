//! `ni-number`: a National Insurance number.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const NI_NUMBER: Rule = Rule {
    name: Kind::NiNumber.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A National Insurance number.",
        why: "It identifies a person towards every office, and has no place in evidence of care.",
        example: "NI number QQ 12 34 56 C",
        instead: "Leave it out.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::NiNumber,
        "a National Insurance number",
        "leave it out, and say what it was needed for",
        found,
    );
}
