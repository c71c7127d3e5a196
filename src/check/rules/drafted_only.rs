//! `drafted-only`: a criterion that only drafts claim.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Reason, State};
use crate::text::listed_or;

pub(super) const DRAFTED_ONLY: Rule = Rule {
    name: "drafted-only",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Note, Level::Error, Level::Error).due_at_end(),
    since: "0.1.0",
    text: RuleText {
        finds: "A criterion that only drafts claim.",
        why: "A draft does not count as evidence, so the criterion is not covered yet.",
        example: "status: draft\nksbs: [K32]",
        instead: "Finish the draft and set its status to submitted.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for line in case
        .open_lines()
        .filter(|line| line.state == State::Drafted)
    {
        let message = format!(
            "{} is in drafts only: {}",
            case.criterion_title(line.criterion),
            line.why
        );
        let drafts = line
            .pieces
            .iter()
            .map(|piece| case.portfolio.entries[piece.entry].id.as_str());
        let unread = line
            .pieces
            .iter()
            .any(|piece| piece.against.contains(&Reason::Unread));
        let help = match &line.next {
            Some(next) if unread => next.clone(),
            _ => {
                format!(
                    "finish {}, and set its status to submitted",
                    listed_or(&drafts.collect::<Vec<_>>())
                )
            }
        };
        found.push(
            case.about_criterion(DRAFTED_ONLY.name, line.criterion, message)
                .help(help),
        );
    }
}
