//! Days of the programme without its breaks.

use jiff::Span;
use jiff::civil::Date;

use crate::model::{LearningBreak, Settings};

/// Days from one day to another.
#[must_use]
pub fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// Days from one day to a later one, less those of breaks. The first day is not counted and the
/// last is, as in [`days`].
#[must_use]
pub fn active_days(settings: &Settings, from: Date, to: Date) -> i64 {
    let on_breaks = settings
        .breaks
        .iter()
        .map(|one| days_of_break(one, from, to));
    days(from, to) - on_breaks.sum::<i64>()
}

/// The day after so many active days. `None` if a break has no end yet, or the calendar ends.
#[must_use]
pub fn after_active_days(settings: &Settings, from: Date, number: i64) -> Option<Date> {
    let add = |day: Date, number: i64| {
        let span = Span::new().try_days(number).ok()?;
        day.checked_add(span).ok()
    };
    let mut day = add(from, number)?;
    // Breaks are in order, so each can only move the day past later ones.
    for one in settings.breaks.iter().filter(|one| one.last() > from) {
        if one.from > day {
            break;
        }
        one.to.known()?;
        day = add(day, days_of_break(one, from, one.last()))?;
    }
    Some(day)
}

/// The days of a break after `from` and up to `to`.
fn days_of_break(one: &LearningBreak, from: Date, to: Date) -> i64 {
    let first = one.from.yesterday().unwrap_or(Date::MIN).max(from);
    days(first, one.last().min(to)).max(0)
}
