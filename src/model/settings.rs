//! The settings in `portfolio.yaml`.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{
    CriterionId, Declaration, EntryType, HeldReview, Known, LearningBreak, Pace, Profile, Record,
    Rules, Sharing, StandardPace, StateCounts,
};
use crate::diagnostic::Level;
use crate::document::DocumentType;
use crate::text::{Span, Spanned, folded_id, in_words};

/// The learner's settings.
#[derive(Debug)]
pub struct Settings {
    /// The portfolio's title.
    pub title: String,
    /// The learner's pseudonym.
    pub learner_id: String,
    /// The learner's name, if given.
    pub learner_name: Option<String>,
    /// The employer, if given.
    pub employer: Option<String>,
    /// The cohort, if given.
    pub cohort: Option<String>,
    /// First day of the programme.
    pub start: Option<Date>,
    /// Last planned day of the programme.
    pub planned_end: Option<Date>,
    /// The day by which a frozen portfolio is judged: a sample, or an archive.
    pub as_of: Option<Date>,
    /// The time zone of the learner's days.
    pub timezone: TimeZone,
    /// Unreadable keys, of those that affect how everything else is judged.
    pub unread: Vec<&'static str>,
    /// Whether the file as a whole cannot be read, so that all values are defaults.
    pub is_unreadable: bool,
    /// How strict `check` is.
    pub profile: Profile,
    /// The place of the first day.
    pub start_place: Span,
    /// Limits for checks.
    pub limits: Limits,
    /// Off-the-job hours that the programme requires.
    pub required_hours: Known<u32>,
    /// Paid hours in a week.
    pub weekly_hours: Known<f64>,
    /// The pace of the hours.
    pub hours_pace: Pace,
    /// The place of the hours, or of the first day if there are no hours.
    pub hours_place: Span,
    /// The pace of criteria.
    pub paces: Vec<StandardPace>,
    /// Breaks in learning, in order; none overlaps another.
    pub breaks: Vec<LearningBreak>,
    /// The number of calendar months in which training takes place at least once, by the training
    /// plan.
    pub learning_every_months: Known<u32>,
    /// Progress reviews that were held, oldest first.
    pub reviews: Vec<HeldReview>,
    /// The learner's declarations.
    pub declarations: Vec<Declaration>,
    /// Records for the gateway.
    pub records: Vec<Record>,
    /// Fractions that the portfolio is to reach.
    pub thresholds: Vec<Threshold>,
    /// Levels of rules by name, each with the place of the name.
    pub levels: BTreeMap<String, Spanned<Level>>,
    /// Types of documents that may be published after inspection.
    pub documents: Vec<DocumentType>,
    /// Theme of the site.
    pub theme: String,
    /// Language of the site, as in `en-GB`.
    pub language: String,
    /// The content of a public site besides public entries.
    pub site: PublicSite,
    /// The places of the standards' ids, in order.
    pub standards: Vec<Spanned<String>>,
}

impl Settings {
    /// The date at a moment in the learner's time zone.
    #[must_use]
    pub fn day_at(&self, now: Timestamp) -> Date {
        now.to_zoned(self.timezone.clone()).date()
    }

    /// Whether a reference is the id or name of the learner, in any spelling: then it decides nothing.
    #[must_use]
    pub fn may_be_learner(&self, reference: &str) -> bool {
        let reference = folded_id(reference);
        let own = std::iter::once(&self.learner_id).chain(&self.learner_name);
        own.map(|own| folded_id(own))
            .any(|own| !own.is_empty() && own == reference)
    }

    /// The as-of date in words, with a note if the portfolio is frozen at it.
    #[must_use]
    pub fn describe_as_of(&self, as_of: Date) -> String {
        let frozen = if self.is_frozen_at(as_of) {
            ", the day this portfolio is frozen at"
        } else {
            ""
        };
        format!("{}{frozen}", in_words(as_of))
    }

    /// Whether the portfolio is frozen at this day.
    #[must_use]
    pub fn is_frozen_at(&self, day: Date) -> bool {
        self.as_of == Some(day)
    }

    /// The pace of a standard.
    #[must_use]
    pub fn pace(&self, standard: usize) -> &Pace {
        let of = |wanted| self.paces.iter().find(|pace| pace.standard == wanted);
        of(Some(standard))
            .or_else(|| of(None))
            .map_or(&Pace::Even, |pace| &pace.pace)
    }

    /// Whether a reference is the learner's id, ignoring case and spacing.
    #[must_use]
    pub fn is_learner(&self, reference: &str) -> bool {
        let plain = |text: &str| {
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
        };
        !self.learner_id.trim().is_empty() && plain(&self.learner_id) == plain(reference)
    }

    /// Whether what is due at the planned end of the programme is due on a day. Without an end that
    /// can be read, nothing says that it is not.
    #[must_use]
    pub fn is_end_due(&self, on: Date) -> bool {
        self.planned_end.is_none_or(|end| on > end)
    }

