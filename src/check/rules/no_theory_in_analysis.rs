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
        for stage in stages {
            let Some(heading) = entry.stages.iter().find(|found| found.stage == stage) else { continue };
            let section = &entry.body.sections[heading.section];
            if section.words == 0 || names_a_source(&entry.stage_text(stage)) {
                continue;
            }
            let message = format!("{} names no policy, guideline, theory or research", section.heading);
            let finding = case.about(NO_THEORY_IN_ANALYSIS.name, entry, section.span, message);
            found.push(finding.help("name the source and the sentence of it that explains what you saw"));
        }
    }
}

/// A year in brackets, an abbreviation in capitals such as NICE, or a word for a source.
fn names_a_source(text: &str) -> bool {
    const SOURCES: &[&str] = &[
        "act",
        "algorithm",
        "article",
        "code",
        "concept",
        "evidence",
        "framework",
        "guidance",
        "guideline",
        "guidelines",
        "handbook",
        "journal",
        "law",
        "legislation",
        "literature",
        "model",
        "policies",
        "policy",
        "principle",
        "principles",
        "procedure",
        "protocol",
        "published",
        "regulations",
        "research",
        "scale",
        "score",
        "standard",
        "standards",
        "studies",
        "study",
        "textbook",
        "theories",
        "theory",
        "tool",
        "training",
    ];
    crate::text::words(text).any(|word| {
        let year = word.len() == 4 && ["19", "20"].iter().any(|century| word.starts_with(century));
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let capitals =
            word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        (year && digits)
            || (capitals && !digits)
            || SOURCES.iter().any(|known| known.eq_ignore_ascii_case(word))
    })
}
