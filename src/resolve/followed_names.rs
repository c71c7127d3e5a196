//! Names that one entry has for certain, followed into the others.

use std::collections::HashSet;
use std::sync::Arc;

use super::entries::StandaloneEntry;
use crate::model::Entry;

/// The entries, in the same order, each with the names of the others that it has, too.
pub(super) fn follow_names(standalone: &[Arc<StandaloneEntry>]) -> Vec<Arc<Entry>> {
    let certain = standalone.iter().flat_map(|one| &one.names.certain);
    let names: HashSet<&str> = certain.map(String::as_str).collect();
    let entries = standalone.iter();
    entries
        .map(|one| one.names.follow(&one.entry, &names))
        .collect()
}
