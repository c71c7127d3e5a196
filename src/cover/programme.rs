//! Training off the job: how many hours are asked for and by which rules, which entries count towards them, and whether
//! they are enough.

use jiff::civil::Date;

use super::crowded::{CrowdedDays, crowded_days};
use super::{days, month_ends, month_number, share};
use crate::model::{
    Audience, Basis, Entry, Known, Minutes, Portfolio, PublishedHours, Regime, Settings, Status,
};

/// The hours off the job on a day, judged for an assessor.
#[derive(Clone, Debug)]
pub struct Hours<'a> {
    /// The rules in force for the day of the start, where that day and rules for it are known.
    pub regime: Option<&'a Regime>,
    /// What is asked for.
    pub required: Required,
    /// All hours that count.
    pub recorded: Minutes,
    /// The entries that they stand in, oldest first.
    pub counted: Vec<usize>,
    /// Entries that are said to be off the job and do not count, each with the first reason, oldest first.
    pub uncounted: Vec<(usize, Uncounted)>,
    /// Whether they are enough.
    pub standing: HoursStanding,
}

/// How many hours are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// Hours in all.
    pub hours: Known<u32>,
    /// Hours below which they are too few under any circumstances; 0 where the rules name none.
    pub at_least: u32,
    /// The plan's figure where it is below the minimum that is required instead.
    pub too_low: Option<u32>,
    /// Where the figure comes from, or why there is none, in a sentence or two.
    pub why: String,
}

impl Required {
    /// The figure in words: `187 hours`, `unknown, 187 at the least`, `unknown`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.hours {
            Known::Known(1) => "1 hour".to_owned(),
            Known::Known(hours) => format!("{hours} hours"),
            Known::Unknown if self.at_least > 0 => {
                format!("unknown, {} at the least", self.at_least)
            }
            Known::Unknown => "unknown".to_owned(),
        }
    }
}

/// Whether the hours are enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursStanding {
    /// As many as are asked for, or more.
    Met,
    /// So many are missing at least.
    Short(Minutes),
    /// What is asked for is unknown.
    Unknown,
}

impl Hours<'_> {
    /// The judgement in words: `met`, `12.5 hours to go`, `at least 144 hours to go`, `unknown`.
    #[must_use]
    pub fn words(&self) -> String {
        let missing = match self.standing {
            HoursStanding::Met => return "met".to_owned(),
            HoursStanding::Unknown => return "unknown".to_owned(),
            HoursStanding::Short(missing) => missing,
        };
        let at_least = if self.required.hours.known().is_some() {
            ""
        } else {
            "at least "
        };
        format!(
            "{at_least}{missing} {} to go",
            if missing.0 == 60 { "hour" } else { "hours" }
        )
    }
}

/// Why hours that an entry calls off the job do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// It is a draft: nobody stands behind its figures yet.
    Draft,
    /// It names no hours.
    NoHours,
    /// It holds nothing beyond the scaffold.
    NoSubstance,
    /// It is private.
    Private,
    /// Something in it identifies somebody, so that nobody who checks the hours gets to see it.
    Withheld,
    /// It has no date that can be read.
    Undated,
    /// A day has fewer hours than it and others of the same days name together.
    TooMany,
    /// The programme's dates cannot be read, so it may lie outside them.
    DatesUnread,
    /// It was written before the programme began.
    BeforeStart,
    /// It was written after the planned end.
    AfterEnd,
    /// It is dated later than the day that is judged by.
    Later,
}

impl Uncounted {
    /// The reason in words that follow "does not count: ".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "still a draft",
            Self::NoHours => "it names no hours",
            Self::NoSubstance => "it holds no words of its own",
            Self::Private => "private",
            Self::Withheld => "withheld, because something in it identifies a person",
            Self::Undated => "it has no date that can be read",
            Self::TooMany => "more hours are recorded for a day than it has",
            Self::DatesUnread => "the start or planned end in portfolio.yaml cannot be read",
            Self::BeforeStart => "dated before the programme began",
            Self::AfterEnd => "dated after the programme's planned end",
            Self::Later => "dated later than today",
        }
    }
}

/// Judges the hours off the job. Those of an entry count where it says `off_the_job: true`, is handed in, holds words of
/// its own or an attachment, may be seen by an assessor, and was written within the programme's dates. It is the day of
/// writing that tells, because the day of the event is nobody's business.
#[must_use]
pub fn hours(portfolio: &Portfolio, as_of: Date) -> Hours<'_> {
    let settings = &portfolio.settings;
    let rules = portfolio.programme.as_ref();
    let regime = rules
        .zip(settings.start)
        .and_then(|(rules, start)| rules.regime(start));
    let required = required_at_least(portfolio, required(portfolio, regime));
    let (mut counted, mut uncounted, mut recorded) = (Vec::new(), Vec::new(), 0_u32);
    let crowded = crowded_days(portfolio);
    for (at, entry) in portfolio
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.off_the_job)
    {
        match judge(entry, settings, &crowded, as_of) {
            Ok(Minutes(minutes)) => {
                // No more count than the calendar has up to the day that is judged by, which fits.
                recorded = recorded.saturating_add(minutes);
                counted.push(at);
            }
            Err(why) => uncounted.push((at, why)),
        }
    }
    let recorded = Minutes(recorded);
    let standing = standing(&required, recorded);
    Hours {
        regime,
        required,
        recorded,
        counted,
        uncounted,
        standing,
    }
}

