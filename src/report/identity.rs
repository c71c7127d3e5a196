//! Which portfolio a report is about: learner, cohort, as-of date, and versions of standards.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Portfolio, Standard};

/// The names that every report for programs carries, so that one file is enough to know what it is
/// about.
#[derive(Clone, Debug, Serialize)]
pub struct Identity {
    /// The learner's id; empty if the settings do not name it.
    learner: String,
    /// The cohort.
    cohort: Option<String>,
    /// The day by which the portfolio is judged.
    as_of: String,
    /// Its standards, in the portfolio's order.
    standards: Vec<StandardIdentity>,
}

#[derive(Clone, Debug, Serialize)]
struct StandardIdentity {
    id: String,
    version: Option<String>,
    updated: Option<String>,
}

impl Identity {
    /// The columns that tables end with.
    pub(super) const COLUMNS: [&str; 4] = ["Learner", "Cohort", "As of", "Standard versions"];

    /// The identity of a portfolio on a day.
    #[must_use]
    pub fn of(portfolio: &Portfolio, as_of: Date) -> Self {
        let standards = portfolio.catalogue.standards.iter();
        Self {
            learner: portfolio.settings.learner_id.clone(),
            cohort: portfolio.settings.cohort.clone(),
            as_of: as_of.to_string(),
            standards: standards
                .map(|(standard, _)| StandardIdentity::of(standard))
                .collect(),
        }
    }

    /// The cells of [`Self::COLUMNS`].
    pub(super) fn cells(&self) -> [String; 4] {
        let standards = self.standards.iter().map(StandardIdentity::words);
        let standards: Vec<String> = standards.collect();
        [
            self.learner.clone(),
            self.cohort.clone().unwrap_or_default(),
            self.as_of.clone(),
            standards.join("; "),
        ]
    }
}

impl StandardIdentity {
    /// Its id and version in words.
    fn words(&self) -> String {
        describe_standard(&self.id, self.version.as_deref(), self.updated.as_deref())
    }

    fn of(standard: &Standard) -> Self {
        Self {
            id: standard.id.value.clone(),
            version: standard.standard_version.known().cloned(),
            updated: standard.updated.known().map(ToString::to_string),
        }
    }
}

/// A standard with its version in words: the awarding body's, or else the day of its last change.
pub(super) fn describe_standard(id: &str, version: Option<&str>, updated: Option<&str>) -> String {
    match (version, updated) {
        (Some(version), _) => format!("{id} version {version}"),
        (None, Some(updated)) => format!("{id} updated {updated}"),
        (None, None) => format!("{id} version unknown"),
    }
}
