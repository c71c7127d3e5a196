//! `chi-number`: a number of Scotland's Community Health Index.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const CHI_NUMBER: Rule = Rule {
    name: Kind::ChiNumber.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A number of Scotland's Community Health Index.",
        why: "It leads to one person, and begins with the day of birth.",
        example: "CHI 130139 4866",
        instead: "Leave it out.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::ChiNumber,
        "a CHI number: it begins with a day and its check digit fits",
        "leave it out, and write: I checked the CHI number",
        found,
    );
}
