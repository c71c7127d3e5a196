//! `unknown-word`: a word that is not among those a key can take.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;

/// The rule's record.
pub const UNKNOWN_WORD: Rule = Rule {
    name: "unknown-word",
    group: Group::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A word that is not among those a key can take.",
        why: "A word nobody knows decides nothing: something else would stand in its place, silently.",
        example: "visibility: everyone",
        instead: "Use one of the words that the message lists.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_unknown_word(
        found,
        UNKNOWN_WORD.name,
        |key| !["status", "type"].contains(&key),
        |key, word| format!("`{word}` is not a word that `{key}` can take"),
    );
}
