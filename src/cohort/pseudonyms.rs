//! Keyed pseudonyms: the same person has the same one wherever the same key is used.

use std::fmt;

use super::facts::StandardFacts;
use super::judge::{RiskReason, default_rules};
use super::lists::Cohort;
use super::row::Row;
use crate::model::{CohortPlan, Known, RiskColour, Seat};
use crate::text::{hmac_sha256_hex, is_plain_id};

/// The fewest bytes of a key.
const FEWEST: usize = 16;

/// A secret that a provider keeps. Without it no pseudonym can be computed or compared.
#[derive(Clone)]
pub struct PseudonymKey(Vec<u8>);

impl fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret is in no message.
        f.write_str("PseudonymKey")
    }
}

impl PseudonymKey {
    /// A key from the bytes of a file, without line ends at its end; `None` if it is shorter than
    /// 16 bytes, which could be guessed.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let end = bytes
            .iter()
            .rposition(|byte| !matches!(byte, b'\n' | b'\r'))?;
        let key = &bytes[..=end];
        (key.len() >= FEWEST).then(|| Self(key.to_owned()))
    }

    /// The pseudonym of a reference: its HMAC-SHA-256. Empty for an empty reference.
    #[must_use]
    pub fn of(&self, reference: &str) -> String {
        if reference.is_empty() {
            return String::new();
        }
        hmac_sha256_hex(&self.0, reference.as_bytes())
    }

    /// A word of a standard, such as its id or a code: as it is written if it is a plain id, or else
    /// its pseudonym, because an own standard can have any text there.
    #[must_use]
    pub fn of_word(&self, word: &str) -> String {
        if is_plain_id(word) {
            word.to_owned()
        } else {
            self.of(word)
        }
    }

    /// A row without references and folders, and without words that may have them.
    #[must_use]
    pub fn over_row(&self, row: Row) -> Row {
        let seat = Seat {
            tutor: self.of(&row.seat.tutor),
            assessor: self.of(&row.seat.assessor),
            site: self.of(&row.seat.site),
            delivery: self.of(&row.seat.delivery),
        };
        let mut covered = Row {
            learner: self.of(&row.learner),
            folder: String::new(),
            seat,
            ..row
        };
        match &mut covered.facts {
            None => covered.reasons = vec![general("no portfolio could be judged")],
            Some(facts) => {
                for standard in &mut facts.standards {
                    standard.title.clear();
                }
                facts.cohort = facts.cohort.take().filter(|name| is_plain_id(name));
                for standard in &mut facts.standards {
                    self.cover_standard(standard);
                }
                if facts.standards_problem.is_some() {
                    let words = "a standard cannot be judged";
                    facts.standards_problem = Some(words.to_owned());
                    covered.reasons.retain(|reason| reason.measure.is_some());
                    covered.reasons.push(general(words));
                    covered.reasons.sort_by_key(|reason| reason.colour);
                }
            }
        }
        covered
    }

    fn cover_standard(&self, standard: &mut StandardFacts) {
        standard.id = self.of_word(&standard.id);
        let version = standard.version.known();
        if version.is_some_and(|version| !is_plain_id(version)) {
            standard.version = Known::Unknown;
        }
        if !standard.codes.iter().all(|code| is_plain_id(code)) {
            let codes = standard.codes.iter().map(|code| self.of_word(code));
            standard.codes = codes.collect();
        }
    }

    /// A plan without its title, its learners and the words of its rules.
    fn cover_plan(&self, plan: &mut CohortPlan) {
        plan.title = None;
        plan.learners.clear();
        let built_in = default_rules();
        for rule in &mut plan.rules {
            if !built_in.contains(rule) {
                rule.delivery = rule.delivery.take().map(|name| self.of(&name));
                "a rule of the plan".clone_into(&mut rule.source);
            }
        }
    }

    /// A cohort with pseudonyms instead of references, in their order.
    #[must_use]
    pub fn over(&self, mut cohort: Cohort) -> Cohort {
        self.cover_plan(&mut cohort.plan);
        cohort.rows = cohort
            .rows
            .into_iter()
            .map(|row| self.over_row(row))
            .collect();
        cohort.rows.sort_by(|a, b| a.learner.cmp(&b.learner));
        cohort.tallies = cohort.tallies.renamed(|assessor| self.of(assessor));
        cohort
    }
}

fn general(words: &str) -> RiskReason {
    RiskReason::general(RiskColour::Unknown, words.to_owned())
}
