//! Gateway checklists: the items that a standard asks for, and how a portfolio meets them.

use strum::{IntoStaticStr, VariantArray};

use super::Known;
use crate::text::{Span, Spanned};

/// One item that a standard asks for at the gateway.
#[derive(Clone, Debug)]
pub struct GatewayItem {
    /// Its id, unique within a standard.
    pub id: Spanned<String>,
    /// The requirement, as a sentence.
    pub asks: String,
    /// How it is judged.
    pub check: GatewayCheck,
    /// The part of the source that requires it.
    pub source: String,
    /// A note, such as whom it applies to.
    pub note: Option<String>,
}

impl GatewayItem {
    /// The items for a standard whose file lists none, at the place of its id.
    #[must_use]
    pub fn always_asked(place: Span) -> Vec<Self> {
        let authenticity = "authenticity".to_owned();
        [
            (
                "criteria",
                "Every criterion is evidenced",
                GatewayCheck::Criteria,
            ),
            ("referrals", "No code is referred", GatewayCheck::Referrals),
            ("privacy", "Nobody can be recognised", GatewayCheck::Privacy),
            (
                "authenticity",
                "The apprentice declares that the work is their own",
                GatewayCheck::Declaration(authenticity),
            ),
            (
                "unlisted",
                "Anything else that the standard asks for",
                GatewayCheck::Unlisted,
            ),
        ]
        .map(|(id, asks, check)| Self {
            id: Spanned::new(id.to_owned(), place),
            asks: asks.to_owned(),
            check,
            source: "asked for here of every standard".to_owned(),
            note: None,
        })
        .into()
    }
}

/// How a gateway item is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayCheck {
    /// Every criterion of the standard is evidenced or waived.
    Criteria,
    /// The off-the-job hours of the programme are recorded.
    OffTheJobHours,
    /// The learner has declared this, and has written nothing since.
    Declaration(String),
    /// Every piece that is handed in carries the confidentiality statement.
    Confidentiality,
    /// The types of evidence that the assessment takes are known.
    EvidenceTypes,
    /// No claim is referred.
    Referrals,
    /// No rule on privacy has a finding.
    Privacy,
    /// Other requirements of a standard whose file lists none.
    Unlisted,
    /// A piece of this type counts.
    PieceType(super::EntryType),
    /// `gateway` in `portfolio.yaml` records it.
    Record {
        /// The key there.
        name: String,
        /// The least number.
        at_least: Known<u32>,
        /// Whom it is not needed for; `None` if everybody needs it.
        not_needed: Option<String>,
    },
}

/// The name of a check in a standard's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum CheckWord {
    /// [`GatewayCheck::Criteria`].
    Criteria,
    /// [`GatewayCheck::OffTheJobHours`].
    OffTheJobHours,
    /// [`GatewayCheck::Declaration`].
    Declaration,
    /// [`GatewayCheck::Confidentiality`].
    Confidentiality,
    /// [`GatewayCheck::EvidenceTypes`].
    EvidenceTypes,
    /// [`GatewayCheck::Referrals`].
    Referrals,
    /// [`GatewayCheck::Privacy`].
    Privacy,
    /// [`GatewayCheck::PieceType`].
    PieceType,
    /// [`GatewayCheck::Record`].
    Record,
}

/// The state of one item, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum ItemState {
    /// It is known to be missing.
    NotMet,
    /// It is not recorded: the learner asks the provider.
    Unknown,
    /// A search found nothing, and it has not been checked by a person.
    ToConfirm,
    /// It is there.
    Met,
}

impl ItemState {
    /// The text for pages and the terminal.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotMet => "not met",
            Self::Unknown => "unknown",
            Self::ToConfirm => "to confirm",
            Self::Met => "met",
        }
    }
}

/// The state of a whole checklist, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Readiness {
    /// Something is known to be missing.
    NotReady,
    /// Nothing is known to be missing, and something is unknown or has to be confirmed by a person.
    ToConfirm,
    /// Everything is there.
    Ready,
}

