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
