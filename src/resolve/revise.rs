//! One entry that was edited, put in the place of what it was.

use super::entries::{self, World};
use super::{Codes, take};
use crate::diagnostic::Fault;
use crate::model::{Entry, Portfolio};
use crate::parse::{DraftEntry, Parsed};

/// Puts an edited entry in the place of what it was, where the rest of the portfolio cannot have changed by that: the
/// entry keeps its id and its day, has no attachments, and nobody has decided about it. Else nothing is touched, and the
/// portfolio has to be resolved anew.
///
/// What comes of it is what resolving anew would give.
#[must_use]
pub fn revise(portfolio: &mut Portfolio, faults: &mut Vec<Fault>, edited: Parsed<DraftEntry>) -> bool {
    let path = edited.value.source.path.clone();
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
    let mut found = Vec::new();
    let draft = take(edited, &mut found);
    let new = alone(portfolio, draft, &mut found);
    let old = &portfolio.entries[at];
    if new.date != old.date || new.uses != old.uses || !new.attachments.is_empty() {
        return false;
    }
    portfolio.entries[at] = new;
    faults.retain(|fault| fault.place.path != path);
    faults.append(&mut found);
    true
}

fn alone(portfolio: &Portfolio, draft: DraftEntry, faults: &mut Vec<Fault>) -> Entry {
    let codes = Codes::new(&portfolio.catalogue);
    let world = World {
        codes: &codes,
        models: &portfolio.models,
        evidence: &portfolio.evidence,
        consents: &portfolio.consents,
    };
    let (entry, links) = entries::entry(draft, false, &world, faults);
    entries::check_references(&entry, &links, &portfolio.index, &world, faults);
    entry
}
