//! `unknown-word`: a word that is not among those a key can take.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};
use crate::text::listed_or;

pub(super) const UNKNOWN_WORD: Rule = Rule {
    name: "unknown-word",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A word that is not among those a key can take, such as a status, a type of evidence or a visibility.",
        why: "Status, type and visibility decide whether an entry counts and who sees it. An unknown word decides nothing, so the entry is taken as a draft, a reflection or private.",
        example: "status: done",
        instead: "Use one of the words that the message lists: `status: draft` or `status: submitted`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let (message, help) = match kind {
            FaultKind::UnknownWord {
                key,
                word,
                nearest,
                allowed,
            } => {
                let message = match key.as_str() {
                    "status" => format!("`{word}` is not a status; the entry is taken as a draft"),
                    "type" => format!(
                        "`{word}` is not a type of evidence; the entry is taken as a reflection"
                    ),
                    _ => format!("`{word}` is not a value of `{key}`"),
                };
                let help = nearest.map_or_else(
                    || format!("use {}", listed_or(allowed)),
                    |word| format!("did you mean `{word}`?"),
                );
                (message, help)
            }
            FaultKind::DraftFolder { name } => (
                format!(
                    "the folder `{name}` is named as one for drafts; the entry is taken as a draft"
                ),
                "write `status: draft`, or move the file to portfolio/entries".to_owned(),
            ),
            _ => return None,
        };
        Some(Finding::new(UNKNOWN_WORD.name, place, subject, message).help(help))
    });
}
