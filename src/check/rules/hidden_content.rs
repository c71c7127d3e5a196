//! `hidden-content`: a document with text, sheets, slides, rows, layers or notes that do not show.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::document::Sort;

/// The rule's record.
pub const HIDDEN_CONTENT: Rule = Rule {
    name: Sort::Hidden.rule(),
    group: Group::Evidence,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A document with text, sheets, slides, rows, layers or notes that do not show.",
        why: "What its author does not see, nobody has looked through for names; whoever opens it finds it with two clicks.",
        example: "attachments: [{ file: evidence/audit.xlsx }]",
        instead: "Show what is hidden, and delete it or let it show. Where it belongs to the evidence, as notes to slides may, answer this rule with a reason: the document is then published with it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(Sort::Hidden, "show it, and delete it or let it stay visible", found);
}
