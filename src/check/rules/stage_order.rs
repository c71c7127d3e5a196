//! `stage-order`: stages that do not stand in the order of their model.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;

/// The rule's record.
pub const STAGE_ORDER: Rule = Rule {
    name: "stage-order",
    group: Group::Reflection,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: Text {
        finds: "Stages that do not stand in the order of their model.",
        why: "A model leads from what happened to what follows from it; out of order, the argument is hard to follow.",
        example: "## Action plan before ## Analysis",
        instead: "Move the stage to its place, unless the order is meant.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, model) in case.reflections() {
        let pairs = entry.stages.windows(2);
        let Some(early) = pairs
            .map(|pair| (pair[0], pair[1]))
            .find(|(first, second)| second.stage < first.stage)
        else {
            continue;
        };
        let name = |stage: usize| model.stages[stage].name.value.as_str();
        let (after, before) = (name(early.0.stage), name(early.1.stage));
        let message = format!(
            "{before} stands after {after}, and comes before it in {}",
            model.title
        );
        let span = entry.body.sections[early.1.section].span;
        let finding = case.about(STAGE_ORDER.name, entry, span, message);
        found.push(finding.help(format!(
            "move {before} in front of {after}, unless the order is meant"
        )));
    }
}
