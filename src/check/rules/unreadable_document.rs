//! `unreadable-document`: a document of a type that is allowed, which cannot be read to its end.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;

pub(super) const UNREADABLE_DOCUMENT: Rule = Rule {
    name: "unreadable-document",
    group: RuleGroup::Evidence,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A document of an allowed type that cannot be read to its end.",
        why: "What cannot be read may carry anything, so it is not published.",
        example: "attachments: [{ file: evidence/plan.docx }]",
        instead: "Open it in the program that made it, and save it again, without a password.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, attachment, kind, inside) in case.documents() {
        let Err(refusal) = inside else { continue };
        let message = format!("this {} {}", kind.title(), refusal.words());
        let finding = case.about(
            UNREADABLE_DOCUMENT.name,
            entry,
            attachment.file.span,
            message,
        );
        found.push(finding.fact(&attachment.file.value).help(refusal.help()));
    }
}
