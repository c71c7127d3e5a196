//! The programme: rules on off-the-job training, and the agreed pace and reviews.

use jiff::civil::Date;
use strum::{IntoStaticStr, VariantArray};

use super::{GuidanceItem, Known};
use crate::text::{SourcePath, Span, Spanned};

/// Rules on off-the-job training, as far as sources give them.
#[derive(Clone, Debug)]
pub struct ProgrammeRules {
    /// Their id.
    pub id: Spanned<String>,
    /// Their title.
    pub title: String,
    /// The file they were read from.
    pub path: SourcePath,
    /// SHA-256 of that file.
    pub text_hash: [u8; 32],
    /// The rules for each period of starting.
    pub regimes: Vec<Regime>,
    /// Activities that count.
    pub counts: Vec<GuidanceItem>,
    /// Activities that do not count.
    pub excluded: Vec<GuidanceItem>,
}

impl ProgrammeRules {
    /// The rules for programmes that start on a day, if there are any.
    #[must_use]
    pub fn regime(&self, start: Date) -> Option<&Regime> {
        self.regimes
            .iter()
            .find(|regime| is_within(start, regime.from, regime.to))
    }
}

/// Whether a day is between two others, inclusive. An unknown bound sets no limit.
fn is_within(day: Date, from: Known<Date>, to: Known<Date>) -> bool {
    from.known().is_none_or(|from| *from <= day) && to.known().is_none_or(|to| day <= *to)
}

/// The rules for programmes that start between two days.
#[derive(Clone, Debug)]
pub struct Regime {
    /// The period, as text.
    pub title: String,
    /// The first day of starting for which it applies; unknown if it has no first day.
    pub from: Known<Date>,
    /// The last day of starting; unknown if it has no last day.
    pub to: Known<Date>,
    /// The basis for the hours.
    pub basis: Basis,
    /// The rule, as a sentence.
    pub says: String,
    /// Per cent of the hours worked.
    pub percent: Known<u32>,
    /// Hours a week for full-time work.
    pub hours_a_week: Known<u32>,
    /// Weekly hours from which work is full time in this sense.
    pub full_time_hours: Known<u32>,
    /// Weeks of leave a year that are taken out of the programme's length.
    pub leave_weeks_a_year: Known<f64>,
    /// The number of calendar months in which training takes place at least once.
    pub learning_every_months: Known<u32>,
    /// Hours below which an apprentice is not eligible.
    pub floor_hours: Known<u32>,
    /// Months that a programme lasts at least.
    pub minimum_months: Known<u32>,
    /// Published hours by standard.
    pub published: Vec<PublishedHours>,
    /// The sources of these rules.
    pub sources: Vec<String>,
}

/// The basis for required hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Basis {
    /// A share of the hours worked.
    WorkingHours,
    /// A number of hours a week, or a share of the hours worked for those who work less than full
    /// time.
    WeeklyHours,
    /// A number published for each standard.
    Published,
}

/// The published hours of a standard.
#[derive(Clone, Debug)]
pub struct PublishedHours {
    /// The standard's id.
    pub standard: String,
    /// The first day of starting for which they apply; unknown if they apply from the regime's
    /// first day.
    pub from: Known<Date>,
    /// The last day of starting; unknown if they apply until the regime's last day.
    pub to: Known<Date>,
    /// The hours.
    pub hours: Known<u32>,
    /// The source.
    pub source: Option<String>,
}

impl PublishedHours {
    /// Whether these hours apply to a programme that starts on a day.
    #[must_use]
    pub fn holds_for(&self, start: Date) -> bool {
        is_within(start, self.from, self.to)
    }
}

/// The planned pace from the first day to the planned last day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Evenly.
    #[default]
    Even,
    /// Steps in order, linear in between and from the last step to the end.
    Steps(Vec<PaceStep>),
}

/// The part of a plan to be reached by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceStep {
    /// The day.
    pub by: Date,
    /// Per cent of the whole, from 0 to 100.
    pub percent: u32,
}

/// The pace of one standard, or of all without a pace of their own.
#[derive(Debug, PartialEq, Eq)]
pub struct StandardPace {
    /// The index of the standard; `None` if it is for all.
    pub standard: Option<usize>,
    /// Its pace.
    pub pace: Pace,
}

/// A break in learning: days on which nothing is expected of the apprentice.
#[derive(Debug, PartialEq, Eq)]
pub struct LearningBreak {
    /// The first day.
    pub from: Date,
    /// The last day; unknown while the return is not agreed.
    pub to: Known<Date>,
    /// Why.
    pub reason: String,
}

impl LearningBreak {
    /// The last day; the last of the calendar while it is unknown.
    #[must_use]
    pub fn last(&self) -> Date {
        self.to.known().copied().unwrap_or(Date::MAX)
    }
}

/// A progress review that was held.
#[derive(Debug, PartialEq, Eq)]
pub struct HeldReview {
    /// The day.
    pub date: Date,
    /// The participants, by reference or role.
    pub with: Vec<String>,
    /// Who signed the record, and on which day.
    pub signed: Vec<(String, Date)>,
    /// Its place in the settings.
    pub place: Span,
}
