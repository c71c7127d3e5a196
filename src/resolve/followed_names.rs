//! Names that one entry has for certain, followed into the others.

use std::collections::HashSet;
use std::sync::Arc;

use super::entries::StandaloneEntry;
use crate::model::{Entry, IdentifierMatch};
use crate::privacy::{Confidence, Kind, surnames};

/// The entries, in the same order, each with the names of the others that it has, too.
pub(super) fn follow_names(standalone: &[Arc<StandaloneEntry>]) -> Vec<Arc<Entry>> {
    let found = standalone
        .iter()
        .flat_map(|one| &one.entry.identifiers.found);
    let is_certain =
        |one: &&IdentifierMatch| one.kind == Kind::Name && one.confidence == Confidence::Certain;
    let names: HashSet<String> = found
        .filter(is_certain)
        .flat_map(|one| surnames(&one.text))
        .collect();
    if names.is_empty() {
        return standalone.iter().map(|one| one.entry.clone()).collect();
    }
    let follow = |one: &Arc<StandaloneEntry>| {
        let is_name = |word: &&IdentifierMatch| {
            let mut words = surnames(&word.text).into_iter();
            words.any(|word| names.contains(&word))
        };
        let more: Vec<IdentifierMatch> =
            one.possible_names.iter().filter(is_name).cloned().collect();
        if more.is_empty() {
            return one.entry.clone();
        }
        let identifiers = one.entry.identifiers.with(more);
        let entry = Entry::clone(&one.entry);
        Arc::new(Entry {
            identifiers,
            ..entry
        })
    };
    standalone.iter().map(follow).collect()
}
