//! `missing-detail`: a practice record or a testimony without what makes it evidence.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{EntryType, Practice};
use crate::text::listed;

pub(super) const MISSING_DETAIL: Rule = Rule {
    name: "missing-detail",
    group: RuleGroup::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "A practice record that leaves out what every record of a procedure needs, or a witness testimony without the role of its witness.",
        why: "Batch number, area, reactions and outcome make a treatment traceable if something goes wrong. A testimony is worth what its witness is competent to judge.",
        example: "type: practice-record, and no batch_numbers under `practice`",
        instead: "Add what is missing; write none or not applicable where that is the truth. Of a witness give the role, not the name: `witness: { role: \"Staff nurse\", relationship: \"supervises the learner\" }`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case.submitted() {
        let (fact, message, help) = match entry.front_matter.kind {
            EntryType::PracticeRecord => {
                let missing = listed(&missing(entry.front_matter.practice.as_deref()));
                if missing.is_empty() {
                    continue;
                }
                (
                    "practice",
                    format!("this practice record lacks {missing}"),
                    format!("add under practice: {missing}"),
                )
            }
            EntryType::WitnessTestimony => {
                let witness = entry.front_matter.witness.as_ref();
                if witness.is_some_and(|witness| witness.role.is_some()) {
                    continue;
                }
                (
                    "witness",
                    "this testimony does not give the role of its witness".to_owned(),
                    "add witness: { role: \"...\" }; the role, not the name".to_owned(),
                )
            }
            _ => continue,
        };
        let finding = case.about(
            MISSING_DETAIL.name,
            entry,
            entry.front_matter.place,
            message,
        );
        found.push(finding.fact(fact).help(help));
    }
}

fn missing(practice: Option<&Practice>) -> Vec<&'static str> {
    let has = |given: &dyn Fn(&Practice) -> bool| practice.is_some_and(given);
    let wanted = [
        ("treatment", has(&|practice| practice.treatment.is_some())),
        ("area", has(&|practice| practice.area.is_some())),
        (
            "batch_numbers",
            has(&|practice| !practice.batch_numbers.is_empty()),
        ),
        (
            "adverse_reactions",
            has(&|practice| practice.adverse_reactions.is_some()),
        ),
        (
            "outcome_measures",
            has(&|practice| !practice.outcome_measures.is_empty()),
        ),
    ];
    wanted
        .into_iter()
        .filter(|(_, given)| !given)
        .map(|(key, _)| key)
        .collect()
}
