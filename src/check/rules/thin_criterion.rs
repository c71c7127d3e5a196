//! `thin-criterion`: a criterion that is claimed, but not with what the rules ask for.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::{Line, Reason, State};

/// The rule's record.
pub const THIN_CRITERION: Rule = Rule {
    name: "thin-criterion",
    group: Group::Coverage,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "A criterion that is claimed, but not with what the rules ask for.",
        why: "Too few pieces, or pieces that do not count, would be referred at the gateway.",
        example: "one piece where two are asked for, or the only piece is referred",
        instead: "Do what the message names.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let told_elsewhere = |line: &Line| {
        matches!(
            Case::sole_reason(line),
            Some(Reason::OutOfDate | Reason::TypeNotAllowed)
        )
    };
    for line in case
        .open_lines()
        .filter(|line| line.state == State::Thin && !told_elsewhere(line))
    {
        let message = format!(
            "{} is thin: {}",
            case.criterion_title(line.criterion),
            line.why
        );
        let mut finding = case.about_criterion(THIN_CRITERION.name, line.criterion, message);
        finding.help.clone_from(&line.next);
        found.push(finding);
    }
}
