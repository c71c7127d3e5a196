//! Days of the programme on which no learning is expected, and names of months.

use jiff::civil::Date;

use crate::model::Settings;

/// Whether the learner is on a break from the programme on a day.
#[must_use]
pub fn is_on_break(settings: &Settings, on: Date) -> bool {
    let mut breaks = settings.breaks.iter();
    breaks.any(|one| (one.from..=one.last()).contains(&on))
}

/// A month as files name it: `2026-03`.
#[must_use]
pub fn name_month(day: Date) -> String {
    format!("{}-{:02}", day.year(), day.month())
}
