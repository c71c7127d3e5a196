//! `unknown-heading`: a heading in a reflection that is not a stage of its model.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;
use crate::text::nearest;

pub(super) const UNKNOWN_HEADING: Rule = Rule {
    name: "unknown-heading",
    group: RuleGroup::Reflection,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: RuleText {
        finds: "A heading in a reflection that is not a stage of its model.",
        why: "Words under an unknown heading belong to no stage, so a stage may seem empty or missing.",
        example: "## Anlysis",
        instead: "Name the stage, put the words under one, or make the heading a smaller one (`###`).",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, model) in case.reflections() {
        let rank = entry
            .reflection
            .stages
            .iter()
            .map(|stage| entry.body.sections[stage.section].rank)
            .min()
            .unwrap_or(2);
        for (at, section) in entry.body.sections.iter().enumerate() {
            let known = entry
                .reflection
                .stages
                .iter()
                .any(|stage| stage.section == at);
            if known || section.rank != rank {
                continue;
            }
            let names = model
                .stages
                .iter()
                .flat_map(|stage| std::iter::once(&stage.name).chain(&stage.synonyms));
            let meant = nearest(&section.heading, names.map(|name| name.value.as_str()));
            let help = meant.map_or_else(
                || "put the words under a stage, or make it a smaller heading with ###".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            let message = format!("`{}` is not a stage of {}", section.heading, model.title);
            let finding = case.about(UNKNOWN_HEADING.name, entry, section.span, message);
            found.push(finding.fact(&section.heading).help(help));
        }
    }
}
