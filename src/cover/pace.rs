//! Where the programme's dates say that a learner should be.

use jiff::civil::Date;

use crate::model::{Settings, StateCounts};

/// Days from one day to another.
#[must_use]
pub fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// How many criteria would be evidenced on a day at an even pace from the programme's first day to its planned last
/// one, rounded down. Nothing where a date is missing or the programme has not begun.
#[must_use]
pub fn expected(settings: &Settings, counts: &StateCounts, as_of: Date) -> Option<usize> {
    let (start, end) = settings.start.zip(settings.planned_end)?;
    let (gone, whole) = (days(start, as_of), days(start, end));
    let (gone, whole) = (usize::try_from(gone).ok()?, usize::try_from(whole).ok().filter(|days| *days > 0)?);
    Some(counts.out_of() * gone.min(whole) / whole)
}
