//! Standards of a workspace beside the built-in ones. Only a byte-for-byte copy of a built-in file
//! is official.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{GatewayItem, ProgrammeRules, Standard};
use crate::parse::Parsed;
use crate::text::SourcePath;

/// Whether a path is that of a built-in file. No file of a workspace has such a path.
pub(super) fn is_embedded(path: &SourcePath) -> bool {
    path.as_str().starts_with("ksbfolio:")
}

fn embedded(standards: &[Parsed<Option<Standard>>]) -> impl Iterator<Item = &Standard> {
    let standards = standards.iter().filter_map(|one| one.value.as_ref());
    standards.filter(|one| is_embedded(&one.path))
}

/// Clears `official` of the workspace's standards unless they copy a built-in file, and marks those
/// that replace a built-in standard. Both are recorded as faults.
pub fn mark_own_standards(standards: &mut [Parsed<Option<Standard>>]) {
    let carried: BTreeMap<[u8; 32], String> = embedded(standards)
        .map(|one| (one.text_hash, one.id.value.clone()))
        .collect();
    let ids: BTreeSet<String> = carried.values().cloned().collect();
    for one in standards {
        let Some(standard) = &mut one.value else {
            continue;
        };
        if is_embedded(&standard.path) || carried.contains_key(&standard.text_hash) {
            continue;
        }
        standard.replaces = ids.contains(&standard.id.value);
        let was_official = std::mem::replace(&mut standard.official, false);
        let (problem, fix) = match (standard.replaces, was_official) {
            (true, _) => (
                format!(
                    "this file takes the place of the program's own {}; it is named on every \
                     cover and is not official",
                    standard.id.value
                ),
                "give it an id of its own, or delete it",
            ),
            (false, true) => (
                "`official: true` has no effect: the program carries no such file".to_owned(),
                "write `official: false`",
            ),
            (false, false) => continue,
        };
        let kind = FaultKind::InvalidStandard {
            problem,
            fix: fix.to_owned(),
        };
        one.faults.push(Fault {
            place: Place::new(&standard.path, standard.id.span),
            kind,
        });
    }
}

/// Chooses the rules on programmes in force: the workspace's first file, else the built-in one. If
/// the workspace replaces the built-in rules, those are returned second, and a fault is recorded.
pub(super) fn choose_programme(
    parsed: Vec<Parsed<Option<ProgrammeRules>>>,
    faults: &mut Vec<Fault>,
) -> (Option<ProgrammeRules>, Option<ProgrammeRules>) {
    let read = parsed.into_iter().filter_map(|one| {
        faults.extend(one.faults);
        one.value
    });
    let (carried, own): (Vec<_>, Vec<_>) = read.partition(|rules| is_embedded(&rules.path));
    let Some(carried) = carried.into_iter().next() else {
        return (own.into_iter().next(), None);
    };
    let Some(own) = own
        .into_iter()
        .find(|rules| rules.text_hash != carried.text_hash)
    else {
        return (Some(carried), None);
    };
    let problem = "these rules take the place of the program's own; they are named with the hours, \
                   and never lower a minimum";
    let kind = FaultKind::InvalidStandard {
        problem: problem.to_owned(),
        fix: "delete the file, unless your provider works by these rules".to_owned(),
    };
    faults.push(Fault {
        place: Place::new(&own.path, own.id.span),
        kind,
    });
    (Some(own), Some(carried))
}

/// Gives every standard a gateway list: one that replaces a built-in standard keeps its list and
/// adds new items; one without a list gets the items that every standard asks for.
pub(super) fn complete_gateways(standards: &mut [Parsed<Option<Standard>>]) {
    let carried: BTreeMap<String, Vec<GatewayItem>> = embedded(standards)
        .map(|one| (one.id.value.clone(), one.gateway.clone()))
        .collect();
    for standard in standards.iter_mut().filter_map(|one| one.value.as_mut()) {
        if let Some(official) = carried
            .get(&standard.id.value)
            .filter(|_| standard.replaces)
        {
            let own = std::mem::replace(&mut standard.gateway, official.clone());
            let is_new =
                |one: &GatewayItem| official.iter().all(|other| other.id.value != one.id.value);
            standard.gateway.extend(own.into_iter().filter(is_new));
        }
        if standard.gateway.is_empty() {
            standard.gateway = GatewayItem::always_asked(standard.id.span);
        }
    }
}
