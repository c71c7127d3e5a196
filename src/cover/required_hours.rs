//! The hours off the job that are required, and the rules that they come from.

use super::pace::days;
use crate::model::{Basis, Known, Portfolio, PublishedHours, Regime};
use crate::text::{counted, plural};

/// The hours off the job that are required.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// The number of hours.
    pub hours: Known<u32>,
    /// The minimum under any circumstances; 0 if the rules name none.
    pub at_least: u32,
    /// The plan's figure, if it is too low and the minimum is required instead.
    pub too_low: Option<u32>,
    /// The source of the figure, or why it is unknown, in sentences.
    pub why: String,
}

impl Required {
    /// The number in words: `187 hours`, `unknown, 187 at the least`, `unknown`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.hours {
            Known::Known(hours) => count_hours(hours),
            Known::Unknown if self.at_least > 0 => {
                format!("unknown, {} at the least", self.at_least)
            }
            Known::Unknown => "unknown".to_owned(),
        }
    }
}

const ASK: &str = "The training plan holds the figure that was agreed: set `off_the_job: \
                   required_hours` in portfolio.yaml.";

/// The required hours by the plan or the rules of `regime`, and at least those of the built-in
/// rules.
pub(super) fn required_hours(portfolio: &Portfolio, regime: Option<&Regime>) -> Required {
    apply_carried_rules(portfolio, required_by(portfolio, regime))
}

fn required_by(portfolio: &Portfolio, regime: Option<&Regime>) -> Required {
    let settings = &portfolio.settings;
    let at_least = regime
        .and_then(|regime| regime.floor_hours.known().copied())
        .unwrap_or(0);
    if let Known::Known(plan) = settings.required_hours {
        return required_by_plan(
            plan,
            at_least,
            regime.and_then(|regime| find_published(portfolio, regime)),
        );
    }
    let (hours, why) = match regime {
        _ if settings.has_unreadable(&["off_the_job"]) => {
            unknown("`off_the_job` in portfolio.yaml cannot be read.")
        }
        Some(regime) => required_by_rules(portfolio, regime),
        None if settings.start.is_none() => {
            unknown("portfolio.yaml names no `start`, which decides by which rules.")
        }
        None => unknown("no rules are known for this start."),
    };
    let hours = hours.map_or(Known::Unknown, |hours| Known::Known(hours.max(at_least)));
    Required {
        hours,
        at_least,
        too_low: None,
        why: format!("{why} {ASK}"),
    }
}

/// Raises the hours to those of the built-in rules, if the workspace replaces these.
fn apply_carried_rules(portfolio: &Portfolio, own: Required) -> Required {
    let Some(carried) = &portfolio.carried_programme else {
        return own;
    };
    let regime = portfolio
        .settings
        .start
        .and_then(|start| carried.regime(start));
    let carried = required_by(portfolio, regime);
    let at_least = own.at_least.max(carried.at_least);
    let higher = if carried.hours.known() > own.hours.known() {
        carried
    } else {
        own
    };
    let hours = match higher.hours {
        Known::Known(hours) => Known::Known(hours.max(at_least)),
        Known::Unknown => Known::Unknown,
    };
    let why = format!(
        "{} Rules of this folder's own are in the place of the program's; where they ask for less, \
         the program's hold.",
        higher.why
    );
    Required {
        hours,
        at_least,
        why,
        ..higher
    }
}

/// The plan's figure, or the published hours or the minimum if those are higher.
fn required_by_plan(plan: u32, at_least: u32, published: Option<&PublishedHours>) -> Required {
    let published = published.and_then(|one| Some((one.hours.known().copied()?, one)));
    let (hours, why) = match published {
        Some((hours, one)) if hours > plan && hours >= at_least => (
            hours,
            format!(
                "That is fewer than the {} published for {}, so {hours} {} required here. Ask your \
                 provider which figure holds.",
                count_hours(hours),
                one.standard,
                plural(hours as usize, "is", "are")
            ),
        ),
        _ if at_least > plan => (
            at_least,
            format!(
                "That is too few: nobody is eligible below {}, so {at_least} {} required.",
                count_hours(at_least),
                plural(at_least as usize, "is", "are")
            ),
        ),
        _ => (plan, String::new()),
    };
    let plan_hours = count_hours(plan);
    let why = format!("portfolio.yaml gives {plan_hours}, as the training plan asks for. {why}");
    let too_low = (hours > plan).then_some(plan);
    Required {
        hours: Known::Known(hours),
        at_least,
        too_low,
        why: why.trim_end().to_owned(),
    }
}

