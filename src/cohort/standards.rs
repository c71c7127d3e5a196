//! The standards of a cohort. Learners can have different versions of one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::facts::{HeatCell, LearnerFacts, StandardFacts};
use crate::model::Known;

/// What keeps standards apart: id, version, and the day of the last change.
pub type StandardKey<'a> = (&'a str, Option<&'a str>, Option<Date>);

/// A standard of one learner or more.
#[derive(Clone, Debug)]
pub struct CohortStandard<'a> {
    /// What keeps it apart from the others.
    pub key: StandardKey<'a>,
    /// The title, or the id if the title cannot be shown.
    pub title: &'a str,
    /// The codes that apply to a learner or more, in natural order.
    pub codes: Vec<&'a str>,
    /// Whether the cohort has another version of it.
    pub(super) has_versions: bool,
    /// Whether another standard or version has its title.
    pub(super) shares_title: bool,
}

impl StandardFacts {
    /// What keeps the standard apart from others.
    #[must_use]
    pub fn key(&self) -> StandardKey<'_> {
        let version = self.version.known().map(String::as_str);
        let updated = match self.updated {
            Known::Known(day) => Some(day),
            Known::Unknown => None,
        };
        (&self.id, version, updated)
    }
}

impl CohortStandard<'_> {
    /// The title; with id and version where others have the same.
    #[must_use]
    pub fn heading(&self) -> String {
        let (id, ..) = self.key;
        match (self.shares_title, self.has_versions) {
            (false, _) => self.title.to_owned(),
            (true, false) => format!("{} ({id})", self.title),
            (true, true) if self.title == id => format!("{id} ({})", self.version_words()),
            (true, true) => format!("{} ({id}, {})", self.title, self.version_words()),
        }
    }

    /// The id; with the version where the cohort has another one.
    #[must_use]
    pub fn short_name(&self) -> String {
        let (id, ..) = self.key;
        if self.has_versions {
            format!("{id} {}", self.version_words())
        } else {
            id.to_owned()
        }
    }

    fn version_words(&self) -> String {
        match self.key {
            (_, Some(version), Some(updated)) => format!("version {version}, updated {updated}"),
            (_, Some(version), None) => format!("version {version}"),
            (_, None, Some(updated)) => format!("updated {updated}"),
            (_, None, None) => "version unknown".to_owned(),
        }
    }

    /// Whether a learner has this version.
    #[must_use]
    pub fn is_of(&self, facts: &LearnerFacts) -> bool {
        self.find(facts).is_some()
    }

    fn find<'f>(&self, facts: &'f LearnerFacts) -> Option<&'f StandardFacts> {
        facts.standards.iter().find(|one| one.key() == self.key)
    }

    /// The cells of a learner in the order of the codes; `None` where a code does not apply.
    #[must_use]
    pub fn cells(&self, facts: &LearnerFacts) -> Vec<Option<HeatCell>> {
        let Some(known) = self.find(facts) else {
            return vec![None; self.codes.len()];
        };
        let cells = known.codes.iter().map(String::as_str).zip(&known.cells);
        let cells: BTreeMap<&str, HeatCell> = cells.map(|(code, cell)| (code, *cell)).collect();
        let codes = self.codes.iter();
        codes.map(|code| cells.get(code).copied()).collect()
    }
}
