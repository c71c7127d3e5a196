//! `document-comments`: a document with comments or marks in its margin.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::document::Sort;

/// The rule's record.
pub const DOCUMENT_COMMENTS: Rule = Rule {
    name: Sort::Comment.rule(),
    group: Group::Evidence,
    levels: Levels::ERROR.never_off(),
    since: "0.1.0",
    text: Text {
        finds: "A document with comments or marks in its margin.",
        why: "Comments name who wrote them, and say what was not meant for the reader.",
        example: "attachments: [{ file: evidence/plan.docx }]",
        instead: "Delete the comments, and save the document anew. Where they belong to the evidence, answer this rule with a reason: the document is then published with them.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(
        Sort::Comment,
        "delete them in the program that made it, and save it anew",
        found,
    );
}
