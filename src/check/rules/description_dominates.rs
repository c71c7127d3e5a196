//! `description-dominates`: a reflection more than half of which only tells what happened.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;

/// The rule's record.
pub const DESCRIPTION_DOMINATES: Rule = Rule {
    name: "description-dominates",
    group: Group::Reflection,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: Text {
        finds: "A reflection more than half of which only tells what happened.",
        why: "What happened is the smallest part of a reflection; the credit lies in why, and in what follows from it.",
        example: "Description 520 words, all other stages 310",
        instead: "Shorten the description to what the analysis needs, or write more about why.",
    },
    run: Run::Portfolio(run),
};

/// A reflection shorter than this is short everywhere.
const FEWEST_WORDS: usize = 150;

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(DESCRIPTION_DOMINATES.name) {
        let words = |wanted: &dyn Fn(usize) -> bool| -> usize {
            let found = entry.stages.iter().filter(|found| wanted(found.stage));
            found
                .map(|found| entry.body.sections[found.section].words)
                .sum()
        };
        let whole = words(&|_| true);
        for (section, told) in stages {
            let part = words(&|stage| stage == told.stage);
            if whole < FEWEST_WORDS || part * 2 <= whole {
                continue;
            }
            let message = format!(
                "{} has {part} of the {whole} words of this reflection",
                section.heading
            );
            let finding = case
                .about(DESCRIPTION_DOMINATES.name, entry, section.span, message)
                .one_of_its_kind();
            found.push(finding.help("keep what the analysis needs, and say more about why"));
        }
    }
}
