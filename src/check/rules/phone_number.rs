//! `phone-number`: a telephone number.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const PHONE_NUMBER: Rule = Rule {
    name: Kind::Phone.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A telephone number.",
        why: "It reaches one person, whoever dials it.",
        example: "I rang her daughter on 07700 900123",
        instead: "Leave it out: I rang her daughter.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::Phone,
        "a telephone number",
        "leave it out, and write: I rang the daughter",
        found,
    );
}