    /// Whether any of these keys is unreadable.
    #[must_use]
    pub fn has_unreadable(&self, keys: &[&str]) -> bool {
        self.unread.iter().any(|key| keys.contains(key))
    }

    /// The last progress review held on or before a day.
    #[must_use]
    pub fn last_review(&self, by: Date) -> Option<&HeldReview> {
        self.reviews.iter().rev().find(|review| review.date <= by)
    }
}

/// The content of a public site besides public entries and their passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicSite {
    /// States and counts of criteria.
    pub states: Sharing,
    /// Feedback, and the author, verdict and date of decisions.
    pub feedback: Sharing,
}

/// Limits that a provider may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most codes on one entry; `None` for no limit.
    pub max_codes_per_entry: Option<u32>,
    /// The largest evidence file, in megabytes (10⁶ bytes).
    pub max_file_mb: u32,
    /// The most entries of one day.
    pub max_entries_per_day: u32,
    /// The most days between two entries.
    pub max_silence_days: u32,
    /// The least words in an account of training.
    pub min_learning_words: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_codes_per_entry: None,
            max_file_mb: 10,
            max_entries_per_day: 4,
            max_silence_days: 56,
            min_learning_words: 20,
        }
    }
}

/// An exact fraction of criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// Criteria that are evidenced.
    pub part: usize,
    /// Criteria in all; never 0.
    pub whole: usize,
}

impl Fraction {
    /// Parses `69/72`. Returns `None` if the text is not a fraction, or if its whole is 0.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (part, whole) = text.split_once('/')?;
        let number = |text: &str| {
            text.trim()
                .parse::<usize>()
                .ok()
                .filter(|number| *number <= 1_000_000)
        };
        let fraction = Self {
            part: number(part)?,
            whole: number(whole)?,
        };
        (fraction.whole > 0).then_some(fraction)
    }

    /// Whether it is the smaller share.
    #[must_use]
    pub fn is_less_than(self, other: Self) -> bool {
        self.part * other.whole < other.part * self.whole
    }

    /// Whether `counts` reaches it. Compared as a share, so that a waiver, which makes the whole
    /// smaller, does not fail it. Always false without criteria.
    #[must_use]
    pub fn is_met_by(self, counts: &StateCounts) -> bool {
        counts.total > 0 && counts.complete() * self.whole >= self.part * counts.out_of()
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.whole)
    }
}

/// A fraction that the portfolio is to reach.
#[derive(Debug)]
pub struct Threshold {
    /// The index of the standard; `None` for all standards together.
    pub standard: Option<usize>,
    /// The fraction.
    pub fraction: Fraction,
    /// Its place in the settings.
    pub place: Span,
}

/// Changes to a standard's rules. Absent ones leave the rule as it is.
#[derive(Debug, Default)]
pub struct RuleChanges {
    /// Pieces of evidence.
    pub min_pieces: Option<Known<u32>>,
    /// Different types.
    pub min_types: Option<Known<u32>>,
    /// Different events.
    pub min_events: Option<Known<u32>>,
    /// Months.
    pub currency_months: Option<Known<u32>>,
    /// Per cent.
    pub pass_mark_percent: Option<Known<u32>>,
    /// Attempts.
    pub max_attempts: Option<Known<u32>>,
    /// Types of evidence.
    pub evidence_types: Option<Known<Vec<EntryType>>>,
}

impl RuleChanges {
    /// `rules` with these changes.
    #[must_use]
    pub fn applied(&self, rules: &Rules) -> Rules {
        Rules {
            min_pieces: self.min_pieces.unwrap_or(rules.min_pieces),
            min_types: self.min_types.unwrap_or(rules.min_types),
            min_events: self.min_events.unwrap_or(rules.min_events),
            currency_months: self.currency_months.unwrap_or(rules.currency_months),
            pass_mark_percent: self.pass_mark_percent.unwrap_or(rules.pass_mark_percent),
            max_attempts: self.max_attempts.unwrap_or(rules.max_attempts),
            evidence_types: self
                .evidence_types
                .clone()
                .unwrap_or_else(|| rules.evidence_types.clone()),
        }
    }
}

/// An agreement that a criterion needs no evidence.
#[derive(Debug)]
pub struct Waiver {
    /// The waived criterion.
    pub criterion: CriterionId,
    /// The reason as a word, as in `prior-learning`.
    pub kind: String,
    /// The reason as a sentence.
    pub reason: String,
    /// Who agreed.
    pub by: String,
    /// When.
    pub date: Option<Date>,
    /// Until when.
    pub expires: Option<Date>,
    /// The code as typed, with its place.
    pub code: Spanned<String>,
}

/// A criterion that does not apply to this learner.
#[derive(Debug)]
pub struct LeftOut {
    /// The criterion that does not apply.
    pub criterion: CriterionId,
    /// Why.
    pub reason: String,
}
