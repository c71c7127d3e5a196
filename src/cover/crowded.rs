//! Days with more than 24 recorded hours.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use crate::model::{Entry, Portfolio, Status};

/// Seconds in a day.
const DAY: u64 = 24 * 60 * 60;

/// Days for which entries record more than 24 hours together: sorted, disjoint ranges.
#[derive(Clone, Debug, Default)]
pub struct CrowdedDays {
    ranges: Vec<(Date, Date)>,
}

impl CrowdedDays {
    /// Whether the hours of an entry fall on any of these days.
    #[must_use]
    pub fn include(&self, entry: &Entry) -> bool {
        self.first_of(entry).is_some()
    }

    /// The first of these days on which the hours of an entry fall.
    #[must_use]
    pub fn first_of(&self, entry: &Entry) -> Option<Date> {
        let (first, last, _) = spread_hours(entry)?;
        let at = self.ranges.partition_point(|(_, to)| *to < first);
        self.ranges
            .get(at)
            .map(|(from, _)| (*from).max(first))
            .filter(|day| *day <= last)
    }
}

/// Finds the days for which submitted entries record more than 24 hours, on or off the job. The
/// hours of an entry are spread evenly over its days.
#[must_use]
pub fn crowded_days(portfolio: &Portfolio) -> CrowdedDays {
    // The change in recorded seconds at the start of a day.
    let mut changes: BTreeMap<Date, i64> = BTreeMap::new();
    let submitted = portfolio
        .entries
        .iter()
        .filter(|entry| entry.front_matter.status == Status::Submitted);
    for (first, last, seconds) in submitted.filter_map(|entry| spread_hours(entry)) {
        let Ok(seconds) = i64::try_from(seconds) else {
            continue;
        };
        *changes.entry(first).or_default() += seconds;
        if let Ok(after) = last.tomorrow() {
            *changes.entry(after).or_default() -= seconds;
        }
    }
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    let mut sum = 0_i64;
    let mut since: Option<Date> = None;
    for (day, change) in changes {
        if let (Some(from), Ok(to)) = (since.take(), day.yesterday()) {
            ranges.push((from, to));
        }
        sum += change;
        since = u64::try_from(sum).is_ok_and(|sum| sum > DAY).then_some(day);
    }
    ranges.extend(since.map(|from| (from, Date::MAX)));
    CrowdedDays { ranges }
}

/// The first and last day of an entry's hours, and the seconds of each day, rounded down.
fn spread_hours(entry: &Entry) -> Option<(Date, Date, u64)> {
    let (last, minutes) = (entry.front_matter.date?, entry.front_matter.hours?);
    let days = entry.front_matter.days.max(1);
    let first = first_day(entry)?;
    Some((first, last, u64::from(minutes.0) * 60 / u64::from(days)))
}

/// The first day of an entry's hours.
pub(super) fn first_day(entry: &Entry) -> Option<Date> {
    let days = Span::new()
        .try_days(entry.front_matter.days.max(1) - 1)
        .ok()?;
    Some(
        entry
            .front_matter
            .date?
            .checked_sub(days)
            .unwrap_or(Date::MIN),
    )
}
