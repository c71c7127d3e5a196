//! When everything would be evidenced, as a range.

use jiff::Span;
use jiff::civil::Date;

use crate::cover::{
    Finish, REVIEW_WEEKS, active_days, after_active_days, days, evidenced_by, finish,
};
use crate::model::{Coverage, Portfolio, Settings};
use crate::text::month_in_words;

/// Years beyond which nothing is forecast: our choice.
const FURTHEST_YEARS: i64 = 5;

/// Calendar months of learning before which nothing is forecast: our choice.
const FEWEST_MONTHS: i64 = 3;

/// The days on which everything would be evidenced at two paces: that since the start, and that of
/// the last twelve weeks of learning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// Everything is evidenced.
    Done,
    /// Between these days.
    Between(Date, Date),
    /// Not before this day, because nothing became evidenced in the last twelve weeks of learning.
    NotBefore(Date),
    /// Unknown, for this reason.
    Unknown(&'static str),
}

impl Forecast {
    /// Forecasts the completion of all standards of a portfolio.
    #[must_use]
    pub fn of(portfolio: &Portfolio, coverage: &Coverage) -> Self {
        if coverage.standards.is_empty() {
            return Self::Unknown("no standard can be judged");
        }
        let since_start = match finish(portfolio, coverage, None) {
            Finish::Done => return Self::Done,
            _ if is_early(&portfolio.settings, coverage.as_of) => {
                return Self::Unknown("fewer than three months of learning since the start");
            }
            Finish::Unknown(why) => return Self::Unknown(why),
            Finish::On(day) => day,
        };
        match finish_at_recent_pace(portfolio, coverage) {
            Some(recent) => Self::Between(since_start.min(recent), since_start.max(recent)),
            None => Self::NotBefore(since_start),
        }
    }

    /// The forecast in words, behind "evidenced": `between March 2027 and June 2027`. A pace says
    /// nothing about a day, and little about what comes years later.
    #[must_use]
    pub fn words(self, as_of: Date) -> String {
        let month = |day: Date| month_in_words(day.year(), day.month());
        let years = Span::new().years(FURTHEST_YEARS);
        let is_far = |day: Date| as_of.checked_add(years).is_ok_and(|end| end < day);
        match self {
            Self::Done => "complete".to_owned(),
            Self::Unknown(why) => format!("unknown: {why}"),
            Self::Between(first, _) | Self::NotBefore(first) if is_far(first) => {
                format!("not within {FURTHEST_YEARS} years at this pace")
            }
            Self::NotBefore(first) => format!("not before {}", month(first)),
            Self::Between(first, last) if is_far(last) => format!("not before {}", month(first)),
            Self::Between(first, last) if month(first) == month(last) => {
                format!("in {}", month(last))
            }
            Self::Between(first, last) => format!("between {} and {}", month(first), month(last)),
        }
    }

    /// The first and the last day, if they are known.
    #[must_use]
    pub fn bounds(self) -> (Option<Date>, Option<Date>) {
        match self {
            Self::Between(first, last) => (Some(first), Some(last)),
            Self::NotBefore(first) => (Some(first), None),
            Self::Done | Self::Unknown(_) => (None, None),
        }
    }
}

/// Whether a forecast is after the planned end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// At no pace.
    None,
    /// At one of its two paces.
    OnePace,
    /// At both.
    BothPaces,
}

impl Lateness {
    /// Compares a forecast with the planned end; `None` if there is nothing to compare.
    pub(super) fn of(forecast: Forecast, end: Date) -> Option<Self> {
        let (first, last) = forecast.bounds();
        Some(match (first? > end, last) {
            (true, _) => Self::BothPaces,
            (false, Some(last)) if last <= end => Self::None,
            (false, _) => Self::OnePace,
        })
    }
}

/// Whether there were fewer days of learning than the first three calendar months have.
fn is_early(settings: &Settings, as_of: Date) -> bool {
    let Some(start) = settings.start else {
        return false;
    };
    let months = Span::new().months(FEWEST_MONTHS);
    let first = start.checked_add(months);
    first.is_ok_and(|first| active_days(settings, start, as_of) < days(start, first))
}

/// The day at the pace of the last twelve weeks of learning; `None` if nothing became evidenced in
/// them. Breaks are no part of the weeks, as in the pace since the start.
fn finish_at_recent_pace(portfolio: &Portfolio, coverage: &Coverage) -> Option<Date> {
    let (settings, as_of) = (&portfolio.settings, coverage.as_of);
    let weeks = REVIEW_WEEKS * 7;
    let mut from = as_of;
    loop {
        let lacking = weeks - active_days(settings, from, as_of);
        if lacking <= 0 {
            break;
        }
        from = from.checked_sub(Span::new().try_days(lacking).ok()?).ok()?;
    }
    let counts = coverage.counts();
    let by = |day| evidenced_by(portfolio, coverage, day);
    let gained = i64::try_from(by(as_of).saturating_sub(by(from))).ok()?;
    let left = i64::try_from(counts.out_of() - counts.complete()).ok()?;
    if gained == 0 {
        return None;
    }
    let more = (left * weeks + gained - 1) / gained;
    after_active_days(settings, as_of, more)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse;
    use crate::text::Source;

    #[test]
    fn a_forecast_is_late_at_both_paces_at_one_or_at_none() {
        let (early, end, late) = (date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1));
        for (forecast, expected) in [
            (Forecast::Between(early, end), Some(Lateness::None)),
            (Forecast::Between(end, late), Some(Lateness::OnePace)),
            (Forecast::Between(late, late), Some(Lateness::BothPaces)),
            // Nothing became evidenced in the last twelve weeks.
            (Forecast::NotBefore(end), Some(Lateness::OnePace)),
            (Forecast::NotBefore(late), Some(Lateness::BothPaces)),
            (Forecast::Done, None),
            (Forecast::Unknown("too early"), None),
        ] {
            assert_eq!(Lateness::of(forecast, end), expected, "{forecast:?}");
        }
    }

    #[test]
    fn three_months_from_a_leap_day_or_the_end_of_a_month_are_calendar_months() {
        let settings = |start: Date| {
            let text = format!("version: 1\nstart: {start}\n");
            let source = Source::new("portfolio/portfolio.yaml", &text);
            parse::settings(&source).value.settings
        };
        for (start, first) in [
            (date(2024, 2, 29), date(2024, 5, 29)),
            (date(2027, 11, 30), date(2028, 2, 29)),
            (date(2026, 11, 30), date(2027, 2, 28)),
        ] {
            let is_early_on = |day| is_early(&settings(start), day);
            assert!(first.yesterday().is_ok_and(is_early_on), "{start}");
            assert!(!is_early_on(first), "{start}");
        }
    }
}
