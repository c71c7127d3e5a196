//! The reasons of a cohort's colours, each with the learners that have it.

use serde::Serialize;

use super::cohort_learners::{RowIndex, label};
use super::rows::StateLabel;
use crate::cohort::{Cohort, Row};
use crate::model::{Measure, RiskColour, Word};

/// Reasons by colour.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonTable {
    /// The colours.
    pub columns: Vec<StateLabel>,
    /// A row for each reason that a learner has.
    pub rows: Vec<ReasonLine>,
}

/// A reason, with its learners.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonLine {
    /// The reason.
    pub name: &'static str,
    /// The learners for each colour.
    pub cells: Vec<Vec<NamedRow>>,
}

/// A learner, with the number of the row.
#[derive(Clone, Debug, Serialize)]
pub struct NamedRow {
    /// The number of the row.
    pub row: usize,
    /// The learner's id, or else the folder.
    pub name: String,
}

/// The colours that a reason can give.
const COLOURS: [RiskColour; 3] = [RiskColour::Red, RiskColour::Amber, RiskColour::Unknown];

/// Lists the learners of each reason, in the order of the measures.
pub(super) fn tabulate_reasons(cohort: &Cohort, index: &RowIndex) -> ReasonTable {
    let measures = Measure::ALL.iter().map(|measure| Some(*measure));
    let rows = measures.chain([None]).filter_map(|measure| {
        let of_colour = |colour: RiskColour| -> Vec<NamedRow> {
            let has = |row: &&Row| {
                let mut reasons = row.reasons.iter();
                reasons.any(|one| one.measure == measure && one.colour == colour)
            };
            let rows = cohort.rows.iter().filter(has);
            let named = |row: &Row| NamedRow {
                row: index.number(row),
                name: row.name().to_owned(),
            };
            rows.map(named).collect()
        };
        let cells: Vec<Vec<NamedRow>> = COLOURS.into_iter().map(of_colour).collect();
        let is_empty = cells.iter().all(Vec::is_empty);
        (!is_empty).then(|| ReasonLine {
            name: measure.map_or("cannot be judged", name_reason),
            cells,
        })
    });
    ReasonTable {
        columns: COLOURS.map(label).into(),
        rows: rows.collect(),
    }
}

/// A reason in a few words.
fn name_reason(measure: Measure) -> &'static str {
    match measure {
        Measure::BehindPercent => "behind the plan",
        Measure::HoursBehindPercent => "behind on hours off the job",
        Measure::SilentDays => "silent",
        Measure::MonthsWithoutLearning => "months without active learning",
        Measure::ReviewDays => "progress review overdue",
        Measure::TwoPartyReview => "last review by two of three parties",
        Measure::SignatureDays => "last review signed late",
        Measure::WaitingDays => "waiting for an assessor",
        Measure::ReferralDays => "sent back, and not resubmitted",
        Measure::ContestedClaims => "assessors disagree",
        Measure::UnsoundDecisions => "decisions cannot be relied on",
        Measure::PrivacyErrors => "something may identify a person",
        Measure::PastEndDays => "past the planned end",
    }
}
