//! `missing-practice-detail`: a practice record that leaves out what every record of a procedure needs.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::{EntryType, Practice};

/// The rule's record.
pub const MISSING_PRACTICE_DETAIL: Rule = Rule {
    name: "missing-practice-detail",
    group: Group::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "A practice record that leaves out what every record of a procedure needs.",
        why: "Batch number, area, reactions and outcome are what makes a treatment traceable if something goes wrong.",
        example: "type: practice-record, and no batch_numbers under `practice`",
        instead: "Add what is missing; write none or not applicable where that is the truth.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case
        .submitted()
        .filter(|entry| entry.kind == EntryType::PracticeRecord)
    {
        let missing = missing(entry.practice.as_deref());
        if missing.is_empty() {
            continue;
        }
        let message = format!("this practice record lacks {}", missing.join(", "));
        let finding = case
            .about(MISSING_PRACTICE_DETAIL.name, entry, entry.place, message)
            .one_of_its_kind();
        found.push(finding.help(format!("add under practice: {}", missing.join(", "))));
    }
}

fn missing(practice: Option<&Practice>) -> Vec<&'static str> {
    let has = |told: &dyn Fn(&Practice) -> bool| practice.is_some_and(told);
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
        .filter(|(_, told)| !told)
        .map(|(key, _)| key)
        .collect()
}
