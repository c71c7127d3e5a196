//! Active learning: months without it, and days on which none is expected.

use jiff::civil::Date;

use crate::cover::{Hours, days, hours_by_month, month_number};
use crate::model::{Portfolio, Settings};

/// Days from one day to another on which the learner was on the programme.
#[must_use]
pub fn active_days(_settings: &Settings, from: Date, to: Date) -> i64 {
    days(from, to)
}

/// Whether the learner is on a break from the programme on a day.
#[must_use]
pub fn is_on_break(_settings: &Settings, _on: Date) -> bool {
    false
}

/// The last days of full calendar months of the programme in which no hours off the job count,
/// oldest first. The months of the start and of `as_of` are not full.
#[must_use]
pub fn months_without_learning(portfolio: &Portfolio, hours: &Hours<'_>, as_of: Date) -> Vec<Date> {
    let Some(start) = portfolio.settings.start else {
        return Vec::new();
    };
    let is_full = |end: Date| {
        end == end.last_of_month() && end < as_of && month_number(end) > month_number(start)
    };
    let months = hours_by_month(portfolio, hours, as_of, |_| true).into_iter();
    let empty = months.filter(|month| is_full(month.end) && month.recorded.0 == 0);
    empty.map(|month| month.end).collect()
}

/// A month as files name it: `2026-03`.
#[must_use]
pub fn name_month(day: Date) -> String {
    format!("{}-{:02}", day.year(), day.month())
}
