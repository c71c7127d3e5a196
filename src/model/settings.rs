//! What `portfolio.yaml` says.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{CriterionId, Known, Profile, Rules};
use crate::diagnostic::Level;
use crate::text::Spanned;

/// The learner's settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The portfolio's title.
    pub title: String,
    /// The learner's pseudonym.
    pub learner_id: String,
    /// The learner's name, where it is given.
    pub learner_name: Option<String>,
    /// The employer, where one is given.
    pub employer: Option<String>,
    /// The cohort, where one is given.
    pub cohort: Option<String>,
    /// First day of the programme.
    pub start: Option<Date>,
    /// Last planned day of the programme.
    pub planned_end: Option<Date>,
    /// How strict `check` is.
    pub profile: Profile,
    /// Codes that one entry may be tagged with.
    pub max_codes_per_entry: Option<u32>,
    /// Levels of single rules.
    pub levels: BTreeMap<String, Level>,
    /// Theme of the site.
    pub theme: String,
    /// Language of the site, as in `en-GB`.
    pub language: String,
    /// Address at which the site will stand, or empty.
    pub base_url: String,
    /// Where each standard is named, in the order of the portfolio's standards.
    pub standards: Vec<Spanned<String>>,
}

/// Changes to a standard's rules; what is not named stays as it is.
#[derive(Clone, Debug, Default)]
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
            evidence_types: rules.evidence_types.clone(),
        }
    }
}

/// Somebody's decision that a criterion needs no evidence here.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// What is waived.
    pub criterion: CriterionId,
    /// Why in a word, as in `prior-learning`.
    pub kind: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Who agreed.
    pub by: String,
    /// When.
    pub date: Option<Date>,
    /// Until when.
    pub expires: Option<Date>,
    /// Where it stands.
    pub code: Spanned<String>,
}

/// A criterion that does not apply to this learner.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// What does not apply.
    pub criterion: CriterionId,
    /// Why.
    pub reason: String,
}
