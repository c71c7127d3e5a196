//! `still-in-history`: something that must go is still in the repository's history.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const STILL_IN_HISTORY: Rule = Rule {
    name: "still-in-history",
    group: RuleGroup::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A withdrawn picture or an identifier that is still in the git history. Only `check --history` finds it.",
        why: "Every copy of the repository has every version of every file: a picture whose consent was withdrawn, a name that was removed.",
        example: "consent: CON-014   # withdrawn, and the picture was once committed",
        instead: "Take it out with `git filter-repo`, push with --force, and ask everyone with a copy to clone again: SECURITY.md says how, step by step.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::InHistory { what, remedy } = kind else {
            return None;
        };
        let message = format!("the git history still has {what}");
        Some(Finding::new(STILL_IN_HISTORY.name, place, subject, message).help(remedy.clone()))
    });
}
