//! Decisions under the version of a standard that they were made under: what their codes mean now,
//! and whether the statements say the same.

use crate::model::{
    Catalogue, Code, CriterionId, DecisionFile, LockedStandard, MapRow, Relation, StandardMap,
    StandardsLock, Wording,
};

/// Compares the wording of today with the wording that decisions were made under.
#[derive(Clone, Copy)]
pub(super) struct Wordings<'a> {
    pub catalogue: &'a Catalogue,
    pub lock: &'a StandardsLock,
}

/// What a code of a decision file means now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MappedCode {
    /// The criteria that took its place; none if it is gone.
    pub criteria: Vec<CriterionId>,
    /// Whether an acceptance stays.
    pub wording: Wording,
    /// The other codes of the same version that were merged with it, and have to be accepted too.
    pub merged: Vec<String>,
}

impl Wordings<'_> {
    /// Whether a criterion says the same as when `file` decided about the code that it has now.
    pub(super) fn judge(&self, file: &DecisionFile, criterion: CriterionId) -> Wording {
        let id = &self.catalogue.standard(criterion.standard).id.value;
        let Some(then) = file.version_of(id, self.lock) else {
            return if file.names_version(id) {
                Wording::Lost
            } else {
                Wording::Unknown
            };
        };
        let code = self.catalogue.code(criterion).as_str();
        self.compare(then, code, criterion)
    }

    fn compare(&self, then: &LockedStandard, old: &str, criterion: CriterionId) -> Wording {
        let now = &self.lock.current[criterion.standard];
        if is_same(then, old, now, self.catalogue.code(criterion).as_str()) {
            Wording::Same
        } else {
            Wording::Changed
        }
    }

    /// Reads a code of a decision file through the maps that lead from its version to the present
    /// one; `None` if there are none, or no map of a single standard has the code.
    pub(super) fn read(&self, file: &DecisionFile, typed: &str) -> Option<MappedCode> {
        if self.lock.maps.is_empty() {
            return None;
        }
        let (named, code) = match typed.split_once(':') {
            Some((standard, code)) => (Some(standard.trim()), code.trim()),
            None => (None, typed.trim()),
        };
        let mut found = None;
        for standard in 0..self.lock.current.len() {
            let id = &self.lock.current[standard].id;
            if named.is_some_and(|named| named != id) {
                continue;
            }
            let path = self.digest_of(file, id);
            let path = path.and_then(|digest| self.lock.path(standard, digest));
            let has = match &path {
                Some(path) => path[0].row(code).is_some(),
                None => self.lock.current[standard].statement(code).is_some(),
            };
            if has && found.is_some() {
                // A code of two standards was ambiguous when it was written, too.
                return None;
            }
            if has {
                found = Some((standard, path));
            }
        }
        let (standard, path) = found?;
        Some(self.follow(file, standard, &path?, code))
    }

    /// The digest of the version that a file was made under, named or not.
    fn digest_of<'f>(&'f self, file: &'f DecisionFile, id: &str) -> Option<&'f str> {
        let mut named = file.standards.iter();
        if let Some((_, digest)) = named.find(|(named, _)| named == id) {
            return Some(digest);
        }
        if let Some(version) = file.version_of(id, self.lock) {
            return Some(&version.digest);
        }
        let day = file.author.as_ref()?.date;
        let is_before = |map: &&StandardMap| {
            map.standard.value == id && map.before.is_some_and(|before| day < before)
        };
        let map = self.lock.maps.iter().find(is_before)?;
        Some(&map.from)
    }

    /// Follows a code along maps.
    fn follow(
        &self,
        file: &DecisionFile,
        standard: usize,
        path: &[&StandardMap],
        code: &str,
    ) -> MappedCode {
        let mut codes = vec![code.to_owned()];
        let mut wording = Wording::Same;
        let mut merged = Vec::new();
        for map in path {
            let mut next = Vec::new();
            for code in &codes {
                let Some(row) = map.row(code) else {
                    // A code that the map leaves out means the same only if its words do.
                    wording = Wording::Changed;
                    next.push(code.clone());
                    continue;
                };
                if !keeps_meaning(row) {
                    wording = Wording::Changed;
                }
                if row.relation == Relation::Merged {
                    let folded = Code::fold(code);
                    let others = row.from.iter().filter(|one| Code::fold(one) != folded);
                    merged.extend(others.cloned());
                }
                next.extend(row.to.iter().cloned());
            }
            codes = next;
        }
        if path.len() > 1 && !merged.is_empty() {
            // Their codes are those of different versions.
            (wording, merged) = (Wording::Changed, Vec::new());
        }
        let criteria: Vec<CriterionId> = codes
            .iter()
            .filter_map(|code| self.criterion(standard, code))
            .collect();
        let is_plain = path.iter().all(|map| {
            map.rows
                .iter()
                .all(|row| !row.same_meaning || !row.from.iter().any(|one| one == code))
        });
        if let ([one], true, true) = (&criteria[..], is_plain, merged.is_empty()) {
            // A map that says "moved" cannot give an acceptance other words.
            let id = &self.lock.current[standard].id;
            let digest = self.digest_of(file, id);
            let then = digest.and_then(|digest| self.lock.find(id, digest));
            let compared = then.map(|then| self.compare(then, code, *one));
            if compared == Some(Wording::Changed) {
                wording = Wording::Changed;
            }
        }
        MappedCode {
            criteria,
            wording,
            merged,
        }
    }

    fn criterion(&self, standard: usize, code: &str) -> Option<CriterionId> {
        let folded = Code::fold(code);
        let mut criteria = self.catalogue.standard(standard).criteria.iter();
        let criterion = criteria.position(|one| Code::fold(one.code.value.as_str()) == folded)?;
        Some(CriterionId {
            standard,
            criterion,
        })
    }
}

/// Whether a row leaves acceptances as they are.
fn keeps_meaning(row: &MapRow) -> bool {
    match row.relation {
        Relation::Kept | Relation::Moved | Relation::Merged => true,
        Relation::Reworded => row.same_meaning,
        Relation::Split | Relation::New | Relation::Gone | Relation::Unsure => false,
    }
}

/// Whether a code of one version has the kind and the words of a code of another. Two statements
/// whose words are unknown are the same if their codes are.
fn is_same(then: &LockedStandard, old: &str, now: &LockedStandard, new: &str) -> bool {
    if then.digest == now.digest && old == new {
        return true;
    }
    match (then.statement(old), now.statement(new)) {
        (Some(then), Some(now)) => {
            let are_known = then.words.known().is_some();
            then.kind == now.kind && then.words == now.words && (are_known || old == new)
        }
        _ => false,
    }
}
