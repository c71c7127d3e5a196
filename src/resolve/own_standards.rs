//! Standards of a workspace beside those that the program carries: what is not byte for byte the program's own is never
//! official.

use std::collections::{BTreeMap, BTreeSet};

use super::is_embedded;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::Standard;
use crate::parse::Parsed;

/// Takes `official` from every standard of the workspace whose file is not that of the program, marks those that take the
/// place of one of its standards, and notes both.
pub fn mark_own_standards(standards: &mut [Parsed<Option<Standard>>]) {
    let carried = standards.iter().filter_map(|one| one.value.as_ref()).filter(|one| is_embedded(&one.path));
    let carried: BTreeMap<[u8; 32], String> =
        carried.map(|one| (one.text_hash, one.id.value.clone())).collect();
    let ids: BTreeSet<String> = carried.values().cloned().collect();
    for one in standards {
        let Some(standard) = &mut one.value else { continue };
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
            (false, true) => "`official: true` has no effect: the program carries no such file".to_owned(),
            (false, false) => continue,
        };
        let fix = if standard.replaces {
            "give it an id of its own, or delete it"
        } else {
            "write `official: false`"
        };
        let kind = FaultKind::InvalidStandard { problem, fix: fix.to_owned() };
        one.faults.push(Fault { place: Place::new(&standard.path, standard.id.span), kind });
    }
}
