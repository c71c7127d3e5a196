//! What a rule sees.

use crate::diagnostic::{Fault, FaultKind, Finding, Place, Subject};
use crate::model::{Coverage, CriterionId, Entry, Line, Portfolio};
use crate::text::SourcePath;

/// A portfolio with its coverage and all that did not fit, as rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    faults: &'a [Fault],
}

impl<'a> Case<'a> {
    /// Puts together what rules see.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio, coverage: &'a Coverage, faults: &'a [Fault]) -> Self {
        Self { portfolio, coverage, faults }
    }

    /// Gives every fault to `tell` and collects the findings it makes.
    pub fn each_fault(
        &self,
        found: &mut Vec<Finding>,
        mut tell: impl FnMut(&FaultKind, Place, Subject) -> Option<Finding>,
    ) {
        for fault in self.faults {
            let subject = self.subject(&fault.place.path);
            found.extend(tell(&fault.kind, fault.place.clone(), subject));
        }
    }

    /// Tells each word that a key cannot take, for the keys that `concerns` picks, with what to write instead.
    pub fn each_unknown_word(
        &self,
        found: &mut Vec<Finding>,
        rule: &'static str,
        concerns: impl Fn(&str) -> bool,
        message: impl Fn(&str, &str) -> String,
    ) {
        self.each_fault(found, |kind, place, subject| {
            let FaultKind::UnknownWord { key, word, nearest, allowed } = kind else {
                return None;
            };
            let help = nearest.map_or_else(
                || format!("use one of: {}", allowed.join(", ")),
                |word| format!("did you mean `{word}`?"),
            );
            concerns(key).then(|| Finding::new(rule, place, subject, message(key, word)).help(help))
        });
    }

    /// What a finding in a file is about: the entry, or the file.
    #[must_use]
    pub fn subject(&self, path: &SourcePath) -> Subject {
        match self.portfolio.index.by_path(path) {
            Some(at) => Subject::Entry(self.portfolio.entries[at].id.clone()),
            None => Subject::File(path.to_string()),
        }
    }

    /// The entry as a subject.
    #[must_use]
    pub fn entry_subject(&self, entry: &Entry) -> Subject {
        Subject::Entry(entry.id.clone())
    }

    /// Every line of the coverage that no waiver takes out.
    pub fn open_lines(&self) -> impl Iterator<Item = &'a Line> {
        let lines = self.coverage.standards.iter().flat_map(|standard| &standard.lines);
        lines.filter(|line| !line.is_waived())
    }

    /// A criterion as a subject.
    #[must_use]
    pub fn criterion_subject(&self, id: CriterionId) -> Subject {
        Subject::Criterion(self.portfolio.catalogue.full_code(id))
    }

    /// Where a finding about a criterion points: its standard in `portfolio.yaml`.
    #[must_use]
    pub fn criterion_place(&self, id: CriterionId) -> Place {
        let portfolio = self.portfolio;
        let standard = &portfolio.catalogue.standard(id.standard).id.value;
        let named = portfolio.settings.standards.iter().find(|named| named.value == *standard);
        Place::new(&portfolio.settings_path, named.map(|named| named.span).unwrap_or_default())
    }

    /// The beginning of a criterion's statement, for a message: `K33 (Methods for collecting research data …)`.
    #[must_use]
    pub fn criterion_title(&self, id: CriterionId) -> String {
        let criterion = self.portfolio.catalogue.criterion(id);
        let Some(text) = criterion.text.known() else {
            return criterion.code.value.to_string();
        };
        let mut short = String::new();
        for word in text.split_whitespace() {
            if short.chars().count() + word.chars().count() > 60 {
                short.push_str(" …");
                break;
            }
            if !short.is_empty() {
                short.push(' ');
            }
            short.push_str(word);
        }
        format!("{} ({short})", criterion.code.value)
    }
}
