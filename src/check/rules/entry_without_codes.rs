//! `entry-without-codes`: a submitted entry that claims nothing.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Place};
use crate::model::Status;

pub(super) const ENTRY_WITHOUT_CODES: Rule = Rule {
    name: "entry-without-codes",
    group: RuleGroup::References,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "A submitted entry that claims nothing.",
        why: "However good it is, an assessor cannot use it for any criterion.",
        example: "---\ntitle: My first week\ndate: 2025-09-05\n---",
        instead: "Add the codes it shows under `ksbs` or `criteria`, or link a passage to one.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        // A code that leads nowhere is reported already.
        let claims = !entry.claims.is_empty() || case.has_lost_codes(&entry.path);
        if !claims && entry.front_matter.status == Status::Submitted {
            let place = Place::new(&entry.path, entry.front_matter.place);
            let message = "this entry claims no code, so it counts for nothing";
            let finding = Finding::new(
                ENTRY_WITHOUT_CODES.name,
                place,
                case.entry_subject(entry),
                message,
            );
            found.push(finding.help("add the codes it shows under `ksbs` or `criteria`"));
        }
    }
}
