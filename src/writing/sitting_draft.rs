//! The decisions of an assessor as they are typed, before they are a decision file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The decisions of one assessor on any number of entries.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptSitting {
    /// The assessor's reference.
    pub who: String,
    /// Their role, by its word.
    pub role: String,
    /// The day, as `2026-04-02`; empty for today.
    pub day: String,
    /// A draft for each entry.
    pub entries: Vec<DraftJudgement>,
}

/// The judgement of one entry, as it is typed. Nothing in it is answered beforehand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftJudgement {
    /// The path of the entry.
    pub path: String,
    /// Its title, for the list.
    pub title: String,
    /// The digest of what was read.
    pub digest: String,
    /// Verdicts by code: `accepted`, `partly` or `referred`.
    #[serde(default)]
    pub verdicts: BTreeMap<String, String>,
    /// Feedback on single codes.
    #[serde(default)]
    pub notes: BTreeMap<String, String>,
    /// The answered rules of evidence for what is accepted.
    #[serde(default)]
    pub accepted: BTreeMap<String, bool>,
    /// The answered rules of evidence for what is sent back.
    #[serde(default)]
    pub back: BTreeMap<String, bool>,
    /// Feedback on the whole entry.
    #[serde(default)]
    pub feedback: String,
}
