//! `uncovered-criterion`: a criterion that no entry claims.

use crate::check::{Case, Group, Levels, Rule, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::State;

/// The rule's record.
pub const UNCOVERED_CRITERION: Rule = Rule {
    name: "uncovered-criterion",
    group: Group::Coverage,
    levels: Levels::new(Level::Note, Level::Error, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "A criterion that no entry claims.",
        why: "Every criterion must be evidenced before the gateway; a gap found there costs months.",
        example: "no entry tagged K33",
        instead: "Tag an entry that shows it, or write one; `ksbfolio explain K33` gives questions to begin with.",
    },
    run,
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for line in case.open_lines().filter(|line| line.state == State::Gap) {
        let place = case.criterion_place(line.criterion);
        let message = format!("{} is a gap: {}", case.criterion_title(line.criterion), line.why);
        let mut finding =
            Finding::new(UNCOVERED_CRITERION.name, place, case.criterion_subject(line.criterion), message);
        finding.help.clone_from(&line.next);
        found.push(finding);
    }
}
