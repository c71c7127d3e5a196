//! Keyed pseudonyms: the same person has the same one wherever the same key is used.

use super::judge::RiskReason;
use super::lists::Cohort;
use super::row::Row;
use crate::model::{RiskColour, Seat};
use crate::text::{hmac_sha256_hex, is_plain_id};

/// The fewest bytes of a key.
const FEWEST: usize = 16;

/// A secret that a provider keeps. Without it no pseudonym can be computed or compared.
#[derive(Clone)]
pub struct PseudonymKey(Vec<u8>);

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

    /// A cohort with pseudonyms instead of references, in their order.
    #[must_use]
    pub fn over(&self, mut cohort: Cohort) -> Cohort {
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
