//! `changed-after-acceptance`: an entry that was changed after an assessor accepted a claim of it.

use std::collections::BTreeMap;

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};

/// The rule's record.
pub const CHANGED_AFTER_ACCEPTANCE: Rule = Rule {
    name: "changed-after-acceptance",
    group: Group::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "An entry that was changed after an assessor accepted a claim of it.",
        why: "What was accepted is no longer what is there; the acceptance lapses until somebody reads it again.",
        example: "accepted in April, a paragraph added in May",
        instead: "Take the change back, or ask for the entry to be accepted again.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut changed: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for line in case.coverage.lines() {
        for piece in line.pieces.iter().filter(|piece| piece.stale()) {
            let code = case.portfolio.catalogue.code(line.criterion).to_string();
            changed.entry(piece.entry).or_default().push(code);
        }
    }
    for (at, codes) in changed {
        let entry = &case.portfolio.entries[at];
        let message = format!(
            "this entry was changed after {} was accepted",
            codes.join(", ")
        );
        let finding = case
            .about(CHANGED_AFTER_ACCEPTANCE.name, entry, entry.place, message)
            .one_of_its_kind();
        let help = "`ksbfolio explain ENTRY` shows what changed; take it back, or ask for it to be accepted again";
        found.push(finding.help(help.replace("ENTRY", &format!("entry:{}", entry.id))));
    }
}
