//! `stages-repeat-each-other`: two stages that say largely the same words.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::model::Entry;
use crate::text::{common, runs};

/// The rule's record.
pub const STAGES_REPEAT_EACH_OTHER: Rule = Rule {
    name: "stages-repeat-each-other",
    group: Group::Reflection,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: Text {
        finds: "Two stages that say largely the same words.",
        why: "A conclusion that repeats the evaluation adds nothing; assessors read it as filling.",
        example: "the Conclusion holds the sentences of the Evaluation",
        instead: "Let each stage say what no other says.",
    },
    run: Run::Portfolio(run),
};

/// Runs of so many words are compared.
const RUN: usize = 4;

/// A stage of fewer runs than this repeats others by chance.
const FEWEST_RUNS: usize = 20;

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(STAGES_REPEAT_EACH_OTHER.name) {
        let told_runs: Vec<(usize, Vec<u32>)> =
            stages.iter().map(|&stage| (stage, runs(&entry.stage_text(stage), RUN))).collect();
        for (at, (second, later)) in told_runs.iter().enumerate() {
            let repeats = |(_, earlier): &&(usize, Vec<u32>)| {
                let shorter = earlier.len().min(later.len());
                shorter >= FEWEST_RUNS && common(earlier, later) * 2 >= shorter
            };
            if let Some((first, _)) = told_runs[..at].iter().find(repeats) {
                found.extend(told(case, entry, *first, *second));
            }
        }
    }
}

fn told(case: &Case<'_>, entry: &Entry, first: usize, second: usize) -> Option<Finding> {
    let section = |stage: usize| {
        let found = entry.stages.iter().find(|found| found.stage == stage)?;
        Some(&entry.body.sections[found.section])
    };
    let (first, second) = (section(first)?, section(second)?);
    let message = format!("{} repeats {} largely word for word", second.heading, first.heading);
    let finding = case.about(STAGES_REPEAT_EACH_OTHER.name, entry, second.span, message);
    Some(finding.help("let each stage say what no other says"))
}
