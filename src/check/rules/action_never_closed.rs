//! `action-never-closed`: an action that is past its day and neither done nor closed by an entry.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::cover::ActionState;
use crate::diagnostic::{Finding, Level};

/// The rule's record.
pub const ACTION_NEVER_CLOSED: Rule = Rule {
    name: "action-never-closed",
    group: Group::Reflection,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: Text {
        finds: "An action that is past its day and neither done nor closed by an entry.",
        why: "The cycle closes when the plan was carried out; an assessor looks for what came of it.",
        example: "actions: [{ what: \"Shadow the pain team\", by: 2026-04-30 }]   # and it is November",
        instead: "Add `done:` and the entry that shows it (`closed_by:`), or a new day.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case.submitted() {
        for action in &entry.actions {
            if ActionState::of(case.portfolio, entry, action, case.coverage.as_of)
                != ActionState::Overdue
            {
                continue;
            }
            let by = action.by.map_or_else(String::new, |by| by.to_string());
            let message = format!("this action was due on {by} and is still open");
            let finding = case.about(ACTION_NEVER_CLOSED.name, entry, action.what.span, message);
            let finding = Finding {
                identity: Some(action.what.value.clone()),
                ..finding
            };
            let help = match action.closed_by {
                Some(_) => {
                    "the entry under closed_by: has to be handed in, and dated no later than today"
                }
                None => "add done: and closed_by:, or give it a new day",
            };
            found.push(finding.help(help));
        }
    }
}
