//! The names of rules, of their kinds, and of rules of earlier versions.

use std::collections::BTreeMap;

use super::levels::Levels;
use crate::text::nearest;

/// The names that findings can have, and rules that have kinds.
#[derive(Debug)]
pub struct Names {
    levels: BTreeMap<&'static str, Levels>,
    kinds: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Names {
    /// Collects names with their levels, and for each rule that has kinds the names of these.
    #[must_use]
    pub fn new(
        levels: BTreeMap<&'static str, Levels>,
        kinds: BTreeMap<&'static str, Vec<&'static str>>,
    ) -> Self {
        Self { levels, kinds }
    }

    /// The levels of a rule or kind; `None` if no finding has this name.
    #[must_use]
    pub fn levels(&self, name: &str) -> Option<Levels> {
        self.levels.get(name).copied()
    }

    /// Message and help about a name that no finding has.
    #[must_use]
    pub fn explain_unknown(&self, name: &str) -> (String, String) {
        if let Some(kinds) = self.kinds.get(name) {
            return (
                format!("`{name}` has several kinds, and findings name the kind"),
                format!("name one of them: {}", kinds.join(", ")),
            );
        }
        if let Some(words) = explain_renamed(name) {
            return words;
        }
        let help = match nearest(name, self.levels.keys().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "delete it; `ksbfolio explain --all` lists all rules".to_owned(),
        };
        (format!("no rule is called `{name}`"), help)
    }
}

/// Names that no rule has any more, sorted, each with the rule that took over; `None` if the defect
/// is no longer reported.
pub(super) const RENAMED: &[(&str, Option<&str>)] = &[
    ("ambiguous-code", Some("unknown-code")),
    ("ambiguous-date", Some("bad-date")),
    ("changed-after-acceptance", Some("stale-claim")),
    ("closed-before-agreed", Some("action-never-closed")),
    ("date-in-future", Some("impossible-date")),
    ("duplicate-code", Some("untidy-code")),
    ("empty-stage", Some("missing-stage")),
    ("evidence-out-of-date", Some("thin-criterion")),
    ("missing-practice-detail", Some("missing-detail")),
    ("missing-witness-role", Some("missing-detail")),
    ("non-canonical-code", Some("untidy-code")),
    ("stage-order", None),
    ("superseded-code", Some("unknown-code")),
    ("too-many-attempts", Some("unbound-decision")),
    ("unknown-consent", Some("unknown-reference")),
    ("unknown-model", Some("unknown-reference")),
    ("unknown-setting", Some("unknown-reference")),
    ("unknown-standard", Some("unknown-reference")),
    ("unknown-status", Some("unknown-word")),
    ("unknown-type", Some("unknown-word")),
    ("written-before-event", Some("impossible-date")),
    ("wrong-case", Some("missing-file")),
];

/// The rule that took over from `name`; `None` if there is none.
#[must_use]
pub fn successor(name: &str) -> Option<&'static str> {
    RENAMED.iter().find(|(old, _)| *old == name)?.1
}

/// Message and help about the name of an earlier version; `None` for any other name.
#[must_use]
pub fn explain_renamed(name: &str) -> Option<(String, String)> {
    let (old, new) = RENAMED.iter().find(|(old, _)| *old == name)?;
    Some(match new {
        Some(new) => (
            format!("the rule `{old}` is now part of `{new}`"),
            format!("write `{new}`, or delete it"),
        ),
        None => (
            format!("the rule `{old}` no longer exists"),
            "delete it".to_owned(),
        ),
    })
}
