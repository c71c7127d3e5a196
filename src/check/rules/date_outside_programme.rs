//! `date-outside-programme`: an entry dated before the programme began or after its planned end.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};

pub(super) const DATE_OUTSIDE_PROGRAMME: Rule = Rule {
    name: "date-outside-programme",
    group: RuleGroup::FrontMatter,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "An entry dated before the programme began or after its planned end.",
        why: "Evidence from before the start is prior learning, which is agreed and waived, not handed in as new.",
        example: "date: 2024-03-14   # start: 2025-09-01",
        instead: "Correct the date, change the programme's dates, or have prior learning agreed as a waiver.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let settings = &case.portfolio.settings;
    for entry in case.submitted() {
        let Some(date) = entry
            .front_matter
            .date
            .filter(|date| *date <= case.coverage.as_of)
        else {
            continue;
        };
        let (fact, message) = if settings.start.is_some_and(|start| date < start) {
            ("before", "this entry is dated before the programme's start")
        } else if settings.planned_end.is_some_and(|end| date > end) {
            (
                "after",
                "this entry is dated after the programme's planned end",
            )
        } else {
            continue;
        };
        let finding = case.about(
            DATE_OUTSIDE_PROGRAMME.name,
            entry,
            entry.front_matter.date_or_title_place(),
            message,
        );
        let finding = finding.fact(fact);
        found
            .push(finding.help("correct the date, or `start` and `planned_end` in portfolio.yaml"));
    }
}
