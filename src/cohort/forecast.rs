//! When everything would be evidenced, as a range.

use jiff::Span;
use jiff::civil::Date;

use crate::cover::{Finish, REVIEW_WEEKS, finish, standing};
use crate::model::{Coverage, Portfolio};

/// The days on which everything would be evidenced at two paces: that since the start, and that of
/// the last twelve weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// Everything is evidenced.
    Done,
    /// Between these days.
    Between(Date, Date),
    /// Not before this day, because nothing became evidenced in the last twelve weeks.
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

/// The day at the pace of the last twelve weeks; `None` if nothing became evidenced in them.
fn finish_at_recent_pace(portfolio: &Portfolio, coverage: &Coverage) -> Option<Date> {
    let weeks = REVIEW_WEEKS * 7;
    let before = coverage.as_of.checked_sub(Span::new().days(weeks)).ok()?;
    let then = standing(portfolio, coverage, None, before)?.complete;
    let counts = coverage.counts();
    let gained = i64::try_from(counts.complete().saturating_sub(then)).ok()?;
    let left = i64::try_from(counts.out_of() - counts.complete()).ok()?;
    if gained == 0 {
        return None;
    }
    let more = (left * weeks + gained - 1) / gained;
    coverage
        .as_of
        .checked_add(Span::new().try_days(more).ok()?)
        .ok()
}
