//! Calendar months in which no training took place.

use jiff::civil::Date;

use super::crowded::first_day;
use super::months::{month_ends, month_number};
use super::programme::Hours;
use crate::model::{Known, Portfolio};

/// Months in a row without training: the last days of the first and the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleMonths {
    /// The last day of the first month.
    pub first: Date,
    /// The last day of the last month.
    pub last: Date,
    /// How many there are.
    pub number: usize,
}

/// Runs of whole months of the programme without training that are as long as the
/// training plan or the rules do not allow. Empty if neither names a limit, or if no training is recorded at all: it may
/// be recorded elsewhere. A month with a day of a break is none of them.
#[must_use]
pub fn idle_months(portfolio: &Portfolio, hours: &Hours<'_>, as_of: Date) -> Vec<IdleMonths> {
    let settings = &portfolio.settings;
    let by_rules = hours
        .regime
        .map_or(Known::Unknown, |rules| rules.learning_every_months);
    let most = settings.learning_every_months.known().or(by_rules.known());
    let (Some(&most), Some(start)) = (most, settings.start) else {
        return Vec::new();
    };
    let is_trained = hours.counted.iter().any(|&at| {
        let entry = &portfolio.entries[at];
        first_day(entry).is_some() && entry.front_matter.date.is_some()
    });
    if !is_trained {
        return Vec::new();
    }
    let until = settings.planned_end.map_or(as_of, |end| end.min(as_of));
    let idle = months_without_training(portfolio, hours, until);
    let ends = month_ends(start, until);
    let is_idle = |end: &Date| idle.binary_search(end).is_ok();
    let runs = ends.chunk_by(|a, b| is_idle(a) && is_idle(b));
    let idle = runs.filter(|run| run.len() >= most as usize && run.iter().all(is_idle));
    idle.filter_map(|run| {
        Some(IdleMonths {
            first: *run.first()?,
            last: *run.last()?,
            number: run.len(),
        })
    })
    .collect()
}

/// The last days of whole months of the programme, up to `until`, in which no entry that counts has
/// a day, oldest first. A month with a day of a break is none of them.
#[must_use]
pub fn months_without_training(portfolio: &Portfolio, hours: &Hours<'_>, until: Date) -> Vec<Date> {
    let settings = &portfolio.settings;
    let Some(start) = settings.start else {
        return Vec::new();
    };
    let entries = hours.counted.iter().map(|&at| &portfolio.entries[at]);
    let trained: Vec<(i32, i32)> = entries
        .filter_map(|entry| Some((first_day(entry)?, entry.front_matter.date?)))
        .map(|(first, last)| (month_number(first), month_number(last)))
        .collect();
    let is_idle = |end: &Date| {
        let month = month_number(*end);
        let is_whole = *end == end.last_of_month() && end.first_of_month() >= start;
        let has_training = trained
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&month));
        let (first, last) = (end.first_of_month(), *end);
        let has_break = settings
            .breaks
            .iter()
            .any(|one| one.from <= last && first <= one.last());
        is_whole && !has_training && !has_break
    };
    let mut ends = month_ends(start, until);
    ends.retain(is_idle);
    ends
}
