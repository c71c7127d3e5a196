//! The names in an entry, as the other entries need them.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::model::{Entry, IdentifierMatch};
use crate::privacy::{Confidence, Kind, surnames};

/// The names that an entry has for certain, and those that are names if another entry has them.
#[derive(Debug, Default)]
pub struct EntryNames {
    /// The surnames that it has for certain.
    pub certain: Vec<String>,
    possible: Vec<IdentifierMatch>,
    /// The surnames in each possible name, made when another entry has names.
    surnames: OnceLock<Vec<Vec<String>>>,
    /// The entry with some of its possible names, as it was last asked for.
    last: Mutex<Option<(Vec<usize>, Arc<Entry>)>>,
}

impl EntryNames {
    /// The names among identifiers that were `found`, and words that may be names.
    #[must_use]
    pub fn new(found: &[IdentifierMatch], possible: Vec<IdentifierMatch>) -> Self {
        let certain = found
            .iter()
            .filter(|one| one.kind == Kind::Name && one.confidence == Confidence::Certain);
        Self {
            certain: certain.flat_map(|one| surnames(&one.text)).collect(),
            possible,
            ..Self::default()
        }
    }

    /// The entry with those of its possible names that are `names` of other entries. The same names
    /// give the same entry again.
    pub fn follow(&self, entry: &Arc<Entry>, names: &HashSet<&str>) -> Arc<Entry> {
        let followed = self.find(names);
        if followed.is_empty() {
            return entry.clone();
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = last.as_ref().filter(|(known, _)| *known == followed) {
            return known.clone();
        }
        let more = followed.iter().map(|&at| self.possible[at].clone());
        let identifiers = entry.identifiers.with(more.collect());
        let made = Arc::new(Entry {
            identifiers,
            ..Entry::clone(entry)
        });
        *last = Some((followed, made.clone()));
        made
    }

    /// The places in the list of possible names of those that are among `names`.
    fn find(&self, names: &HashSet<&str>) -> Vec<usize> {
        if names.is_empty() {
            return Vec::new();
        }
        let all = || {
            self.possible
                .iter()
                .map(|one| surnames(&one.text))
                .collect()
        };
        let of_each = self.surnames.get_or_init(all).iter().enumerate();
        of_each
            .filter(|(_, surnames)| surnames.iter().any(|one| names.contains(one.as_str())))
            .map(|(at, _)| at)
            .collect()
    }
}
