//! `document-properties`: a document that says more about itself and its authors than it shows.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::document::Sort;

/// The rule's record.
pub const DOCUMENT_PROPERTIES: Rule = Rule {
    name: Sort::Property.rule(),
    group: Group::Evidence,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: Text {
        finds: "A document that says more about itself and its authors than it shows.",
        why: "Authors, companies, titles and dates are in the file, and the file is published as it is.",
        example: "attachments: [{ file: evidence/plan.docx }]",
        instead: "Remove them before you attach it: in Word, Excel and PowerPoint File, Info, Inspect Document; in LibreOffice File, Properties, Reset Properties; in a PDF reader print it to a new PDF, or export it again from a document without them.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(
        Sort::Property,
        "it is published with them; to remove them: File, Info, Inspect Document (Word, Excel, PowerPoint); File, Properties, Reset Properties (LibreOffice); print it to a new PDF (PDF reader)",
        found,
    );
    case.each_content(
        Sort::Shown,
        "they are published with what is typed into them",
        found,
    );
}
