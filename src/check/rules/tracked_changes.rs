//! `tracked-changes`: a document with tracked changes.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::document::Sort;

/// The rule's record.
pub const TRACKED_CHANGES: Rule = Rule {
    name: Sort::Change.rule(),
    group: Group::Evidence,
    levels: Levels::ERROR.never_off(),
    since: "0.1.0",
    text: Text {
        finds: "A document with tracked changes.",
        why: "Whoever opens it can bring back what was deleted, and reads who wrote which word and when.",
        example: "attachments: [{ file: evidence/plan.docx }]",
        instead: "In the program that made it, accept or refuse every change, and save it anew. Where they belong to the evidence, answer this rule with a reason: the document is then published with them.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(
        Sort::Change,
        "accept or refuse every change in the program that made it, and save it anew",
        found,
    );
}
