//! The plan of a cohort: who looks after whom, and the rules that colours come from.

use std::collections::{BTreeMap, BTreeSet};

use strum::{IntoStaticStr, VariantArray};

use super::IdentifierMatch;

/// Who looks after a cohort's learners, and how their portfolios are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CohortPlan {
    /// The title of the report; `None` if the plan has none.
    pub title: Option<String>,
    /// Learners by reference, as [`fold_reference`] writes it.
    pub learners: BTreeMap<String, PlannedLearner>,
    /// The rules, in the order of the file.
    pub rules: Vec<ColourRule>,
    /// The share of each assessor's decisions that gets a second look, in per cent.
    pub second_look_percent: Option<u32>,
    /// Identifiers in the file. They are covered in all values.
    pub identifiers: Vec<IdentifierMatch>,
}

impl CohortPlan {
    /// The people and places around a learner; empty if the plan does not name the learner.
    #[must_use]
    pub fn seat(&self, learner: &str) -> Seat {
        let planned = self.learners.get(&fold_reference(learner));
        planned.map(|one| one.seat.clone()).unwrap_or_default()
    }

    /// The patterns of delivery that only rules have, and those that only learners have. Without
    /// rules for a pattern there are none of either.
    #[must_use]
    pub fn compare_deliveries(&self) -> (Vec<&str>, Vec<&str>) {
        let rules = self.rules.iter().filter_map(|one| one.delivery.as_deref());
        let rules: BTreeSet<&str> = rules.collect();
        let learners = self.learners.values().map(|one| one.seat.delivery.as_str());
        let learners: BTreeSet<&str> = learners.filter(|name| !name.is_empty()).collect();
        if rules.is_empty() {
            return (Vec::new(), Vec::new());
        }
        (
            rules.difference(&learners).copied().collect(),
            learners.difference(&rules).copied().collect(),
        )
    }
}

/// A learner of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedLearner {
    /// The reference as it is written.
    pub id: String,
    /// The people and places.
    pub seat: Seat,
}

/// A learner's reference for comparison: `AP-7` and `ap-7` are one learner.
#[must_use]
pub fn fold_reference(id: &str) -> String {
    id.trim().to_lowercase()
}

/// The people and places around one learner, by reference. Empty if the plan does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// The tutor.
    pub tutor: String,
    /// The assessor.
    pub assessor: String,
    /// The site.
    pub site: String,
    /// The pattern of delivery, as in `block-release`.
    pub delivery: String,
}

/// A measure over a threshold gives a colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColourRule {
    /// The measure.
    pub measure: Measure,
    /// The threshold: the rule applies to values above it.
    pub over: u32,
    /// The colour that it gives.
    pub colour: RiskColour,
    /// The pattern of delivery that it is for; `None` for all that have no rule of their own.
    pub delivery: Option<String>,
    /// Where the threshold comes from.
    pub source: String,
}

/// How urgently a learner needs attention, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum RiskColour {
    /// Act today.
    Red,
    /// Look at it this week.
    Amber,
    /// Something that is needed to judge is not known.
    Unknown,
    /// Nothing is over a threshold, and everything is known.
    Green,
}

impl RiskColour {
    /// The words beside the colour.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Red => "act today",
            Self::Amber => "look this week",
            Self::Unknown => "unknown",
            Self::Green => "on plan",
        }
    }
}

/// What a rule measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Measure {
    /// Criteria behind the plan, in per cent of those expected by now.
    BehindPercent,
    /// Hours behind the plan, in per cent of those planned by now.
    HoursBehindPercent,
    /// Days since the last submitted entry.
    SilentDays,
    /// Calendar months without active learning, up to the last full month.
    MonthsWithoutLearning,
    /// Days since the last progress review.
    ReviewDays,
    /// 1 if the last progress review was held or signed by two parties only.
    TwoPartyReview,
    /// Days between the last progress review and its last signature.
    SignatureDays,
    /// Days that the oldest entry waits for an assessor.
    WaitingDays,
    /// Days since the oldest open referral.
    ReferralDays,
    /// Claims on which assessors disagree.
    ContestedClaims,
    /// 1 if the decisions cannot be relied on.
    UnsoundDecisions,
    /// Errors found by privacy rules.
    PrivacyErrors,
    /// Days after the planned end, unless everything is ready.
    PastEndDays,
}

impl Measure {
    /// The words that people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::BehindPercent => "% of the expected criteria missing",
            Self::HoursBehindPercent => "% of the planned hours missing",
            Self::SilentDays => "days since the last entry",
            Self::MonthsWithoutLearning => "months without active learning",
            Self::ReviewDays => "days since the last review",
            Self::TwoPartyReview => "last review by two of three parties",
            Self::SignatureDays => "days until the last review was signed",
            Self::WaitingDays => "days that the oldest entry waits",
            Self::ReferralDays => "days since the oldest open referral",
            Self::ContestedClaims => "contested claims",
            Self::UnsoundDecisions => "decisions that cannot be relied on",
            Self::PrivacyErrors => "errors on privacy",
            Self::PastEndDays => "days past the planned end",
        }
    }
}
