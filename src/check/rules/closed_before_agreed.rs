//! `closed-before-agreed`: an action that an older entry, a draft or its own entry is said to close.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::Status;

/// The rule's record.
pub const CLOSED_BEFORE_AGREED: Rule = Rule {
    name: "closed-before-agreed",
    group: Group::Reflection,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: Text {
        finds: "An action that an older entry, a draft or its own entry is said to close.",
        why: "The cycle closes when a later entry shows what came of the plan; one that was there before shows nothing of it, and a draft is seen by nobody. Nor can an entry show what came of its own plan: the action stays open.",
        example: "date: 2026-04-01\nactions: [{ what: \"Shadow the pain team\", closed_by: visit }]   # and visit is dated 2026-03-01",
        instead: "Name the entry that tells what came of it, finish the draft, or give the day under `done:` alone.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let portfolio = case.portfolio;
    for entry in case.submitted() {
        for action in &entry.actions {
            let Some((done, _)) = action
                .done
                .zip(entry.date)
                .filter(|(done, planned)| done < planned)
            else {
                continue;
            };
            let message = format!("this action was done on {done}, before the entry that plans it");
            let finding = case.about(CLOSED_BEFORE_AGREED.name, entry, action.what.span, message);
            found.push(finding.help("put the day under `done:` right, or the entry's date"));
        }
        for closing in entry
            .actions
            .iter()
            .filter_map(|action| action.closed_by.as_ref())
        {
            // Where it leads nowhere, that is told as a broken link.
            let Some(closes) = portfolio
                .index
                .by_id(&closing.value)
                .map(|at| &portfolio.entries[at])
            else {
                continue;
            };
            let older = closes
                .date
                .zip(entry.date)
                .is_some_and(|(closed, agreed)| closed < agreed);
            let message = match closes.status {
                _ if closes.path == entry.path => {
                    "this action is closed by the entry that plans it"
                }
                Status::Draft => "the entry that closes this action is still a draft",
                Status::Submitted if older => {
                    "the entry that closes this action was written before it was agreed"
                }
                Status::Submitted => continue,
            };
            let finding = case.about(CLOSED_BEFORE_AGREED.name, entry, closing.span, message);
            found.push(finding.help("name the later entry that tells what came of it"));
        }
    }
}
