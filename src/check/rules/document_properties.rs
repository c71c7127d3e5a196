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
        why: "Authors, firms, titles and days stand in the file. The published copy is without them, but the original lies in the folder and goes wherever the folder goes.",
        example: "attachments: [{ file: evidence/plan.docx }]",
        instead: "Have the program remove it: in Word, Excel and PowerPoint File, Info, Inspect Document; in LibreOffice File, Properties, Reset.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_content(
        Sort::Property,
        "the published copy is without it; to take it out of the original: File, Info, Inspect Document, or File, Properties",
        found,
    );
    case.each_content(Sort::Shown, "what is typed into them is published as it stands", found);
}
