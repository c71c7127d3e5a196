//! Waivers in force on a day.

use jiff::civil::Date;

use crate::model::{CriterionId, Portfolio, Waiver};

/// The effect of a waiver on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverStanding {
    /// It is in force.
    Holds,
    /// Without effect: it does not say who agreed.
    ByNobody,
    /// Without effect: only the learner agreed.
    ByLearner,
    /// Not yet in force: it is agreed on this later day.
    NotYet(Date),
    /// Replaced by another waiver of the criterion, agreed on this day.
    Replaced(Option<Date>),
    /// It expired on this day.
    Expired(Date),
}

impl WaiverStanding {
    /// Whether no other waiver of the criterion replaces it, even if it has expired.
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(self, Self::Holds | Self::Expired(_))
    }
}

/// The effect of a waiver on a day. Of several waivers of a criterion, the one agreed last decides;
/// of those agreed on one day, the one that ends first.
#[must_use]
pub fn waiver_standing(portfolio: &Portfolio, waiver: &Waiver, as_of: Date) -> WaiverStanding {
    if let Some(flaw) = find_flaw(portfolio, waiver, as_of) {
        return flaw;
    }
    let rank = |one: &Waiver| {
        (
            one.date,
            std::cmp::Reverse(one.expires.unwrap_or(Date::MAX)),
            one.code.span.start,
        )
    };
    let mut others = portfolio
        .waivers
        .iter()
        .filter(|one| one.criterion == waiver.criterion);
    let later =
        others.find(|one| rank(one) > rank(waiver) && find_flaw(portfolio, one, as_of).is_none());
    match (later, waiver.expires) {
        (Some(later), _) => WaiverStanding::Replaced(later.date),
        (None, Some(last)) if last < as_of => WaiverStanding::Expired(last),
        (None, _) => WaiverStanding::Holds,
    }
}

/// Why a waiver is without effect on a day, regardless of others.
fn find_flaw(portfolio: &Portfolio, waiver: &Waiver, as_of: Date) -> Option<WaiverStanding> {
    let by = waiver.by.trim();
    if by.is_empty() || by == "unknown" {
        Some(WaiverStanding::ByNobody)
    } else if portfolio.settings.is_learner(by) {
        Some(WaiverStanding::ByLearner)
    } else {
        waiver
            .date
            .filter(|date| *date > as_of)
            .map(WaiverStanding::NotYet)
    }
}

/// The waiver in force for a criterion on a day, even if the criterion is covered.
#[must_use]
pub fn waiver(portfolio: &Portfolio, criterion: CriterionId, as_of: Date) -> Option<&Waiver> {
    let mut waivers = portfolio
        .waivers
        .iter()
        .filter(|waiver| waiver.criterion == criterion);
    waivers.find(|waiver| waiver_standing(portfolio, waiver, as_of) == WaiverStanding::Holds)
}
