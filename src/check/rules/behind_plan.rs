//! `behind-plan`: a standard with less evidence than the programme's dates would have by now.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::cover::expected;
use crate::diagnostic::{Finding, Level, Subject};

/// The rule's record.
pub const BEHIND_PLAN: Rule = Rule {
    name: "behind-plan",
    group: Group::Coverage,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: Text {
        finds: "A standard with less evidence than the programme's dates would have by now.",
        why: "Twelve-week reviews compare progress with the plan; a learner who is behind needs to hear it while there is time.",
        example: "half of the programme gone, and a third of the criteria evidenced",
        instead: "Agree with your tutor what to close next, or change the dates in portfolio.yaml if the programme has moved.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for standard in &case.coverage.standards {
        let settings = &case.portfolio.settings;
        let Some(expected) = expected(settings, &standard.counts, case.coverage.as_of) else {
            continue;
        };
        let complete = standard.counts.complete();
        if complete >= expected {
            continue;
        }
        let known = case.portfolio.catalogue.standard(standard.standard);
        let out_of = standard.counts.out_of();
        let message = format!(
            "{} is behind: {complete}/{out_of} evidenced, and {expected}/{out_of} expected by now at an even pace",
            known.id.value
        );
        let finding = case.about_settings(BEHIND_PLAN.name, settings.start_place, message);
        let subject = Subject::Group(known.id.value.clone());
        found.push(
            Finding { subject, ..finding }.one_of_its_kind().help("agree with your tutor what to close next"),
        );
    }
}
