//! What an internal quality assurer plans to sample.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Revealed;

/// A plan for sampling. What it does not say is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SamplingPlan {
    /// What the draw is made from; none where it is to come from the decisions themselves.
    pub seed: Option<String>,
    /// The first day of the decisions that are sampled.
    pub from: Option<Date>,
    /// Their last day.
    pub until: Option<Date>,
    /// The day by which every drawn piece is to be looked at.
    pub due: Option<Date>,
    /// How much of what each assessor decided is drawn.
    pub shares: Shares,
    /// Assessors of whose work another share is drawn.
    pub assessors: Vec<AssessorShares>,
    /// Methods of assessment that have to be in the sample.
    pub methods: Vec<String>,
    /// Where candidates are assessed, by their reference.
    pub sites: BTreeMap<String, String>,
    /// What in the file identifies somebody. No value holds any of it.
    pub identifiers: Vec<Revealed>,
}

/// Shares in per cent, from 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Of all pieces.
    pub all: Option<u32>,
    /// Of those that are not accepted throughout yet.
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
    /// Why they do, as for somebody new to the work.
    pub reason: Option<String>,
}

impl SamplingPlan {
    /// The shares for one assessor: the assessor's own before those for all.
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
