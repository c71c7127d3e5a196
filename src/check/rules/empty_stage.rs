//! `empty-stage`: a stage with a heading and no words under it.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Place};
use crate::model::Status;

/// The rule's record.
pub const EMPTY_STAGE: Rule = Rule {
    name: "empty-stage",
    group: Group::Reflection,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: Text {
        finds: "A stage with a heading and no words under it.",
        why: "The heading promises what is not there.",
        example: "## Analysis\n\n## Conclusion",
        instead: "Write the stage; the prompts of the model help.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case
        .portfolio
        .entries
        .iter()
        .filter(|entry| entry.status == Status::Submitted)
    {
        let Some(model) = entry.model.map(|model| &case.portfolio.models[model]) else {
            continue;
        };
        for stage in &entry.stages {
            let section = &entry.body.sections[stage.section];
            if section.words == 0 {
                let place = Place::new(&entry.path, section.span);
                let message = format!("nothing is written under {}", section.heading);
                let finding =
                    Finding::new(EMPTY_STAGE.name, place, case.entry_subject(entry), message);
                let prompt = model.stages[stage.stage].prompts.first();
                found.push(finding.help(prompt.map_or_else(
                    || "write the stage".to_owned(),
                    |prompt| format!("a question to begin with: {prompt}"),
                )));
            }
        }
    }
}
