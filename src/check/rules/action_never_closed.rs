//! `action-never-closed`: an action that is past its day, or whose closing shows nothing.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::ActionState;
use crate::diagnostic::{Finding, Level};
use crate::model::{Entry, Status};

pub(super) const ACTION_NEVER_CLOSED: Rule = Rule {
    name: "action-never-closed",
    group: RuleGroup::Reflection,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "An action that is overdue, or that is closed by an older entry, a draft or its own entry.",
        why: "The cycle closes when a later entry shows what came of the plan, and assessors look for it. An older entry or a draft cannot show that.",
        example: "actions: [{ what: \"Shadow the pain team\", by: 2026-04-30 }]   # and it is November",
        instead: "Add `done:` and the later entry that shows it (`closed_by:`), or a new day.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case.submitted() {
        find_overdue(case, entry, found);
        find_done_too_early(case, entry, found);
        find_closed_in_vain(case, entry, found);
    }
}

fn find_overdue(case: &Case<'_>, entry: &Entry, found: &mut Vec<Finding>) {
    for action in &entry.front_matter.actions {
        let state = ActionState::of(case.portfolio, entry, action, case.coverage.as_of);
        if state != ActionState::Overdue {
            continue;
        }
        let by = action.by.map_or_else(String::new, |by| by.to_string());
        let message = format!("this action was due on {by} and is still open");
        let finding = case.about(ACTION_NEVER_CLOSED.name, entry, action.what.span, message);
        let finding = finding.fact("overdue").fact(&action.what.value);
        found.push(finding.help(match action.closed_by {
            Some(_) => "submit the entry under closed_by:, dated no later than today",
            None => "add done: and closed_by:, or give it a new day",
        }));
    }
}

fn find_done_too_early(case: &Case<'_>, entry: &Entry, found: &mut Vec<Finding>) {
    for action in &entry.front_matter.actions {
        let dates = action.done.zip(entry.front_matter.date);
        let Some((done, _)) = dates.filter(|(done, planned)| done < planned) else {
            continue;
        };
        let message = format!("this action was done on {done}, before the entry that plans it");
        let finding = case.about(ACTION_NEVER_CLOSED.name, entry, action.what.span, message);
        let finding = finding.fact("early").fact(&action.what.value);
        found.push(finding.help("correct the day under `done:`, or the entry's date"));
    }
}

fn find_closed_in_vain(case: &Case<'_>, entry: &Entry, found: &mut Vec<Finding>) {
    let portfolio = case.portfolio;
    let closings = entry.front_matter.actions.iter();
    for closing in closings.filter_map(|action| action.closed_by.as_ref()) {
        // An id that leads nowhere is reported as a broken link.
        let Some(at) = portfolio.index.by_id(&closing.value) else {
            continue;
        };
        let closes = &portfolio.entries[at];
        let dates = closes.front_matter.date.zip(entry.front_matter.date);
        let (fact, message) = match closes.front_matter.status {
            _ if closes.path == entry.path => {
                ("own", "this action is closed by the entry that plans it")
            }
            Status::Draft => (
                "draft",
                "the entry that closes this action is still a draft",
            ),
            Status::Submitted if dates.is_some_and(|(closed, agreed)| closed < agreed) => (
                "older",
                "the entry that closes this action was written before it was agreed",
            ),
            Status::Submitted => continue,
        };
        let finding = case.about(ACTION_NEVER_CLOSED.name, entry, closing.span, message);
        let finding = finding.fact(fact).fact(&closing.value);
        found.push(finding.help("name the later entry that says what came of it"));
    }
}
