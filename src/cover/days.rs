//! Whether the days of an entry belong to the programme. Pieces and hours are judged by it alike.

use jiff::civil::Date;

use crate::model::Settings;

/// Why an entry does not count by its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayObjection {
    /// It has no readable date.
    Undated,
    /// The first day of the programme cannot be read.
    StartUnread,
    /// It began before the programme.
    BeforeStart,
    /// It is dated after the day of the judgement.
    Later,
}

/// Judges an entry that began on `first` and is dated `last`.
pub(super) fn object_to_days(
    settings: &Settings,
    first: Option<Date>,
    last: Option<Date>,
    as_of: Date,
) -> Vec<DayObjection> {
    let begins_before = settings
        .start
        .is_some_and(|start| first.is_some_and(|first| first < start));
    let objections = [
        (last.is_none(), DayObjection::Undated),
        (
            settings.has_unreadable(&["start"]),
            DayObjection::StartUnread,
        ),
        (begins_before, DayObjection::BeforeStart),
        (last.is_some_and(|last| last > as_of), DayObjection::Later),
    ];
    let holding = objections.into_iter().filter(|(holds, _)| *holds);
    holding.map(|(_, objection)| objection).collect()
}
