//! `batch-of-entries`: many entries written on one day.

use std::collections::BTreeMap;

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Entry;
use crate::text::plural;

pub(super) const BATCH_OF_ENTRIES: Rule = Rule {
    name: "batch-of-entries",
    group: RuleGroup::Rhythm,
    levels: Levels::new(Level::Note, Level::Note, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "Many entries written on one day.",
        why: "Reflection loses by waiting: a batch before a deadline is written from memory, and assessors ask about it.",
        example: "six entries dated 2026-11-20",
        instead: "Write soon after the event; if the dates are those of typing up, put the day of the first notes.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let most = case.portfolio.settings.limits.max_entries_per_day as usize;
    let mut days: BTreeMap<_, Vec<&Entry>> = BTreeMap::new();
    for entry in case.submitted() {
        if let Some(date) = entry.front_matter.date {
            days.entry(date).or_default().push(entry);
        }
    }
    for (date, entries) in days.into_iter().filter(|(_, entries)| entries.len() > most) {
        let entry = entries[0];
        let message = format!(
            "{} entries are dated {date}, and {most} {} the most",
            entries.len(),
            plural(most, "is", "are")
        );
        let finding = case.about(
            BATCH_OF_ENTRIES.name,
            entry,
            entry.front_matter.date_or_title_place(),
            message,
        );
        found.push(finding.help("write soon after the event; a batch is written from memory"));
    }
}
