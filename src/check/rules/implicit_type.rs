//! `implicit-type`: a bare word that YAML reads as something else than it looks.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const IMPLICIT_TYPE: Rule = Rule {
    name: "implicit-type",
    group: RuleGroup::FrontMatter,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "A word without quotes that YAML reads as a different kind of value.",
        why: "Other programs read false instead of no, or 1000 instead of 1e3, so a title or batch number would be wrong.",
        example: "title: 1e3",
        instead: "Put quotes round it, or write true or false for a switch.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::ImplicitType {
            key,
            typed,
            read_as,
            write,
        } = kind
        else {
            return None;
        };
        let message = format!("YAML reads the `{typed}` of `{key}` as {read_as}");
        Some(
            Finding::new(IMPLICIT_TYPE.name, place, subject, message)
                .help(format!("write {write}")),
        )
    });
}
