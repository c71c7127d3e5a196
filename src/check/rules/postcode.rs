//! `postcode`: a full postcode.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const POSTCODE: Rule = Rule {
    name: Kind::Postcode.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A full postcode.",
        why: "It holds some fifteen houses; with an age and a condition it holds one person.",
        example: "she lives at ZZ99 3VZ",
        instead: "Leave it out, or name the kind of place: a village, a city.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::Postcode,
        "a full postcode",
        "leave it out, or say what kind of place it is",
        found,
    );
}
