//! `unknown-type`: a type of evidence that nobody knows.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;

/// The rule's record.
pub const UNKNOWN_TYPE: Rule = Rule {
    name: "unknown-type",
    group: Group::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A type of evidence that nobody knows.",
        why: "Standards may ask for different types, and some exclude some.",
        example: "type: diary",
        instead: "Use one of the types that the message lists.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_unknown_word(
        found,
        UNKNOWN_TYPE.name,
        |key| key == "type",
        |_, word| format!("`{word}` is no type of evidence; the entry is taken as a reflection"),
    );
}
