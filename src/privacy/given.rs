//! Given names.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::{ByWordHash, WordHash};

/// A word that is a given name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Nothing else: Priya.
    Only,
    /// Also a word or a place: Hope, Chester.
    Word,
}

const GIVEN: &str = include_str!("given_names.txt");

struct GivenNames {
    names: HashMap<WordHash, Given, ByWordHash>,
    /// Whether a word of each kind can be a given name.
    may_be: Vec<bool>,
}

static NAMES: LazyLock<GivenNames> = LazyLock::new(|| {
    let mut names = GivenNames {
        names: HashMap::default(),
        may_be: vec![false; WordHash::KINDS],
    };
    for marked in marked_names() {
        let word = marked.trim_end_matches('*');
        let number = WordHash::of(word);
        names.may_be[number.kind()] = true;
        let given = if word == marked {
            Given::Only
        } else {
            Given::Word
        };
        names.names.insert(number, given);
    }
    names
});

/// The names of the file, with their marks.
fn marked_names() -> impl Iterator<Item = &'static str> {
    let lines = GIVEN.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

impl Given {
    /// Whether a word is a given name, ignoring case.
    pub(super) fn of(word: &str) -> Option<Self> {
        let number = if word.is_ascii() {
            WordHash::of(word)
        } else {
            WordHash::of(&word.to_lowercase())
        };
        if !NAMES.may_be[number.kind()] {
            return None;
        }
        NAMES.names.get(&number).copied()
    }
}

/// A text without a possessive `'s`.
pub(super) fn without_possessive(text: &str) -> &str {
    text.strip_suffix("'s")
        .or_else(|| text.strip_suffix("’s"))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_in_order_and_each_there_once() {
        let lines: Vec<&str> = marked_names().collect();
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(lines, sorted);
        assert_eq!(NAMES.names.len(), lines.len());
    }

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Given::of("Agnieszka"), Some(Given::Only));
        assert_eq!(Given::of("SIÂN"), Some(Given::Only));
        assert_eq!(Given::of("hope"), Some(Given::Word));
        assert_eq!(Given::of("bandage"), None);
    }
}
