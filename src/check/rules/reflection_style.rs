//! `reflection-style`: guesses about how a reflection is written.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;
use crate::text::{Voice, counted};

pub(super) const REFLECTION_STYLE: Rule = Rule {
    name: "reflection-style",
    group: RuleGroup::Reflection,
    levels: Levels::OFF,
    since: "0.1.0",
    text: RuleText {
        finds: "Guesses about how a reflection is written, from counted words.",
        why: "They are often right and sometimes wrong, so they are off until portfolio.yaml asks for them.",
        example: "levels: { description-dominates: note, we-instead-of-i: note }",
        instead: "Read the stage again and decide; a good reflection may keep what a guess points at.",
    },
    run: Run::Kinds(KINDS),
};

/// The kinds, sorted by name.
const KINDS: &[Rule] = &[
    style(
        DESCRIPTION_DOMINATES,
        RuleText {
            finds: "A reflection more than half of which only describes what happened.",
            why: "What happened is the smallest part of a reflection; the credit is for why, and for what follows from it.",
            example: "Description 520 words, all other stages 310",
            instead: "Shorten the description to what the analysis needs, or write more about why.",
        },
        find_dominating_description,
    ),
    style(
        NO_THEORY_IN_ANALYSIS,
        RuleText {
            finds: "An analysis without a source: no policy, guideline, theory or research.",
            why: "At this level an analysis draws on outside knowledge; without it, it is an opinion.",
            example: "## Analysis: It went badly because everybody was busy.",
            instead: "Name the source and the sentence of it that explains what you saw.",
        },
        find_analysis_without_source,
    ),
    style(
        STAGES_REPEAT_EACH_OTHER,
        RuleText {
            finds: "Two stages with largely the same words.",
            why: "A conclusion that repeats the evaluation adds nothing; assessors read it as padding.",
            example: "the Conclusion holds the sentences of the Evaluation",
            instead: "Let each stage say what no other says.",
        },
        find_repeated_stages,
    ),
    style(
        WE_INSTEAD_OF_I,
        RuleText {
            finds: "A reflection that says we more often than I.",
            why: "An assessor must see what this learner did, which “we did it” does not show.",
            example: "We assessed the wound and we chose the dressing.",
            instead: "Say who did what: I assessed, the nurse chose.",
        },
        find_we,
    ),
];

const DESCRIPTION_DOMINATES: &str = "description-dominates";
const NO_THEORY_IN_ANALYSIS: &str = "no-theory-in-analysis";
const STAGES_REPEAT_EACH_OTHER: &str = "stages-repeat-each-other";
const WE_INSTEAD_OF_I: &str = "we-instead-of-i";

const fn style(name: &'static str, text: RuleText, run: fn(&Case<'_>, &mut Vec<Finding>)) -> Rule {
    Rule {
        name,
        group: RuleGroup::Reflection,
        levels: Levels::OFF,
        since: "0.1.0",
        text,
        run: Run::Portfolio(run),
    }
}

/// Shorter reflections have no long and no short stages.
const FEWEST_WORDS: usize = 150;

fn find_dominating_description(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(DESCRIPTION_DOMINATES) {
        let words = |wanted: &dyn Fn(usize) -> bool| -> usize {
            let found = entry
                .reflection
                .stages
                .iter()
                .filter(|found| wanted(found.stage));
            found
                .map(|found| entry.body.sections[found.section].words)
                .sum()
        };
        let whole = words(&|_| true);
        for (section, summary) in stages {
            let part = words(&|stage| stage == summary.stage);
            if whole < FEWEST_WORDS || part * 2 <= whole {
                continue;
            }
            let message = format!(
                "{} has {part} of the {whole} words of this reflection",
                section.heading
            );
            let finding = case.about(DESCRIPTION_DOMINATES, entry, section.span, message);
            let finding = finding.fact(&section.heading);
            found.push(finding.help("keep what the analysis needs, and say more about why"));
        }
    }
}

fn find_analysis_without_source(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(NO_THEORY_IN_ANALYSIS) {
        let stages = stages.into_iter();
        for (section, _) in
            stages.filter(|(section, summary)| section.words > 0 && !summary.a_source)
        {
            let message = format!(
                "{} names no policy, guideline, theory or research",
                section.heading
            );
            let finding = case.about(NO_THEORY_IN_ANALYSIS, entry, section.span, message);
            let finding = finding.fact(&section.heading);
            found.push(
                finding.help("name the source and the sentence of it that explains what you saw"),
            );
        }
    }
}

fn find_repeated_stages(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, stages) in case.stages_to_check(STAGES_REPEAT_EACH_OTHER) {
        for &(second, summary) in &stages {
            let earlier = stages
                .iter()
                .find(|(_, earlier)| summary.repeats.contains(&earlier.stage));
            let Some((first, _)) = earlier else { continue };
            let message = format!(
                "{} repeats {} largely word for word",
                second.heading, first.heading
            );
            let finding = case.about(STAGES_REPEAT_EACH_OTHER, entry, second.span, message);
            let finding = finding.fact(&second.heading).fact(&first.heading);
            found.push(finding.help("let each stage say what no other says"));
        }
    }
}

/// A few times "we" is no habit.
const FEWEST_WE: u32 = 6;

fn find_we(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, _) in case.reflections() {
        let Voice { own, shared } = entry.body.vocabulary.voice;
        if shared < FEWEST_WE || shared <= own {
            continue;
        }
        let message = format!(
            "this reflection says we {} and I {}",
            counted(shared, "time"),
            counted(own, "time")
        );
        let finding = case.about(WE_INSTEAD_OF_I, entry, entry.front_matter.place, message);
        found.push(finding.help("say what you did yourself, and who did the rest"));
    }
}
