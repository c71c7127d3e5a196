//! `batch-of-entries`: many entries written on one day.

use std::collections::BTreeMap;

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Entry;

pub(super) const BATCH_OF_ENTRIES: Rule = Rule {
    name: "batch-of-entries",
    group: RuleGroup::Rhythm,
    levels: Levels::new(Level::Note, Level::Note, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "Many entries written on one day.",
        why: "A batch before a deadline is written from memory, and assessors ask about it.",
        example: "six entries dated 2026-11-20",
        instead: "Write soon after the event. If these are the days on which you typed them up, use those of your first notes.",
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
            "{} entries are dated {date}; the limit is {most}",
            entries.len()
        );
        let finding = case.about(
            BATCH_OF_ENTRIES.name,
            entry,
            entry.front_matter.date_or_title_place(),
            message,
        );
        found.push(finding.help("write soon after the event, or use the days of your first notes"));
    }
}
