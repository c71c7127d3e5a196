//! When everything would be evidenced, as a range.

use jiff::Span;
use jiff::civil::Date;

use crate::cover::{
    Finish, REVIEW_WEEKS, active_days, after_active_days, days, evidenced_by, finish,
};
use crate::model::{Coverage, Portfolio, Settings};

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

    /// The forecast in words, behind "evidenced": `between 2027-03-01 and 2027-06-15`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Done => "complete".to_owned(),
            Self::Between(first, last) if first == last => format!("on {first}"),
            Self::Between(first, last) => format!("between {first} and {last}"),
            Self::NotBefore(day) => format!("not before {day}"),
            Self::Unknown(why) => format!("unknown: {why}"),
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
