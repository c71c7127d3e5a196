//! `broken-link`: a link to an entry or file that is not there.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const BROKEN_LINK: Rule = Rule {
    name: "broken-link",
    group: RuleGroup::References,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: RuleText {
        finds: "A link to an entry or file that is not there.",
        why: "The assessor who follows it finds nothing.",
        example: "[the visit](pain-visit.md)",
        instead: "Link to a file that exists, relative to this one.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::BrokenLink {
            target,
            nearest,
            takes_id,
        } = kind
        else {
            return None;
        };
        let help = match nearest {
            Some(near) if *takes_id => {
                format!("write an entry's id, not its file: did you mean `{near}`?")
            }
            None if *takes_id => "write the id of an entry".to_owned(),
            Some(near) => format!("did you mean the entry {near}?"),
            None => "link to a file that exists, relative to this one".to_owned(),
        };
        Some(
            Finding::new(
                BROKEN_LINK.name,
                place,
                subject,
                format!("`{target}` does not exist"),
            )
            .help(help),
        )
    });
}
