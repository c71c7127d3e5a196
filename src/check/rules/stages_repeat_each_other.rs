//! `stages-repeat-each-other`: two stages that say largely the same words.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;

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

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(STAGES_REPEAT_EACH_OTHER.name) {
        for &(second, told) in &stages {
            let earlier = stages
                .iter()
                .find(|(_, earlier)| told.repeats.contains(&earlier.stage));
            let Some((first, _)) = earlier else { continue };
            let message = format!(
                "{} repeats {} largely word for word",
                second.heading, first.heading
            );
            let finding = case.about(STAGES_REPEAT_EACH_OTHER.name, entry, second.span, message);
            found.push(finding.help("let each stage say what no other says"));
        }
    }
}
