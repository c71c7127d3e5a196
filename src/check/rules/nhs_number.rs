//! `nhs-number`: an NHS number: ten digits of which the last checks the others.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const NHS_NUMBER: Rule = Rule {
    name: Kind::NhsNumber.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "An NHS number: ten digits of which the last checks the others.",
        why: "It leads to one person and to all records of that person. Regulators count it first among what must never appear.",
        example: "her NHS number, 999 123 4560, was on the band",
        instead: "Leave it out: nobody who reads a portfolio needs it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::NhsNumber,
        "an NHS number: its check digit fits",
        "leave it out, and write: I checked the NHS number",
        found,
    );
}