/// The hours published for one of the portfolio's standards and the day of its start.
fn find_published<'a>(portfolio: &Portfolio, regime: &'a Regime) -> Option<&'a PublishedHours> {
    let start = portfolio.settings.start?;
    let mut published = regime.published.iter();
    published.find(|one| {
        let mut standards = portfolio.catalogue.standards.iter();
        one.holds_for(start) && standards.any(|(known, _)| known.id.value == one.standard)
    })
}

/// The hours by the rules; `None` if they are unknown. The second value is `why`.
fn required_by_rules(portfolio: &Portfolio, regime: &Regime) -> (Option<u32>, String) {
    if regime.basis == Basis::Published {
        return required_by_publication(portfolio, regime);
    }
    let settings = &portfolio.settings;
    let Known::Known(weekly) = settings.weekly_hours else {
        return unknown(
            "the rules reckon with the paid hours in a week (`off_the_job: weekly_hours`).",
        );
    };
    let Some((start, end)) = settings
        .start
        .zip(settings.planned_end)
        .filter(|(start, end)| start < end)
    else {
        return unknown("portfolio.yaml names no `planned_end`.");
    };
    let weeks = regime
        .leave_weeks_a_year
        .known()
        .map(|leave| weeks_of_work(days(start, end), *leave));
    let Some(hours) = weeks
        .zip(hours_a_week(regime, weekly))
        .map(|(weeks, hours)| whole_hours(weeks * hours))
    else {
        return unknown("the rules do not give all that it takes to reckon.");
    };
    (
        Some(hours),
        format!(
            "Reckoned from {weekly} paid {} a week between start and planned end: {}.",
            if weekly.to_string() == "1" {
                "hour"
            } else {
                "hours"
            },
            count_hours(hours)
        ),
    )
}

fn required_by_publication(portfolio: &Portfolio, regime: &Regime) -> (Option<u32>, String) {
    let Some(one) = find_published(portfolio, regime) else {
        return unknown("no source at hand gives the hours published for these standards.");
    };
    let source = one
        .source
        .as_ref()
        .map_or_else(String::new, |source| format!(" ({source})"));
    match one.hours {
        Known::Known(hours) => (
            Some(hours),
            format!(
                "{} {} published for {}{source}.",
                count_hours(hours),
                plural(hours as usize, "is", "are"),
                one.standard
            ),
        ),
        Known::Unknown => unknown(&format!(
            "no source at hand gives the hours published for {}{source}.",
            one.standard
        )),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no programme has 2^52 days")]
fn weeks_of_work(days: i64, leave_weeks_a_year: f64) -> f64 {
    let days = days as f64;
    days / 7.0 - days * leave_weeks_a_year / 365.0
}

/// Hours off the job in a week of `weekly` paid hours.
fn hours_a_week(regime: &Regime, weekly: f64) -> Option<f64> {
    let share = regime
        .percent
        .known()
        .map(|percent| weekly * f64::from(*percent) / 100.0);
    let full = regime
        .full_time_hours
        .known()
        .is_some_and(|full| weekly >= f64::from(*full));
    match regime.hours_a_week {
        Known::Known(hours) if full && regime.basis == Basis::WeeklyHours => Some(f64::from(hours)),
        _ => share,
    }
}

/// Rounds up to whole hours, as providers do, with a tolerance of a second.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded below and above"
)]
fn whole_hours(hours: f64) -> u32 {
    (hours - 1.0 / 3600.0).ceil().clamp(0.0, 1e6) as u32
}

fn count_hours(hours: u32) -> String {
    counted(hours as usize, "hour")
}

fn unknown(why: &str) -> (Option<u32>, String) {
    (None, format!("Unknown: {why}"))
}
