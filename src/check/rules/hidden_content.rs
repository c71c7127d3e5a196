//! `hidden-content`: a document with content that does not show, such as hidden text, earlier versions or metadata of its pictures.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::document::Sort;

/// The rule's record.
pub const HIDDEN_CONTENT: Rule = Rule {
    name: Sort::Hidden.rule(),
    group: Group::Evidence,
    levels: Levels::ERROR.never_off(),
    since: "0.1.0",
    text: Text {
        finds: "A document with content that does not show, such as hidden text, earlier versions or metadata of its pictures.",
        why: "Its author does not see it and has not read it for names; any reader can bring it to light. The document is published as it is, so it stays with the learner.",
        example: "attachments: [{ file: evidence/audit.xlsx }]",
        instead: "Show what is hidden, and delete it or let it show; File, Info, Inspect Document finds it in Word, Excel and PowerPoint. Earlier versions, thumbnails and metadata of pictures go when the document is exported or printed to a new PDF. Where it belongs to the evidence, as notes to slides may, answer this rule with a reason: the document is then published with it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(
        Sort::Hidden,
        "show it and delete it, or let it stay visible; Inspect Document or a new export removes the rest",
        found,
    );
}
