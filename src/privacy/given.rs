//! Given names.

use std::sync::LazyLock;

use crate::text::WordHash;

/// A word that is a given name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Nothing else: Priya.
    Only,
    /// Also a word or a place: Hope, Chester.
    Word,
}

const GIVEN: &str = include_str!("given_names.txt");

/// So many slots that most are empty: most words are found to be no name at once.
const SLOTS: usize = 1 << 15;

/// The hashes of the names, each in its slot or the next empty one. The lowest bit of a hash says
/// whether the name is also a word. An empty slot is 0.
static NAMES: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut slots = vec![0; SLOTS];
    for marked in marked_names() {
        let name = marked.strip_suffix('*');
        let hash = WordHash::of(name.unwrap_or(marked)).get() | 1;
        let mut at = slot_of(hash);
        while slots[at] != 0 {
            at = (at + 1) % SLOTS;
        }
        slots[at] = if name.is_some() { hash } else { hash ^ 1 };
    }
    slots
});

/// The slot in which a hash is sought first.
const fn slot_of(hash: u64) -> usize {
    (hash >> 32) as usize % SLOTS
}

/// The names of the file, with their marks.
fn marked_names() -> impl Iterator<Item = &'static str> {
    let lines = GIVEN.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_ascii_whitespace)
}

impl Given {
    /// Whether a word is a given name, ignoring case.
    pub(super) fn of(word: &str) -> Option<Self> {
        let number = if word.is_ascii() {
            WordHash::of(word)
        } else {
            WordHash::of(&word.to_lowercase())
        };
        Self::of_number(number)
    }

    /// Whether the word with this number is a given name.
    pub(super) fn of_number(number: WordHash) -> Option<Self> {
        let slots = &**NAMES;
        let hash = number.get() | 1;
        let mut at = slot_of(hash);
        while slots[at] != 0 {
            if slots[at] | 1 == hash {
                let is_word = slots[at] == hash;
                return Some(if is_word { Self::Word } else { Self::Only });
            }
            at = (at + 1) % SLOTS;
        }
        None
    }
}

/// A text without a possessive `'s`.
pub(super) fn without_possessive(text: &str) -> &str {
    if text.as_bytes().last() != Some(&b's') {
        return text;
    }
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
        assert!(lines.len() < SLOTS / 2);
        for marked in lines {
            let name = marked.strip_suffix('*');
            let expected = name.map_or(Given::Only, |_| Given::Word);
            assert_eq!(Given::of(name.unwrap_or(marked)), Some(expected));
        }
    }

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Given::of("Agnieszka"), Some(Given::Only));
        assert_eq!(Given::of("SIÂN"), Some(Given::Only));
        assert_eq!(Given::of("hope"), Some(Given::Word));
        assert_eq!(Given::of("bandage"), None);
    }
}