/// Hours that the plan has by a day: what is asked for, as `off_the_job: pace` spreads it, else evenly. Nothing where it
/// is unknown what is asked for, or when.
#[must_use]
pub fn planned_hours(settings: &Settings, required: &Required, on: Date) -> Option<Minutes> {
    let whole = usize::try_from(required.hours.known()?.saturating_mul(60)).ok()?;
    let part = share(settings, &settings.hours_pace, on)?.of(whole);
    Some(Minutes(u32::try_from(part).ok()?))
}

/// Hours of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursOfMonth {
    /// The month's last day, or the day that is judged by.
    pub end: Date,
    /// Those that count, in the month of writing.
    pub recorded: Minutes,
    /// Those that the plan has in this month, where it can be told.
    pub planned: Option<Minutes>,
    /// All that count up to the month's end.
    pub recorded_so_far: Minutes,
    /// All that the plan has by then.
    pub planned_so_far: Option<Minutes>,
}

/// The hours that count by month, from the programme's start, or else the first that count, to the day that is judged by
/// or the planned end; of entries that `seen` lets be told.
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
        .filter_map(|entry| Some((entry.date?, entry.hours?.0)))
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

fn judge(
    entry: &Entry,
    settings: &Settings,
    crowded: &CrowdedDays,
    as_of: Date,
) -> Result<Minutes, Uncounted> {
    let date = entry.date;
    // Of hours that began before the programme nobody can say which belong to it.
    let first = super::crowded::first_day(entry);
    let objections = [
        (entry.status == Status::Draft, Uncounted::Draft),
        (
            !Audience::Assessor.may_see(entry.visibility),
            Uncounted::Private,
        ),
        (
            entry.withheld_from(Audience::Assessor).next().is_some(),
            Uncounted::Withheld,
        ),
        (!entry.has_substance(), Uncounted::NoSubstance),
        (date.is_none(), Uncounted::Undated),
        (
            settings.cannot_read(&["start", "planned_end"]),
            Uncounted::DatesUnread,
        ),
        (crowded.include(entry), Uncounted::TooMany),
        (date.is_some_and(|date| date > as_of), Uncounted::Later),
        (
            first
                .zip(settings.start)
                .is_some_and(|(first, start)| first < start),
            Uncounted::BeforeStart,
        ),
        (
            date.zip(settings.planned_end)
                .is_some_and(|(date, end)| date > end),
            Uncounted::AfterEnd,
        ),
    ];
    match objections.into_iter().find(|(objects, _)| *objects) {
        Some((_, why)) => Err(why),
        None => entry
            .hours
            .filter(|minutes| minutes.0 > 0)
            .ok_or(Uncounted::NoHours),
    }
}

fn standing(required: &Required, Minutes(recorded): Minutes) -> HoursStanding {
    let whole = required.hours.known().copied();
    let wanted = whole.unwrap_or(0).max(required.at_least).saturating_mul(60);
    match wanted.checked_sub(recorded) {
        Some(missing) if missing > 0 => HoursStanding::Short(Minutes(missing)),
        _ if whole.is_none() => HoursStanding::Unknown,
        _ => HoursStanding::Met,
    }
}

const ASK: &str = "The training plan holds the figure that was agreed: set `off_the_job: required_hours` in portfolio.yaml.";

fn required(portfolio: &Portfolio, regime: Option<&Regime>) -> Required {
    let settings = &portfolio.settings;
    let at_least = regime
        .and_then(|regime| regime.floor_hours.known().copied())
        .unwrap_or(0);
    if let Known::Known(plan) = settings.required_hours {
        return agreed(
            plan,
            at_least,
            regime.and_then(|regime| listed(portfolio, regime)),
        );
    }
    let (hours, why) = match regime {
        _ if settings.cannot_read(&["off_the_job"]) => (
            None,
            "Unknown: `off_the_job` in portfolio.yaml cannot be read.".to_owned(),
        ),
        Some(regime) => by_rules(portfolio, regime),
        None if settings.start.is_none() => (
            None,
            "Unknown: portfolio.yaml names no `start`, which decides by which rules.".to_owned(),
        ),
        None => (
            None,
            "Unknown: no rules are known for this start.".to_owned(),
        ),
    };
    let hours = hours.map_or(Known::Unknown, |hours| Known::Known(hours.max(at_least)));
    Required {
        hours,
        at_least,
        too_low: None,
        why: format!("{why} {ASK}"),
    }
}

