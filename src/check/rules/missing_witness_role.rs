//! `missing-witness-role`: a witness testimony that does not say in what role the witness speaks.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::EntryType;

/// The rule's record.
pub const MISSING_WITNESS_ROLE: Rule = Rule {
    name: "missing-witness-role",
    group: Group::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "A witness testimony that does not say in what role the witness speaks.",
        why: "A testimony is worth what its witness is competent to judge; without the role nobody can tell.",
        example: "type: witness-testimony, and no `witness: { role: ... }`",
        instead: "Add the role, not the name: `witness: { role: \"Staff nurse\", relationship: \"supervises the learner\" }`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case
        .submitted()
        .filter(|entry| entry.kind == EntryType::WitnessTestimony)
    {
        if entry
            .witness
            .as_ref()
            .is_some_and(|witness| witness.role.is_some())
        {
            continue;
        }
        let finding = case.about(
            MISSING_WITNESS_ROLE.name,
            entry,
            entry.place,
            "this testimony names no role of its witness",
        );
        found.push(finding.help("add witness: { role: \"...\" }; the role, not the name"));
    }
}
