//! `embedded-content`: a document with macros, scripts, files in it, things fetched from elsewhere, signatures, or pictures that cannot be cleaned.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::document::Sort;

/// The rule's record.
pub const EMBEDDED_CONTENT: Rule = Rule {
    name: Sort::Embedded.rule(),
    group: Group::Evidence,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A document with macros, scripts, files in it, things fetched from elsewhere, signatures, or pictures that cannot be cleaned.",
        why: "It can act on the computer of whoever opens it, tell somebody that it was opened, or carry what nobody has looked into. No answer lets such a document onto a site.",
        example: "attachments: [{ file: evidence/form.pdf }]",
        instead: "Save it without macros and embedded files, with its pictures as PNG or JPEG; or attach the pages that matter as pictures.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(
        Sort::Embedded,
        "save it without them, with pictures as PNG or JPEG; or attach the pages that matter as pictures",
        found,
    );
}