impl Readiness {
    /// The combined state of items. No items at all are to be confirmed.
    pub fn of(states: impl IntoIterator<Item = ItemState>) -> Self {
        match states.into_iter().min() {
            Some(ItemState::NotMet) => Self::NotReady,
            Some(ItemState::Unknown | ItemState::ToConfirm) | None => Self::ToConfirm,
            Some(ItemState::Met) => Self::Ready,
        }
    }

    /// The text for headings.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotReady => "not ready",
            Self::ToConfirm => "to confirm",
            Self::Ready => "ready",
        }
    }
}

/// One item, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedItem {
    /// Index of the item in the standard.
    pub item: usize,
    /// Its state.
    pub state: ItemState,
    /// Why, in words.
    pub why: String,
    /// The next step, as a sentence; `None` if nothing is left to do.
    pub next: Option<String>,
    /// The command or the line of YAML for it, as a sentence, for reports that the apprentice reads;
    /// empty if there is none.
    pub how: String,
    /// Indexes of the entries concerned. Sentences do not name them, because not every audience may
    /// see each entry.
    pub entries: Vec<usize>,
}

impl JudgedItem {
    /// The next step, with the command or the line of YAML for it.
    #[must_use]
    pub fn advice(&self) -> Option<String> {
        let next = self.next.as_ref()?;
        Some(format!("{next} {}", self.how).trim_end().to_owned())
    }
}

/// One standard's checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardChecklist {
    /// Index of the standard in the portfolio.
    pub standard: usize,
    /// Its items, in the standard's order.
    pub items: Vec<JudgedItem>,
}

impl StandardChecklist {
    /// The state of the whole checklist.
    #[must_use]
    pub fn readiness(&self) -> Readiness {
        Readiness::of(self.items.iter().map(|item| item.state))
    }

    /// The number of items in a state.
    #[must_use]
    pub fn count(&self, state: ItemState) -> usize {
        self.items.iter().filter(|item| item.state == state).count()
    }

    /// The number of items in each state, as text.
    #[must_use]
    pub fn counts_in_words(&self) -> String {
        let counted = |state: ItemState| format!("{} {}", self.count(state), state.title());
        [
            ItemState::Met,
            ItemState::NotMet,
            ItemState::Unknown,
            ItemState::ToConfirm,
        ]
        .map(counted)
        .join(", ")
    }

    /// Items in the order in which to deal with them: worst first, then the standard's order.
    #[must_use]
    pub fn worst_first(&self) -> Vec<&JudgedItem> {
        let mut items: Vec<&JudgedItem> = self.items.iter().collect();
        items.sort_by_key(|item| item.state);
        items
    }
}

/// The checklists of a portfolio, in the order of its standards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// One for each standard that was judged.
    pub standards: Vec<StandardChecklist>,
    /// The state of the chain of decisions, as text.
    pub decisions: String,
    /// The state of the chain of decisions, for JSON.
    pub chain: &'static str,
    /// Whether decisions cannot be relied on, so that nothing is ready.
    pub is_broken: bool,
    /// Why standards of the portfolio cannot be judged, so that nothing is ready. Has no full stop.
    pub problem: Option<String>,
}

impl Checklist {
    /// The combined state of all checklists.
    #[must_use]
    pub fn readiness(&self) -> Readiness {
        let standards = self.standards.iter().map(StandardChecklist::readiness);
        let worst = standards.min().unwrap_or(Readiness::ToConfirm);
        if self.is_broken || self.problem.is_some() {
            Readiness::NotReady
        } else {
            worst
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readiness_is_that_of_the_worst_item() {
        use ItemState::{Met, NotMet, ToConfirm, Unknown};
        assert_eq!(Readiness::of([Met, Unknown, NotMet]), Readiness::NotReady);
        assert_eq!(Readiness::of([Met, Unknown]), Readiness::ToConfirm);
        assert_eq!(Readiness::of([Met, ToConfirm]), Readiness::ToConfirm);
        assert_eq!(Readiness::of([Met]), Readiness::Ready);
        assert_eq!(Readiness::of([]), Readiness::ToConfirm);
    }
}
