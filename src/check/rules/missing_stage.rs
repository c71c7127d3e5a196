//! `missing-stage`: a stage of the reflection model without a heading or without words.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;
use crate::model::{Entry, ReflectionModel};
use crate::text::listed_or;

pub(super) const MISSING_STAGE: Rule = Rule {
    name: "missing-stage",
    group: RuleGroup::Reflection,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "A stage of the reflection model that has no heading, or no words under it.",
        why: "Assessors read for the stages: a reflection without an action plan shows that something happened, not that something was learned.",
        example: "## Description … ## Feelings … ## Evaluation (and no more)",
        instead: "Add the heading and write the stage; the prompts of the model help.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, model) in case.reflections() {
        find_missing(case, entry, model, found);
        for stage in &entry.reflection.stages {
            let section = &entry.body.sections[stage.section];
            if section.words > 0 {
                continue;
            }
            let message = if section.commented {
                format!(
                    "the words under {} are between <!-- and -->, so no page shows them",
                    section.heading
                )
            } else {
                format!("nothing is written under {}", section.heading)
            };
            let finding = case.about(MISSING_STAGE.name, entry, section.span, message);
            let prompt = model.stages[stage.stage].prompts.first();
            let finding = finding
                .fact("empty")
                .fact(&model.stages[stage.stage].name.value);
            let help = match prompt {
                _ if section.commented => "move them below the line with -->".to_owned(),
                Some(prompt) => format!("a question to begin with: {prompt}"),
                None => "write the stage".to_owned(),
            };
            found.push(finding.help(help));
        }
    }
}

fn find_missing(case: &Case<'_>, entry: &Entry, model: &ReflectionModel, found: &mut Vec<Finding>) {
    let has = |stage: usize| {
        entry
            .reflection
            .stages
            .iter()
            .any(|found| found.stage == stage)
    };
    let stages = model.stages.iter().enumerate();
    let missing: Vec<&str> = stages
        .filter(|(stage, _)| !has(*stage))
        .map(|(_, stage)| stage.name.value.as_str())
        .collect();
    let Some(first) = missing.first() else {
        return;
    };
    let message = format!(
        "this reflection has no heading for {}, which {} asks for",
        listed_or(&missing),
        model.title
    );
    let finding = case.about(MISSING_STAGE.name, entry, entry.front_matter.place, message);
    let finding = finding.fact("missing").fact(missing.join(" "));
    found.push(finding.help(format!("add the heading `## {first}` and write the stage")));
}
