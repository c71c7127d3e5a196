//! Facts about filtered sources that can no longer be computed from them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The facts that a filtered portfolio states, because what they follow from is not in it. They are
/// believed and never verified: whoever shows a result of them says that it is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedFacts {
    /// Those of entries, by path.
    pub entries: BTreeMap<String, StatedEntry>,
    /// The digests of decision files of which a part is left out, by path.
    pub decisions: BTreeMap<String, String>,
}

/// The stated facts of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedEntry {
    /// The digests of its whole text, the current form first; empty if they can be computed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub digests: Vec<String>,
    /// Its event, if the day of the event is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<StatedEvent>,
}

/// An event without its day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedEvent {
    /// The same number means the same day.
    pub number: u32,
    /// Criteria, as `st0215:K7`, for which the event is out of date.
    pub out_of_date: BTreeSet<String>,
}
