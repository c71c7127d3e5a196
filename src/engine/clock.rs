//! The one place where the clock is read.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::layout;
use crate::model::{Horizon, Settings};
use crate::parse;
use crate::text::Source;

/// Today, in the learner's time zone.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
pub fn today(settings: &Settings) -> Date {
    settings.day_at(Timestamp::now())
}

/// The day by which a portfolio is judged if none is named: the day it is frozen at, else today. The
/// clock is not read for a frozen portfolio.
#[must_use]
pub fn day_of(settings: &Settings) -> Date {
    settings.as_of.unwrap_or_else(|| today(settings))
}

/// The one day by which many portfolios are judged: the one that is asked for, or else today in the
/// time zone of settings that name none.
#[must_use]
pub fn common_day(asked: Option<Date>) -> Horizon {
    asked.map_or_else(
        || {
            let none = parse::settings(&Source::new(layout::SETTINGS, ""));
            Horizon::Today(today(&none.value.settings))
        },
        Horizon::AsOf,
    )
}

/// The last day on which decisions can have been made, by the portfolio's own settings.
pub(super) fn own_horizon(settings: &Settings) -> Horizon {
    settings
        .as_of
        .map_or_else(|| Horizon::Today(today(settings)), Horizon::AsOf)
}
