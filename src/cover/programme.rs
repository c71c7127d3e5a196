//! Hours of training off the job: which entries count, and whether they are enough.

use jiff::civil::Date;

use super::crowded::{CrowdedDays, crowded_days, first_day};
use super::days::{DayObjection, object_to_days};
use super::required_hours::{Required, required_hours};
use crate::model::{Audience, FiledEntry, Known, Minutes, Portfolio, Regime, Settings, Status};
use crate::text::capitalised;

/// The hours off the job on a day, judged for an assessor.
#[derive(Clone, Debug)]
pub struct Hours<'a> {
    /// The rules in force on the day of the start; `None` if the day or the rules are unknown.
    pub regime: Option<&'a Regime>,
    /// The required hours.
    pub required: Required,
    /// The counting hours.
    pub recorded: Minutes,
    /// Indexes of counting entries, oldest first.
    pub counted: Vec<usize>,
    /// Indexes of entries off the job that do not count, with the first reason, oldest first.
    pub uncounted: Vec<(usize, Uncounted)>,
    /// Whether the hours are enough.
    pub standing: HoursStanding,
}

/// Whether the hours are enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursStanding {
    /// Enough.
    Met,
    /// At least this many are missing.
    Short(Minutes),
    /// The required hours are unknown.
    Unknown,
}

impl HoursStanding {
    /// The word for JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Short(_) => "short",
            Self::Unknown => "unknown",
        }
    }
}

impl Hours<'_> {
    /// Recorded against required hours, in sentences.
    #[must_use]
    pub fn summary(&self) -> String {
        let recorded = self.recorded;
        let of = match self.required.hours {
            Known::Known(hours) => format!("{recorded} of {hours} off-the-job hours."),
            Known::Unknown if self.required.at_least > 0 => {
                let at_least = self.required.at_least;
                format!("{recorded} of at least {at_least} off-the-job hours.")
            }
            Known::Unknown => format!("{} off the job.", capitalised(&hours_in_words(recorded))),
        };
        let left = match self.standing {
            HoursStanding::Met => "Complete.".to_owned(),
            HoursStanding::Unknown => "We do not know how many are required.".to_owned(),
            HoursStanding::Short(missing) if self.required.hours.known().is_some() => {
                format!("{missing} to go.")
            }
            HoursStanding::Short(missing) => format!("At least {missing} to go."),
        };
        format!("{of} {left}")
    }

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
        format!("{at_least}{} to go", hours_in_words(missing))
    }
}

/// Why hours off the job do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// The entry is a draft.
    Draft,
    /// It has no hours.
    NoHours,
    /// It has no text beyond the scaffold.
    NoSubstance,
    /// It is private.
    Private,
    /// It contains identifiers, so it is withheld from people who check hours.
    Withheld,
    /// It has no readable date.
    Undated,
    /// More than 24 hours are recorded for one of its days.
    TooMany,
    /// The dates of the programme cannot be read, so it may be outside them.
    DatesUnread,
    /// Its hours began before the programme.
    BeforeStart,
    /// It is dated after the planned end.
    AfterEnd,
    /// It is dated after the day of the judgement.
    Later,
}

impl Uncounted {
    /// The reason in words, to follow "does not count: ".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "still a draft",
            Self::NoHours => "no hours given",
            Self::NoSubstance => "nothing written yet",
            Self::Private => "private",
            Self::Withheld => "withheld, because something in it identifies a person",
            Self::Undated => "its date cannot be read",
            Self::TooMany => "more hours are recorded for a day than it has",
            Self::DatesUnread => "the dates of the programme cannot be read",
            Self::BeforeStart => "dated before the programme began",
            Self::AfterEnd => "dated after the programme's planned end",
            Self::Later => "dated later than today",
        }
    }
}

/// Judges the hours off the job. The hours of an entry count if it has `off_the_job: true`, is
/// submitted, has text or an attachment, is visible to an assessor and is dated within the
/// programme. The event date is private and not used.
#[must_use]
pub fn hours(portfolio: &Portfolio, as_of: Date) -> Hours<'_> {
    let settings = &portfolio.settings;
    let rules = portfolio.programme.as_ref();
    let regime = rules
        .zip(settings.start)
        .and_then(|(rules, start)| rules.regime(start));
    let required = required_hours(portfolio, regime);
    let (mut counted, mut uncounted, mut recorded) = (Vec::new(), Vec::new(), 0_u32);
    let crowded = crowded_days(portfolio);
    for (at, entry) in portfolio
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.front_matter.off_the_job)
    {
        match counting_hours(entry, settings, &crowded, as_of) {
            Ok(Minutes(minutes)) => {
                recorded = recorded.saturating_add(minutes);
                counted.push(at);
            }
            Err(why) => uncounted.push((at, why)),
        }
    }
    let recorded = Minutes(recorded);
    let standing = judge_standing(&required, recorded);
    Hours {
        regime,
        required,
        recorded,
        counted,
        uncounted,
        standing,
    }
}

/// The counting hours of an entry off the job.
fn counting_hours(
    entry: &FiledEntry,
    settings: &Settings,
    crowded: &CrowdedDays,
    as_of: Date,
) -> Result<Minutes, Uncounted> {
    let date = entry.front_matter.date;
    // How much of hours that began before the programme belongs to it is unknown.
    let days = object_to_days(settings, first_day(entry), date, as_of);
    let is = |objection| days.contains(&objection);
    let objections = [
        (entry.front_matter.status == Status::Draft, Uncounted::Draft),
        (
            !Audience::Assessor.is_visible(entry.front_matter.visibility),
            Uncounted::Private,
        ),
        (
            entry.withheld_from(Audience::Assessor).next().is_some(),
            Uncounted::Withheld,
        ),
        (!entry.has_substance(), Uncounted::NoSubstance),
        (is(DayObjection::Undated), Uncounted::Undated),
        (
            is(DayObjection::StartUnread) || settings.has_unreadable(&["planned_end"]),
            Uncounted::DatesUnread,
        ),
        (crowded.include(entry), Uncounted::TooMany),
        (is(DayObjection::Later), Uncounted::Later),
        (is(DayObjection::BeforeStart), Uncounted::BeforeStart),
        (
            date.zip(settings.planned_end)
                .is_some_and(|(date, end)| date > end),
            Uncounted::AfterEnd,
        ),
    ];
    match objections.into_iter().find(|(objects, _)| *objects) {
        Some((_, why)) => Err(why),
        None => entry
            .front_matter
            .hours
            .filter(|minutes| minutes.0 > 0)
            .ok_or(Uncounted::NoHours),
    }
}

fn judge_standing(required: &Required, Minutes(recorded): Minutes) -> HoursStanding {
    let whole = required.hours.known().copied();
    let wanted = whole.unwrap_or(0).max(required.at_least).saturating_mul(60);
    match wanted.checked_sub(recorded) {
        Some(missing) if missing > 0 => HoursStanding::Short(Minutes(missing)),
        _ if whole.is_none() => HoursStanding::Unknown,
        _ => HoursStanding::Met,
    }
}

/// `1 hour`, `12.5 hours`.
#[must_use]
pub fn hours_in_words(minutes: Minutes) -> String {
    let unit = if minutes.0 == 60 { "hour" } else { "hours" };
    format!("{minutes} {unit}")
}
