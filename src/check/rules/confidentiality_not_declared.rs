//! `confidentiality-not-declared`: an entry without the confidentiality statement.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};

pub(super) const CONFIDENTIALITY_NOT_DECLARED: Rule = Rule {
    name: "confidentiality-not-declared",
    group: RuleGroup::Privacy,
    levels: Levels::new(Level::Off, Level::Off, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "A submitted entry without the confidentiality statement.",
        why: "Anonymity is the author's responsibility, not the program's or the assessor's, and the author declares it here.",
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
        let message = "this entry is not declared to be anonymised";
        let finding = case.about(
            CONFIDENTIALITY_NOT_DECLARED.name,
            entry,
            entry.front_matter.place,
            message,
        );
        found.push(finding.help(
            "check it for names, dates and places with `ksbfolio read`, which adds anonymised: true",
        ));
    }
}
