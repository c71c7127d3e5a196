//! Standards of a workspace beside those that the program carries: what is not byte for byte the program's own is never
//! official.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_embedded, take};
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{GatewayItem, ProgrammeRules, Standard};
use crate::parse::Parsed;

/// Takes `official` from every standard of the workspace whose file is not that of the program, marks those that take the
/// place of one of its standards, and notes both.
pub fn mark_own_standards(standards: &mut [Parsed<Option<Standard>>]) {
    let carried = standards
        .iter()
        .filter_map(|one| one.value.as_ref())
        .filter(|one| is_embedded(&one.path));
    let carried: BTreeMap<[u8; 32], String> = carried
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
        let problem = match (standard.replaces, was_official) {
            (true, _) => format!(
                "this file takes the place of the program's own {}; it is named on every cover and is not official",
                standard.id.value
            ),
            (false, true) => {
                "`official: true` has no effect: the program carries no such file".to_owned()
            }
            (false, false) => continue,
        };
        let fix = if standard.replaces {
            "give it an id of its own, or delete it"
        } else {
            "write `official: false`"
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

/// The rules on programmes in force: the first of the workspace, else the program's own. Where they are not the program's
/// own, those come back beside them, and it is noted.
pub fn programme(
    parsed: Vec<Parsed<Option<ProgrammeRules>>>,
    faults: &mut Vec<Fault>,
) -> (Option<ProgrammeRules>, Option<ProgrammeRules>) {
    let read = parsed.into_iter().filter_map(|one| take(one, faults));
    let (carried, own): (Vec<_>, Vec<_>) = read.partition(|rules| is_embedded(&rules.path));
    // On its own, a file takes no other's place.
    let Some(carried) = carried.into_iter().next() else {
        return (own.into_iter().next(), None);
    };
    let Some(own) = own
        .into_iter()
        .find(|rules| rules.text_hash != carried.text_hash)
    else {
        return (Some(carried), None);
    };
    let problem = "these rules take the place of the program's own; they are named with the hours, and never lower a minimum";
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

/// Gives every standard a list for the gateway: one that takes the place of a standard of the program keeps that one's
/// list, with what its own adds; one without a list asks for what every standard does.
pub fn complete_gateways(standards: &mut [Parsed<Option<Standard>>]) {
    let carried = standards
        .iter()
        .filter_map(|one| one.value.as_ref())
        .filter(|one| is_embedded(&one.path));
    let carried: BTreeMap<String, Vec<GatewayItem>> = carried
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
