//! Shares of assessors' pieces.

use serde::Serialize;

use super::population::{Assessed, AssessmentStage};
use crate::model::SamplingPlan;
use crate::text::natural;

/// A share of one assessor's pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quota {
    /// The assessor, by reference.
    pub assessor: String,
    /// The stage of the pieces; `None` for all stages.
    pub stage: Option<AssessmentStage>,
    /// The share in per cent.
    pub percent: u32,
    /// Pieces in the period.
    pub of: usize,
    /// Pieces that have to be drawn: the share, rounded up.
    pub asked: usize,
    /// Drawn pieces among them.
    pub drawn: usize,
    /// Drawn pieces among them that were looked at.
    pub looked_at: usize,
}

impl Quota {
    /// Whether a piece belongs to the quota.
    pub(super) fn includes(&self, piece: &Assessed) -> bool {
        piece.assessor == self.assessor && self.stage.is_none_or(|stage| stage == piece.stage)
    }
}

/// The quotas of a plan, by assessor in natural order. Nothing is drawn yet.
pub(super) fn quotas(pieces: &[Assessed], plan: &SamplingPlan) -> Vec<Quota> {
    let mut assessors: Vec<&str> = pieces.iter().map(|piece| piece.assessor.as_str()).collect();
    assessors.sort_by(|a, b| natural(a, b));
    assessors.dedup();
    let mut quotas = Vec::new();
    for assessor in assessors {
        let shares = plan.shares_for(assessor);
        let shares = [
            (None, shares.all),
            (Some(AssessmentStage::Interim), shares.interim),
            (Some(AssessmentStage::Summative), shares.summative),
        ];
        for (stage, percent) in shares {
            let Some(percent) = percent else { continue };
            let mut quota = Quota {
                assessor: assessor.to_owned(),
                stage,
                percent,
                of: 0,
                asked: 0,
                drawn: 0,
                looked_at: 0,
            };
            quota.of = pieces.iter().filter(|piece| quota.includes(piece)).count();
            quota.asked = (quota.of * percent as usize).div_ceil(100);
            quotas.push(quota);
        }
    }
    quotas
}
