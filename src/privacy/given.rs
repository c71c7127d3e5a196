//! Given names, and people who may be named.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::block::{Block, Shape, Token};
use super::candidate::without_possessive;
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
const PUBLIC: &str = include_str!("public_names.txt");

struct Names {
    given: HashMap<WordHash, Given, ByWordHash>,
    /// Whether a word of each kind can be a given name.
    may_be: Vec<bool>,
    /// Surnames that are exempt alone, and whether they are after any given name.
    surnames: HashMap<&'static str, bool>,
    people: HashSet<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    let mut names = Names {
        given: HashMap::default(),
        may_be: vec![false; WordHash::KINDS],
        surnames: HashMap::new(),
        people: HashSet::new(),
    };
    for line in lines(GIVEN) {
        let word = line.trim_end_matches('*');
        let number = WordHash::of(word);
        names.may_be[number.kind()] = true;
        let given = if word == line {
            Given::Only
        } else {
            Given::Word
        };
        names.given.insert(number, given);
    }
    for line in lines(PUBLIC) {
        if line.contains(' ') {
            names.people.insert(line);
        } else {
            let surname = line.trim_start_matches('+');
            names.surnames.insert(surname, surname != line);
        }
    }
    names
});

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
        NAMES.given.get(&number).copied()
    }

    /// Whether a token is a given name, perhaps with a possessive `'s`.
    pub(super) fn of_token(token: &Token<'_>) -> Option<Self> {
        match token.shape {
            Shape::Title | Shape::Small | Shape::Capitals => {
                Self::of(without_possessive(token.text))
            }
            Shape::Number | Shape::Mixed => None,
        }
    }
}

/// Whether the tokens from `first` to `last` name a person who may be named: `Betty Neuman`, `Maslow's`.
pub(super) fn is_public(block: &Block<'_>, first: usize, last: usize) -> bool {
    let lower = |at: usize| without_possessive(block.tokens[at].text).to_lowercase();
    if first == last {
        return NAMES.surnames.contains_key(&*lower(first));
    }
    let words: Vec<String> = (first..=last).map(lower).collect();
    let is_distinct = words.last().and_then(|last| NAMES.surnames.get(&**last)) == Some(&true);
    is_distinct
        || words
            .windows(2)
            .any(|pair| NAMES.people.contains(&*pair.join(" ")))
        || words.windows(3).any(|three| {
            NAMES
                .people
                .contains(&*format!("{} {}-{}", three[0], three[1], three[2]))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_in_order_and_each_there_once() {
        let lines: Vec<&str> = GIVEN
            .lines()
            .skip_while(|line| line.starts_with('#'))
            .collect();
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(lines, sorted);
        assert_eq!(NAMES.given.len(), lines.len());
    }

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Given::of("Agnieszka"), Some(Given::Only));
        assert_eq!(Given::of("SIÂN"), Some(Given::Only));
        assert_eq!(Given::of("hope"), Some(Given::Word));
        assert_eq!(Given::of("ward"), Some(Given::Word));
        assert_eq!(Given::of("bandage"), None);
    }

    #[test]
    fn public_people_are_exempt_with_their_own_names_only() {
        for (text, is_exempt) in [
            ("Betty Neuman", true),
            ("Elisabeth Kübler-Ross", true),
            ("Albert Bandura", true),
            ("Rogers", true),
            ("Sheila Rogers", false),
            ("Spencer Wells", true),
            ("Betty Oakapple", false),
        ] {
            let block = Block::new(text);
            assert_eq!(
                is_public(&block, 0, block.tokens.len() - 1),
                is_exempt,
                "{text}"
            );
        }
    }
}
