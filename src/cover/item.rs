//! Constructors of checklist items. The index of the item and its entries are set by the caller.

use crate::model::{ItemState, JudgedItem};

/// An item that is met.
pub(super) fn met(why: impl Into<String>) -> JudgedItem {
    judged(ItemState::Met, why, None)
}

/// An item that is not met.
pub(super) fn not_met(why: impl Into<String>, next: impl Into<String>) -> JudgedItem {
    judged(ItemState::NotMet, why, Some(next.into()))
}

/// An item whose state cannot be known from the portfolio.
pub(super) fn unknown(why: impl Into<String>, next: impl Into<String>) -> JudgedItem {
    judged(ItemState::Unknown, why, Some(next.into()))
}

/// An item that a person has to confirm.
pub(super) fn to_confirm(why: impl Into<String>, next: impl Into<String>) -> JudgedItem {
    judged(ItemState::ToConfirm, why, Some(next.into()))
}

/// An item with the command or the line of YAML for its next step.
pub(super) fn with_how(how: impl Into<String>, item: JudgedItem) -> JudgedItem {
    let how = how.into();
    JudgedItem { how, ..item }
}

/// An item with the entries that it is about.
pub(super) fn about(entries: Vec<usize>, item: JudgedItem) -> JudgedItem {
    JudgedItem { entries, ..item }
}

fn judged(state: ItemState, why: impl Into<String>, next: Option<String>) -> JudgedItem {
    JudgedItem {
        item: 0,
        state,
        why: why.into(),
        next,
        how: String::new(),
        entries: Vec::new(),
    }
}
