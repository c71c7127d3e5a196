//! Replaces an edited entry.

use super::context::ResolveContext;
use super::entries::resolve_standalone;
use super::links::check_references;
use crate::diagnostic::Fault;
use crate::model::Portfolio;
use crate::parse::{DraftEntry, Parsed};

/// Replaces an edited entry if that cannot change anything else: its id, date and used files stay,
/// and it has neither attachments nor decisions. The result equals a full resolve.
///
/// Returns false, and changes nothing, if the portfolio has to be resolved anew.
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
    let context = ResolveContext::of(portfolio);
    let mut new = resolve_standalone(edited, text, &context);
    check_references(
        &new.entry,
        &new.links,
        &portfolio.index,
        &context,
        &mut new.faults,
    );
    drop(context);
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
