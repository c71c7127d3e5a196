//! Whether a waiver holds on a day.

use jiff::civil::Date;

use crate::model::{CriterionId, Portfolio, Waiver};

/// How a waiver stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverStanding {
    /// It waives its criterion.
    Holds,
    /// It does not say who agreed.
    ByNobody,
    /// The learner agreed to it alone.
    ByLearner,
    /// It is agreed on a later day.
    NotYet(Date),
    /// Another one for the same criterion decides, which was agreed on this day.
    Replaced(Option<Date>),
    /// It ran out on this day.
    Expired(Date),
}

impl WaiverStanding {
    /// Whether it is the waiver that decides, also where it ran out.
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(self, Self::Holds | Self::Expired(_))
    }
}

/// How one of the portfolio's waivers stands on a day. Of several for one criterion the one agreed last decides; of
/// those agreed on one day, the one that ends first.
#[must_use]
pub fn waiver_standing(portfolio: &Portfolio, waiver: &Waiver, as_of: Date) -> WaiverStanding {
    if let Some(flaw) = flaw(portfolio, waiver, as_of) {
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
        others.find(|one| rank(one) > rank(waiver) && flaw(portfolio, one, as_of).is_none());
    match (later, waiver.expires) {
        (Some(later), _) => WaiverStanding::Replaced(later.date),
        (None, Some(last)) if last < as_of => WaiverStanding::Expired(last),
        (None, _) => WaiverStanding::Holds,
    }
}

/// Why a waiver decides nothing on a day, whatever others there are.
fn flaw(portfolio: &Portfolio, waiver: &Waiver, as_of: Date) -> Option<WaiverStanding> {
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

/// The waiver that holds for a criterion on a day, whether or not the criterion is covered by now.
#[must_use]
pub fn waiver(portfolio: &Portfolio, criterion: CriterionId, as_of: Date) -> Option<&Waiver> {
    let mut waivers = portfolio
        .waivers
        .iter()
        .filter(|waiver| waiver.criterion == criterion);
    waivers.find(|waiver| waiver_standing(portfolio, waiver, as_of) == WaiverStanding::Holds)
}
