//! What a file with the program states without proof: as much of it as can be, is checked.

use std::collections::BTreeMap;

use super::Snapshot;
use super::filtered_copy::list_states;
use super::pack_manifest::{PackManifest, PackParts, StateDifference};
use super::pack_shared::{DECISIONS_FILTERED, is_left_out_sentence};
use crate::model::State;
use crate::report::PackProblem;

const MANIFEST: &str = "manifest.json";

/// The statements of a file, and what is wrong with them.
#[derive(Default)]
pub(super) struct CheckedStatements {
    pub problems: Vec<PackProblem>,
    /// Sentences about criteria whose state does not follow from the file. False ones are left out.
    pub differences: Vec<String>,
    /// Sentences about what is left out. Those that no program writes are left out.
    pub left_out: Vec<String>,
}

/// Checks statements by the portfolio that the sources make. What the computed states are is only
/// known if it `is_by_own_keys`.
pub(super) fn find_false_statements(
    manifest: &PackManifest,
    parts: &PackParts,
    opened: &Snapshot,
    is_by_own_keys: bool,
) -> CheckedStatements {
    let mut checked = CheckedStatements::default();
    let computed = list_states(&opened.portfolio, &opened.coverage);
    let mut last = "";
    for one in &manifest.differences {
        let flaw = find_false_part(one, last, &computed, is_by_own_keys);
        match flaw {
            Some(words) => checked
                .problems
                .push(PackProblem::new("manifest", &one.code, words)),
            None => checked.differences.push(one.words()),
        }
        last = &one.code;
    }
    for words in &manifest.left_out {
        if is_left_out_sentence(words) {
            checked.left_out.push(words.clone());
        } else {
            checked.report("has a sentence about what is left out that no program writes");
        }
    }
    let says_so = manifest
        .left_out
        .iter()
        .any(|one| one == DECISIONS_FILTERED);
    if says_so == manifest.stated.decisions.is_empty() {
        checked.report("does not say rightly whether parts of decision files are left out");
    }
    let stated = &manifest.stated;
    for path in stated.entries.keys().chain(stated.decisions.keys()) {
        if !parts.sources.contains_key(path) {
            let words = "is stated, and is not in the file";
            checked
                .problems
                .push(PackProblem::new("manifest", path, words));
        }
    }
    checked
}

impl CheckedStatements {
    fn report(&mut self, words: &str) {
        self.problems
            .push(PackProblem::new("manifest", MANIFEST, words));
    }
}

/// Why a difference cannot be one, behind its code. Codes are in order, so none is listed twice.
fn find_false_part(
    one: &StateDifference,
    last: &str,
    computed: &BTreeMap<String, &'static str>,
    is_by_own_keys: bool,
) -> Option<String> {
    let Some(state) = computed.get(&one.code) else {
        return Some("is listed as a code of another state, and there is no such code".to_owned());
    };
    let stated = one.stated.as_str();
    let is_state = State::ALL.iter().any(|state| state.title() == stated);
    if !is_state || one.stated == one.computed || one.code.as_str() <= last {
        return Some("is not listed as the program lists codes of another state".to_owned());
    }
    (is_by_own_keys && one.computed != *state).then(|| {
        format!(
            "is listed as “{}” by what is in this file, and is “{state}”",
            one.computed
        )
    })
}