/// What is required, and never less than the program's own rules ask for where the workspace has others in their place.
fn required_at_least(portfolio: &Portfolio, own: Required) -> Required {
    let Some(carried) = &portfolio.carried_programme else {
        return own;
    };
    let regime = portfolio
        .settings
        .start
        .and_then(|start| carried.regime(start));
    let carried = required(portfolio, regime);
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
        "{} Rules of this folder's own are in the place of the program's; where they ask for less, the program's hold.",
        higher.why
    );
    Required {
        hours,
        at_least,
        why,
        ..higher
    }
}

/// The plan's figure, or the minimum where that is known and higher: everything reckons with the one that comes back.
fn agreed(plan: u32, at_least: u32, listed: Option<&PublishedHours>) -> Required {
    let published = listed.and_then(|one| Some((one.hours.known().copied()?, one)));
    let (hours, why) = match published {
        Some((hours, one)) if hours > plan && hours >= at_least => (
            hours,
            format!(
                "That is fewer than the {hours} hours published for {}, so {hours} are required here. Ask your provider which figure holds.",
                one.standard
            ),
        ),
        _ if at_least > plan => (
            at_least,
            format!(
                "That is too few: nobody is eligible below {at_least} hours, so {at_least} are required."
            ),
        ),
        _ => (plan, String::new()),
    };
    let why = format!("portfolio.yaml gives {plan} hours, as the training plan asks for. {why}");
    let too_low = (hours > plan).then_some(plan);
    Required {
        hours: Known::Known(hours),
        at_least,
        too_low,
        why: why.trim_end().to_owned(),
    }
}

/// The hours that are published for one of the portfolio's standards and the day of its start.
fn listed<'a>(portfolio: &Portfolio, regime: &'a Regime) -> Option<&'a PublishedHours> {
    let start = portfolio.settings.start?;
    let standards = &portfolio.catalogue.standards;
    let is_one = |id: &str| {
        standards
            .iter()
            .any(|(standard, _)| standard.id.value == id)
    };
    regime
        .published
        .iter()
        .find(|one| one.holds_for(start) && is_one(&one.standard))
}

fn by_rules(portfolio: &Portfolio, regime: &Regime) -> (Option<u32>, String) {
    if regime.basis == Basis::Published {
        return published(portfolio, regime);
    }
    let settings = &portfolio.settings;
    let Known::Known(weekly) = settings.weekly_hours else {
        let why = "Unknown: the rules reckon with the paid hours in a week (`off_the_job: weekly_hours`).";
        return (None, why.to_owned());
    };
    let Some((start, end)) = settings
        .start
        .zip(settings.planned_end)
        .filter(|(start, end)| start < end)
    else {
        return (
            None,
            "Unknown: portfolio.yaml names no `planned_end`.".to_owned(),
        );
    };
    let weeks = regime
        .leave_weeks_a_year
        .known()
        .map(|leave| weeks_of_work(days(start, end), *leave));
    let Some(hours) = weeks
        .zip(hours_a_week(regime, weekly))
        .map(|(weeks, hours)| whole_hours(weeks * hours))
    else {
        return (
            None,
            "Unknown: the rules do not give all that it takes to reckon.".to_owned(),
        );
    };
    (
        Some(hours),
        format!(
            "Reckoned from {weekly} paid hours a week between start and planned end: {hours} hours."
        ),
    )
}

fn published(portfolio: &Portfolio, regime: &Regime) -> (Option<u32>, String) {
    let Some(one) = listed(portfolio, regime) else {
        let why = "Unknown: no source at hand gives the hours published for these standards.";
        return (None, why.to_owned());
    };
    let source = one
        .source
        .as_ref()
        .map_or_else(String::new, |source| format!(" ({source})"));
    match one.hours {
        Known::Known(hours) => (
            Some(hours),
            format!("{hours} hours are published for {}{source}.", one.standard),
        ),
        Known::Unknown => (
            None,
            format!(
                "Unknown: no source at hand gives the hours published for {}{source}.",
                one.standard
            ),
        ),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no programme has 2^52 days")]
fn weeks_of_work(days: i64, leave_weeks_a_year: f64) -> f64 {
    let days = days as f64;
    days / 7.0 - days * leave_weeks_a_year / 365.0
}

/// Hours off the job in a week of so many paid hours.
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

/// Rounded up to whole hours, as providers do; what lies within a second of a whole hour is that hour.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded below and above"
)]
fn whole_hours(hours: f64) -> u32 {
    (hours - 1.0 / 3600.0).ceil().clamp(0.0, 1e6) as u32
}
