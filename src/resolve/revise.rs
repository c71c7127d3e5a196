//! One entry that was edited, put in the place of what it was.

use super::entries::{self, World};
use crate::diagnostic::Fault;
use crate::model::Portfolio;
use crate::parse::{DraftEntry, Parsed};

/// Puts an edited entry in the place of what it was, where the rest of the portfolio cannot have changed by that: the
/// entry keeps its id and its day, has no attachments, and nobody has decided about it. Else nothing is touched, and the
/// portfolio has to be resolved anew.
///
/// What comes of it is what resolving anew would give.
#[must_use]
pub fn revise(
    portfolio: &mut Portfolio,
    faults: &mut Vec<Fault>,
    edited: Parsed<DraftEntry>,
    text: &str,
) -> bool {
    let path = edited.value.path.clone();
    let Some(at) = portfolio.index.by_path(&path) else {
        return false;
    };
    let old = &portfolio.entries[at];
    if old.id != edited.value.id.value
        || old.shares_id
        || !(old.decisions.is_empty() && old.attachments.is_empty())
    {
        return false;
    }
    let world = World::of(portfolio);
    let mut new = super::lone(edited, text, &world);
    entries::check_references(
        &new.entry,
        &new.links,
        &portfolio.index,
        &world,
        &mut new.faults,
    );
    drop(world);
    let old = &portfolio.entries[at];
    if new.entry.date != old.date || new.entry.uses != old.uses || !new.entry.attachments.is_empty()
    {
        return false;
    }
    portfolio.entries[at] = new.entry;
    faults.retain(|fault| fault.place.path != path);
    faults.append(&mut new.faults);
    true
}
