//! Everyday words for those that keys take, for suggestions.

/// Words as people write them, and the word that is meant.
const MEANT: [(&[&str], &str); 9] = [
    (
        &[
            "done",
            "final",
            "finished",
            "complete",
            "completed",
            "ready",
            "handed in",
            "submit",
            "published",
            "yes",
        ],
        "submitted",
    ),
    (
        &[
            "wip",
            "in progress",
            "unfinished",
            "started",
            "todo",
            "to do",
            "not finished",
            "no",
        ],
        "draft",
    ),
    (
        &[
            "reflective account",
            "reflective",
            "reflective log",
            "journal",
            "diary",
            "learning log",
        ],
        "reflection",
    ),
    (
        &["testimony", "witness", "witness statement"],
        "witness-testimony",
    ),
    (
        &["direct observation", "observed", "observation record"],
        "observation",
    ),
    (
        &["discussion", "pd", "professional dialogue", "interview"],
        "professional-discussion",
    ),
    (
        &[
            "training",
            "course",
            "study day",
            "workshop",
            "e-learning",
            "elearning",
        ],
        "cpd",
    ),
    (&["essay", "coursework", "exam"], "assignment"),
    (&["me", "myself", "hidden", "secret"], "private"),
];

/// The allowed word that is meant.
pub(super) fn meant(typed: &str, allowed: &[&'static str]) -> Option<&'static str> {
    let typed = typed.to_lowercase();
    let found = MEANT
        .iter()
        .find(|(words, meant)| allowed.contains(meant) && words.contains(&typed.as_str()));
    found.map(|(_, meant)| *meant)
}

/// Kinds of codes, which are keys for `ksbs` and for items of its list: `Knowledge: K7, K8`.
pub(super) const KINDS_OF_CODES: [&str; 7] = [
    "knowledge",
    "skill",
    "skills",
    "behaviour",
    "behaviours",
    "behavior",
    "behaviors",
];

/// Keys of entries as people and other programs write them, and the key that is meant; `None` for
/// what entries do not have.
const MEANT_KEYS: [(&[&str], Option<&str>); 8] = [
    (
        &[
            "ksb",
            "ksb codes",
            "code",
            "codes",
            "duty",
            "duties",
            "mapping",
            "mapped to",
            "learning outcomes",
            "lo",
            "los",
        ],
        Some("ksbs"),
    ),
    (
        &[
            "created",
            "written",
            "day",
            "when",
            "date created",
            "date written",
            "datum",
        ],
        Some("date"),
    ),
    (&["name", "heading", "subject", "topic"], Some("title")),
    (&["duration", "time", "length", "time spent"], Some("hours")),
    (
        &[
            "evidence", "file", "files", "picture", "pictures", "image", "images", "photo",
            "photos",
        ],
        Some("attachments"),
    ),
    (&["framework", "cycle", "reflective model"], Some("model")),
    (&["action plan", "next steps", "plan"], Some("actions")),
    (
        &[
            "tag",
            "tags",
            "alias",
            "aliases",
            "cssclass",
            "cssclasses",
            "category",
            "categories",
            "keywords",
            "author",
            "learner",
            "student",
            "tutor",
            "mentor",
            "assessor",
            "layout",
            "permalink",
            "slug",
            "lang",
            "updated",
            "modified",
            "last edited",
        ],
        None,
    ),
];

/// What another word than a key of an entry means.
pub(super) enum KeyMeaning {
    /// This key.
    Key(&'static str),
    /// Something that entries do not have.
    NoKey,
}

/// The meaning of a word that is no key of an entry; `None` if it is not known.
pub(super) fn meant_key(typed: &str, known: &[&'static str]) -> Option<KeyMeaning> {
    let typed = typed.trim().to_lowercase().replace(['_', '-'], " ");
    if !known.contains(&"ksbs") {
        return None;
    }
    if KINDS_OF_CODES.contains(&typed.as_str()) {
        return Some(KeyMeaning::Key("ksbs"));
    }
    let found = MEANT_KEYS
        .iter()
        .find(|(words, _)| words.contains(&typed.as_str()));
    found.map(|(_, meant)| meant.map_or(KeyMeaning::NoKey, KeyMeaning::Key))
}
