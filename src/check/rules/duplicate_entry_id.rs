//! `duplicate-entry-id`: two entries with one id.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const DUPLICATE_ENTRY_ID: Rule = Rule {
    name: "duplicate-entry-id",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "Two entries with one id.",
        why: "A decision names an entry by its id; while two have it, it binds to neither.",
        example: "id: fall-in-bathroom   (in two files)",
        instead: "Give one of them another id.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::DuplicateEntryId { id, other } = kind else {
            return None;
        };

        Some(
            Finding::new(
                DUPLICATE_ENTRY_ID.name,
                place,
                subject,
                format!("{} has the same id, `{id}`", other.path),
            )
            .help("give one of them another id")
            .with(&other.path),
        )
    });
}
