//! `confidentiality-not-declared`: an entry without the confidentiality statement.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};

pub(super) const CONFIDENTIALITY_NOT_DECLARED: Rule = Rule {
    name: "confidentiality-not-declared",
    group: RuleGroup::Privacy,
    levels: Levels::new(Level::Off, Level::Off, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "An entry that is handed in without the confidentiality statement.",
        why: "Nobody may leave it to a program, or to the assessor, to find what identifies a patient: the author declares that nothing does.",
        example: "status: submitted   # and no anonymised: true",
        instead: "`ksbfolio read ENTRY` asks about each name, number and picture, and adds `anonymised: true`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case
        .submitted()
        .filter(|entry| !entry.front_matter.anonymised)
    {
        let message = "nobody has declared that nothing in this entry identifies a person";
        let finding = case.about(
            CONFIDENTIALITY_NOT_DECLARED.name,
            entry,
            entry.front_matter.place,
            message,
        );
        found.push(finding.help(
            "read it for names, dates and places with `ksbfolio read`, which adds anonymised: true",
        ));
    }
}
