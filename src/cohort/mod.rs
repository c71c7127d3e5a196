//! Many learners at once: what each needs, from the evidence itself and with reasons.
//!
//! A portfolio is judged as every other command judges it, and [`LearnerFacts`] keeps the figures
//! that a cohort is read by: no title, passage, feedback or day of an event. The portfolio is dropped
//! before the next one is read.
//!
//! Colours come from rules alone ([`judge`]): a [`Measure`](crate::model::Measure) over a threshold.
//! A measure that cannot be taken makes the colour *unknown* unless another one is over its
//! threshold, and is never green. Every colour has its reasons in words.
//!
//! Every folder that is named and every learner of the plan has a [`Row`]. A row whose portfolio
//! cannot be judged says why, and the others stay as they are.

mod assessors;
mod facts;
mod forecast;
mod judge;
mod learning;
mod lists;
mod measures;
mod pseudonyms;
mod reviews;
mod row;
mod standards;
mod words;

pub use assessors::{AssessorTally, Tallies, TallyLine, Unusual, days_to_decide, wilson};
pub use facts::{
    Checked, EntryCounts, HeatCell, LearnerFacts, LifeStage, StandardFacts, WaitingWork,
};
pub use forecast::{Forecast, Lateness};
pub use judge::{RiskReason, default_rules, judge, signing_days};
pub use learning::{is_on_break, name_month};
pub use lists::Cohort;
pub use measures::{Measured, measure};
pub use pseudonyms::PseudonymKey;
pub use reviews::ReviewFacts;
pub use row::Row;
pub use standards::{CohortStandard, StandardKey};
pub use words::{
    end_words, finish_words, gateway_words, owner_words, people_words, percent, second_look_words,
    tally_words, unusual_words, waiting_words,
};
