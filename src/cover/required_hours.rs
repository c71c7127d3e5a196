//! The hours off the job that are required, and the rules that they come from.

use super::active_days::days;
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
    /// How to record the figure, as a sentence, for reports that the apprentice reads; empty if it
    /// is recorded.
    pub how: &'static str,
}

impl Required {
    /// The number in words: `187 hours`, `not known, at least 187`, `not known`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.hours {
            Known::Known(hours) => count_hours(hours),
            Known::Unknown if self.at_least > 0 => {
                format!("not known, at least {}", self.at_least)
            }
            Known::Unknown => "not known".to_owned(),
        }
    }

    /// The source of the figure, and how to record another, in sentences.
    #[must_use]
    pub fn advice(&self) -> String {
        format!("{} {}", self.why, self.how).trim_end().to_owned()
    }
}

const HOW: &str = "Write the figure of the training plan as `off_the_job: required_hours` in \
                   portfolio.yaml.";

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
            unknown("The hours in the settings cannot be read.")
        }
        Some(regime) => required_by_rules(portfolio, regime),
        None if settings.start.is_none() => {
            unknown("There is no start date, which decides the rules.")
        }
        None => unknown("We know no rules for this start date."),
    };
    let hours = hours.map_or(Known::Unknown, |hours| Known::Known(hours.max(at_least)));
    Required {
        hours,
        at_least,
        too_low: None,
        why,
        how: HOW,
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
        "{} This portfolio has its own funding rules. Where they ask for less, the built-in rules \
         apply.",
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
                "That is fewer than the {} published for {}, which apply here. Ask your provider \
                 which figure is right.",
                count_hours(hours),
                one.standard.to_uppercase()
            ),
        ),
        _ if at_least > plan => (
            at_least,
            format!("That is too few: the minimum is {}.", count_hours(at_least)),
        ),
        _ => (plan, String::new()),
    };
    let plan_hours = count_hours(plan);
    let why = format!("The training plan asks for {plan_hours}. {why}");
    let too_low = (hours > plan).then_some(plan);
    Required {
        hours: Known::Known(hours),
        at_least,
        too_low,
        why: why.trim_end().to_owned(),
        how: "",
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
        return unknown("The rules need the paid hours in a week.");
    };
    let Some((start, end)) = settings
        .start
        .zip(settings.planned_end)
        .filter(|(start, end)| start < end)
    else {
        return unknown("There is no planned end date.");
    };
    let weeks = regime
        .leave_weeks_a_year
        .known()
        .map(|leave| weeks_of_work(days(start, end), *leave));
    let Some(hours) = weeks
        .zip(hours_a_week(regime, weekly))
        .map(|(weeks, hours)| whole_hours(weeks * hours))
    else {
        return unknown("The rules do not give enough to work it out.");
    };
    (
        Some(hours),
        format!(
            "Worked out from {weekly} paid {} a week between start and planned end: {}.",
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
        return unknown(
            "We do not know the published figure for these standards. The training plan has it.",
        );
    };
    let source = one
        .source
        .as_ref()
        .map_or_else(String::new, |source| format!(" ({source})"));
    let standard = one.standard.to_uppercase();
    match one.hours {
        Known::Known(hours) => (
            Some(hours),
            format!(
                "{} {} published for {standard}{source}.",
                count_hours(hours),
                plural(hours as usize, "is", "are"),
            ),
        ),
        Known::Unknown => unknown(&format!(
            "We do not know the published figure for {standard}. The training plan has it."
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
    (None, why.to_owned())
}
