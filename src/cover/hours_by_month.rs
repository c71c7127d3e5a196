//! Recorded and planned hours off the job, by month.

use jiff::civil::Date;

use super::months::{month_ends, month_number};
use super::pace::share;
use super::programme::Hours;
use super::required_hours::Required;
use crate::model::{Minutes, Portfolio, Settings};

/// The hours planned by a day: the required hours, spread by `off_the_job: pace` or evenly. `None`
/// if the hours or the dates are unknown.
#[must_use]
pub fn planned_hours(settings: &Settings, required: &Required, on: Date) -> Option<Minutes> {
    let whole = usize::try_from(required.hours.known()?.saturating_mul(60)).ok()?;
    let part = share(settings, &settings.hours_pace, on)?.of(whole);
    Some(Minutes(u32::try_from(part).ok()?))
}

/// The hours of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursOfMonth {
    /// The last day of the month, or of the period.
    pub end: Date,
    /// Counting hours, by the month of their entry's date.
    pub recorded: Minutes,
    /// Planned hours; `None` if unknown.
    pub planned: Option<Minutes>,
    /// Counting hours up to the end of the month.
    pub recorded_so_far: Minutes,
    /// Planned hours up to the end of the month; `None` if unknown.
    pub planned_so_far: Option<Minutes>,
}

/// The hours by month, from the start of the programme, or else the first counting entry, to
/// `as_of` or the planned end. Only entries that satisfy `seen` are included.
#[must_use]
pub fn hours_by_month(
    portfolio: &Portfolio,
    hours: &Hours<'_>,
    as_of: Date,
    seen: impl Fn(usize) -> bool,
) -> Vec<HoursOfMonth> {
    let settings = &portfolio.settings;
    let counted = hours
        .counted
        .iter()
        .filter(|at| seen(**at))
        .map(|&at| &portfolio.entries[at]);
    let counted: Vec<(Date, u32)> = counted
        .filter_map(|entry| Some((entry.front_matter.date?, entry.front_matter.hours?.0)))
        .collect();
    let first = counted.iter().map(|(date, _)| *date).min();
    let Some(start) = settings.start.or(first) else {
        return Vec::new();
    };
    let until = settings.planned_end.map_or(as_of, |end| end.min(as_of));
    let planned = |on: Date| planned_hours(settings, &hours.required, on);
    let of_month = |end: &Date| {
        let sum = |within: &dyn Fn(Date) -> bool| {
            let minutes = counted
                .iter()
                .filter(|(date, _)| within(*date))
                .map(|(_, minutes)| *minutes);
            Minutes(minutes.fold(0, u32::saturating_add))
        };
        let before = end
            .first_of_month()
            .yesterday()
            .ok()
            .filter(|day| *day >= start);
        let planned_before = before.map_or(Some(Minutes(0)), planned);
        HoursOfMonth {
            end: *end,
            recorded: sum(&|date| month_number(date) == month_number(*end)),
            planned: planned(*end)
                .zip(planned_before)
                .map(|(now, before)| Minutes(now.0.saturating_sub(before.0))),
            recorded_so_far: sum(&|date| date <= *end),
            planned_so_far: planned(*end),
        }
    };
    month_ends(start, until).iter().map(of_month).collect()
}
