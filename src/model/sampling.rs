//! The sampling plan of internal quality assurance.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::IdentifierMatch;

/// A sampling plan. Keys that are absent ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SamplingPlan {
    /// The seed of the draw; `None` to derive it from the decisions.
    pub seed: Option<String>,
    /// The first day of the decisions that are sampled.
    pub from: Option<Date>,
    /// Their last day.
    pub until: Option<Date>,
    /// The day by which every drawn piece is to be reviewed.
    pub due: Option<Date>,
    /// The share of each assessor's decisions to draw.
    pub shares: Shares,
    /// Assessors with shares of their own.
    pub assessors: Vec<AssessorShares>,
    /// Methods of assessment that the sample has to include.
    pub methods: Vec<String>,
    /// The site of each candidate, by the candidate's reference.
    pub sites: BTreeMap<String, String>,
    /// Identifiers in the file. They are covered in all values.
    pub identifiers: Vec<IdentifierMatch>,
}

/// Shares in per cent, from 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Of all pieces.
    pub all: Option<u32>,
    /// Of pieces with a claim that is not accepted.
    pub interim: Option<u32>,
    /// Of those that are.
    pub summative: Option<u32>,
}

/// The shares for one assessor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessorShares {
    /// The assessor, by reference.
    pub id: String,
    /// The shares that differ.
    pub shares: Shares,
    /// The reason, such as an assessor being new.
    pub reason: Option<String>,
}

impl SamplingPlan {
    /// The shares for one assessor: the assessor's own, or else those for all.
    #[must_use]
    pub fn shares_for(&self, assessor: &str) -> Shares {
        let own = self
            .assessors
            .iter()
            .find(|one| one.id == assessor)
            .map(|one| one.shares);
        let own = own.unwrap_or_default();
        Shares {
            all: own.all.or(self.shares.all),
            interim: own.interim.or(self.shares.interim),
            summative: own.summative.or(self.shares.summative),
        }
    }
}
