//! `embedded-content`: a document with macros, scripts, files in it, things fetched from elsewhere, signatures, or pictures that cannot be inspected.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::document::Sort;

/// The rule's record.
pub const EMBEDDED_CONTENT: Rule = Rule {
    name: Sort::Embedded.rule(),
    group: Group::Evidence,
    levels: Levels::ERROR.never_off(),
    since: "0.1.0",
    text: Text {
        finds: "A document with macros, scripts, files in it, things fetched from elsewhere, signatures, or pictures that cannot be inspected.",
        why: "It can act on the computer of whoever opens it, tell somebody that it was opened, or carry what no check has read. No answer publishes macros or scripts.",
        example: "attachments: [{ file: evidence/form.pdf }]",
        instead: "Save it without macros and embedded files, with its pictures as PNG or JPEG; or attach the pages that matter as pictures. Where a file in it belongs to the evidence, as the table behind a chart may, answer this rule with a reason: the document is then published with it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(
        Sort::Embedded,
        "save it without them, with pictures as PNG or JPEG; or attach the pages that matter as pictures",
        found,
    );
    case.each_content(
        Sort::Active,
        "save it without them: no answer publishes macros or scripts",
        found,
    );
}
