//! Codes of entries under another version of their standard.

use std::collections::BTreeMap;

use super::catalogue::{Codes, Lookup};
use super::digest::Replaced;
use crate::model::{Code, StandardMap, StandardsLock};

/// The new spellings of old codes, while entries still have the old ones.
pub(super) struct Rename<'a> {
    map: &'a StandardMap,
    renamed: BTreeMap<String, String>,
}

impl<'a> Rename<'a> {
    /// `None` if entries are not to be rewritten by the map.
    pub(super) fn new(map: &'a StandardMap, lock: &StandardsLock) -> Option<Self> {
        lock.is_due(map).then(|| Self {
            map,
            renamed: map.renamed(),
        })
    }

    /// How a code is written now; `None` if it stays, or is one of another standard.
    pub(super) fn rename(&self, typed: &str, codes: &Codes<'_>) -> Option<String> {
        let (prefix, code) = split(typed, &self.map.standard.value)?;
        let now = self.renamed.get(&Code::fold(code))?;
        let is_other = || match codes.find_only(typed) {
            Lookup::Found { id, .. } => codes.id_of(id) != self.map.standard.value,
            Lookup::Ambiguous(_) => true,
            _ => false,
        };
        if Code::fold(now) == Code::fold(code) || (prefix.is_empty() && is_other()) {
            return None;
        }
        Some(format!("{prefix}{now}"))
    }
}

/// The standard before a code, with its colon, and the code; `None` if it names another standard.
fn split<'t>(typed: &'t str, standard: &str) -> Option<(&'t str, &'t str)> {
    match typed.split_once(':') {
        Some((named, code)) if named.trim() == standard => {
            Some((&typed[..=named.len()], code.trim()))
        }
        Some(_) => None,
        None => Some(("", typed.trim())),
    }
}

/// The codes of an entry as they were under earlier versions: a list of replacements for each
/// version from which maps lead to the present one.
pub(super) fn spell_back(tokens: &[Replaced], lock: &StandardsLock) -> Vec<Vec<Replaced>> {
    let mut all = Vec::new();
    for map in lock.maps.iter().filter(|_| !tokens.is_empty()) {
        let mut standards = lock.current.iter();
        let standard = standards.position(|one| one.id == map.standard.value);
        let Some(path) = standard.and_then(|at| lock.path(at, &map.from)) else {
            continue;
        };
        let back: Vec<BTreeMap<String, String>> =
            path.iter().rev().map(|map| map.renamed_back()).collect();
        let spelt = tokens.iter().map(|token| Replaced {
            span: token.span,
            by: spell_one(&token.by, &map.standard.value, &back),
        });
        all.push(spelt.collect());
    }
    all
}

fn spell_one(typed: &str, standard: &str, back: &[BTreeMap<String, String>]) -> String {
    let Some((prefix, code)) = split(typed, standard) else {
        return typed.to_owned();
    };
    let mut code = code.to_owned();
    for step in back {
        if let Some(old) = step.get(&Code::fold(&code)) {
            code.clone_from(old);
        }
    }
    format!("{prefix}{code}")
}
