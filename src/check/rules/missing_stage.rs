//! `missing-stage`: a stage of the reflection model that has no heading.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Place};
use crate::model::Status;

/// The rule's record.
pub const MISSING_STAGE: Rule = Rule {
    name: "missing-stage",
    group: Group::Reflection,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: Text {
        finds: "A stage of the reflection model that has no heading.",
        why: "Assessors read for the stages: a reflection without an action plan shows that something happened, not that something was learnt.",
        example: "## Description … ## Feelings … ## Evaluation (and no more)",
        instead: "Add the heading and write the stage.",
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
        let has = |stage: usize| entry.stages.iter().any(|found| found.stage == stage);
        let missing = model
            .stages
            .iter()
            .enumerate()
            .filter(|(stage, _)| !has(*stage));
        let missing: Vec<&str> = missing
            .map(|(_, stage)| stage.name.value.as_str())
            .collect();
        if !missing.is_empty() {
            let place = Place::new(&entry.path, entry.place);
            let message = format!(
                "this reflection has no {}, which {} asks for",
                missing.join(", no "),
                model.title
            );
            let finding = Finding::new(
                MISSING_STAGE.name,
                place,
                case.entry_subject(entry),
                message,
            );
            found.push(finding.help(format!(
                "add the heading `## {}` and write the stage",
                missing[0]
            )));
        }
    }
}
