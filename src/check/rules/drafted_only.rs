//! `drafted-only`: a criterion that only drafts claim.

use crate::check::{Case, Group, Levels, Rule, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::State;

/// The rule's record.
pub const DRAFTED_ONLY: Rule = Rule {
    name: "drafted-only",
    group: Group::Coverage,
    levels: Levels::new(Level::Note, Level::Error, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "A criterion that only drafts claim.",
        why: "A draft is no evidence: the criterion looks covered and is not.",
        example: "status: draft\nksbs: [K32]",
        instead: "Finish the draft and set its status to submitted.",
    },
    run,
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for line in case.open_lines().filter(|line| line.state == State::Drafted) {
        let place = case.criterion_place(line.criterion);
        let message = format!("{} is only drafted: {}", case.criterion_title(line.criterion), line.why);
        let mut finding =
            Finding::new(DRAFTED_ONLY.name, place, case.criterion_subject(line.criterion), message);
        finding.help.clone_from(&line.next);
        found.push(finding);
    }
}
