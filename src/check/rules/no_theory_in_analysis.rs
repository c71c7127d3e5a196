//! `no-theory-in-analysis`: an analysis that leans on no source: no policy, guideline, theory or research.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;

/// The rule's record.
pub const NO_THEORY_IN_ANALYSIS: Rule = Rule {
    name: "no-theory-in-analysis",
    group: Group::Reflection,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: Text {
        finds: "An analysis that leans on no source: no policy, guideline, theory or research.",
        why: "At this level an analysis explains with knowledge from outside; without it, it is an opinion.",
        example: "## Analysis: It went badly because everybody was busy.",
        instead: "Name the source and the sentence of it that explains what you saw.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(NO_THEORY_IN_ANALYSIS.name) {
        for (section, _) in stages
            .into_iter()
            .filter(|(section, told)| section.words > 0 && !told.a_source)
        {
            let message = format!(
                "{} names no policy, guideline, theory or research",
                section.heading
            );
            let finding = case.about(NO_THEORY_IN_ANALYSIS.name, entry, section.span, message);
            found.push(
                finding.help("name the source and the sentence of it that explains what you saw"),
            );
        }
    }
}
