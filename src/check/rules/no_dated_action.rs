//! `no-dated-action`: a plan of action without a day by which anything is done.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;

pub(super) const NO_DATED_ACTION: Rule = Rule {
    name: "no-dated-action",
    group: RuleGroup::Reflection,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: RuleText {
        finds: "An action plan without a date.",
        why: "An action without a date cannot be followed up, and no later entry closes it.",
        example: "## Action plan, and no `actions:` with `by:`",
        instead: "Add it on top: `actions: [{ what: \"Shadow the pain team\", by: 2026-04-30 }]`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(NO_DATED_ACTION.name) {
        if entry
            .front_matter
            .actions
            .iter()
            .any(|action| action.by.is_some() || action.done.is_some())
        {
            continue;
        }
        for (section, _) in stages
            .into_iter()
            .filter(|(section, summary)| section.words > 0 && !summary.a_time)
        {
            let message = format!("{} has no action with a date", section.heading);
            let finding = case.about(NO_DATED_ACTION.name, entry, section.span, message);
            let finding = finding.fact(&section.heading);
            found.push(finding.help("add it on top: actions: [{ what: \"...\", by: YYYY-MM-DD }]"));
        }
    }
}
