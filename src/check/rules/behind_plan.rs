//! `behind-plan`: a standard with less evidence than the programme's dates would have by now.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::standing;
use crate::diagnostic::{Finding, Level, Subject};

pub(super) const BEHIND_PLAN: Rule = Rule {
    name: "behind-plan",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "A standard with less evidence than planned by now.",
        why: "Twelve-week reviews compare progress with the plan; a learner who is behind needs to know while there is time.",
        example: "half of the programme gone, and a third of the criteria evidenced",
        instead: "Agree with your tutor what to evidence next, or change the dates in portfolio.yaml if the programme has moved. `pace` there says how evidence is planned to grow.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for standard in &case.coverage.standards {
        let as_of = case.coverage.as_of;
        let Some(stands) = standing(
            case.portfolio,
            case.coverage,
            Some(standard.standard),
            as_of,
        ) else {
            continue;
        };
        if stands.behind() == 0 {
            continue;
        }
        let known = case.portfolio.catalogue.standard(standard.standard);
        let message = format!(
            "{} is {}: {}/{} evidenced, {}/{} planned by now",
            known.id.value,
            stands.words(),
            stands.complete,
            stands.of,
            stands.expected,
            stands.of
        );
        let finding = case.about_settings(
            BEHIND_PLAN.name,
            case.portfolio.settings.start_place,
            message,
        );
        let subject = Subject::Group(known.id.value.clone());
        found.push(
            Finding { subject, ..finding }.help("agree with your tutor what to evidence next"),
        );
    }
}
