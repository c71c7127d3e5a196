//! The programme: rules on training off the job, and what a learner and a provider agreed about pace and reviews.

use jiff::civil::Date;
use strum::{IntoStaticStr, VariantArray};

use super::{GuidanceItem, Known};
use crate::text::{SourcePath, Span, Spanned};

/// Rules on training off the job, as far as sources tell them.
#[derive(Debug)]
pub struct ProgrammeRules {
    /// Their id.
    pub id: Spanned<String>,
    /// Their title.
    pub title: String,
    /// The file they were read from.
    pub path: SourcePath,
    /// SHA-256 of that file.
    pub text_hash: [u8; 32],
    /// Those for each time of starting.
    pub regimes: Vec<Regime>,
    /// What counts.
    pub counts: Vec<GuidanceItem>,
    /// What does not.
    pub excluded: Vec<GuidanceItem>,
}

impl ProgrammeRules {
    /// The rules for whoever starts on a day, where there are any.
    #[must_use]
    pub fn regime(&self, start: Date) -> Option<&Regime> {
        self.regimes
            .iter()
            .find(|regime| lies_within(start, regime.from, regime.to))
    }
}

/// Whether a day lies between two others; an unknown one sets no limit.
fn lies_within(day: Date, from: Known<Date>, to: Known<Date>) -> bool {
    from.known().is_none_or(|from| *from <= day) && to.known().is_none_or(|to| day <= *to)
}

/// The rules for whoever starts between two days.
#[derive(Debug)]
pub struct Regime {
    /// When it holds, in words.
    pub title: String,
    /// The first day of starting for which it holds; unknown where it always held until `to`.
    pub from: Known<Date>,
    /// The last one; unknown where no end is set.
    pub to: Known<Date>,
    /// What the hours are reckoned from.
    pub basis: Basis,
    /// The rule in a sentence.
    pub says: String,
    /// Per cent of the hours worked.
    pub percent: Known<u32>,
    /// Hours a week for whoever works full time.
    pub hours_a_week: Known<u32>,
    /// Weekly hours from which somebody works full time in this sense.
    pub full_time_hours: Known<u32>,
    /// Weeks of leave a year that are taken out of the programme's length.
    pub leave_weeks_a_year: Known<f64>,
    /// Hours below which nobody is eligible.
    pub floor_hours: Known<u32>,
    /// Months that a programme lasts at least.
    pub minimum_months: Known<u32>,
    /// Published hours by standard.
    pub published: Vec<PublishedHours>,
    /// Where all this is written.
    pub sources: Vec<String>,
}

/// What the hours are reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Basis {
    /// A share of the hours worked.
    WorkingHours,
    /// So many hours a week, and a share of the hours worked for those who work less than full time.
    WeeklyHours,
    /// A number published for each standard.
    Published,
}

/// The hours that are published for a standard.
#[derive(Debug)]
pub struct PublishedHours {
    /// The standard's id.
    pub standard: String,
    /// The first day of starting for which they hold; unknown where they hold from the regime's first day.
    pub from: Known<Date>,
    /// The last one; unknown where they hold until the regime's last day.
    pub to: Known<Date>,
    /// The hours.
    pub hours: Known<u32>,
    /// Where they are published.
    pub source: Option<String>,
}

impl PublishedHours {
    /// Whether these hours hold for a programme that starts on a day.
    #[must_use]
    pub fn holds_for(&self, start: Date) -> bool {
        lies_within(start, self.from, self.to)
    }
}

/// How a programme is planned to go, from its first day to its planned last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Evenly.
    #[default]
    Even,
    /// So much by such a day, in order; evenly in between, and from the last one to the end.
    Steps(Vec<PaceStep>),
}

/// How far a plan has come by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceStep {
    /// The day.
    pub by: Date,
    /// Per cent of the whole, from 0 to 100.
    pub percent: u32,
}

/// The pace of one standard, or of all that have none of their own.
#[derive(Debug, PartialEq, Eq)]
pub struct StandardPace {
    /// The standard's place in the portfolio's list; none where it is for all.
    pub standard: Option<usize>,
    /// Its pace.
    pub pace: Pace,
}

/// A progress review that was held.
#[derive(Debug, PartialEq, Eq)]
pub struct HeldReview {
    /// The day.
    pub date: Date,
    /// Who took part, by reference or role.
    pub with: Vec<String>,
    /// Where it stands.
    pub place: Span,
}
