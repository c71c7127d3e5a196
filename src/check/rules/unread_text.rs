//! `unread-text`: a document whose text could not all be searched for identifiers.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;

pub(super) const UNREAD_TEXT: Rule = Rule {
    name: "unread-text",
    group: RuleGroup::Evidence,
    levels: Levels::WARNING.never_off(),
    since: "0.1.0",
    text: RuleText {
        finds: "A document with text that could not be read, so it was not searched for identifiers.",
        why: "A scan is a picture of a page: a name on it is as plain to its reader as in any text.",
        example: "attachments: [{ file: evidence/scan.pdf }]",
        instead: "Read it yourself, page by page; then answer this rule with what you looked for.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, attachment, kind, inside) in case.documents() {
        let Some(why) = inside
            .as_ref()
            .ok()
            .and_then(|inside| inside.carried.unread())
        else {
            continue;
        };
        let message = format!("not all text of this {} was searched: {why}", kind.title());
        let finding = case.about(UNREAD_TEXT.name, entry, attachment.file.span, message);
        let finding = finding.fact(&attachment.file.value);
        found.push(finding.help(
            "read it for names, numbers and dates, and answer this rule with what you looked for",
        ));
    }
}
