//! People who may be named: theorists, chairs of inquiries, brands.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::block::Block;
use super::given::without_possessive;
use crate::text::WordHash;

const PUBLIC: &str = include_str!("public_names.txt");

struct PublicNames {
    /// Surnames that are exempt alone, and whether they are after any given name.
    surnames: HashMap<&'static str, bool>,
    people: HashSet<&'static str>,
    /// Whether a word of each kind can be a surname. Most words are none, and need no look-up.
    may_be: Vec<bool>,
}

static NAMES: LazyLock<PublicNames> = LazyLock::new(|| {
    let mut names = PublicNames {
        surnames: HashMap::new(),
        people: HashSet::new(),
        may_be: vec![false; WordHash::KINDS],
    };
    let lines = PUBLIC.lines().filter(|line| !line.starts_with('#'));
    for line in lines.flat_map(|line| line.split(", ")) {
        let bare = without_possessive(line.trim_start_matches('+'));
        if line.contains(' ') {
            names.people.insert(bare);
        } else {
            names.may_be[WordHash::of(bare).kind()] = true;
            names.surnames.insert(bare, line.starts_with('+'));
        }
    }
    names
});

/// Whether the tokens from `first` to `last` name a person who may be named: `Betty Neuman`, `Maslow's`.
pub(super) fn is_public(block: &Block<'_>, first: usize, last: usize) -> bool {
    let lower = |at: usize| without_possessive(block.tokens[at].text).to_lowercase();
    if first == last {
        return find_surname(block.tokens[first].text).is_some();
    }
    let words: Vec<String> = (first..=last).map(lower).collect();
    // Cohen-Mansfield.
    let whole = without_possessive(block.slice(block.span(first, last))).to_lowercase();
    if NAMES.surnames.contains_key(&*whole) {
        return true;
    }
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

/// Whether a surname is hardly known but for the person whose work is called after it.
pub(super) fn is_eponym(surname: &str) -> bool {
    find_surname(surname) == Some(true)
}

/// Whether a word is a surname that is exempt alone, and if so, whether it is after any given name.
fn find_surname(word: &str) -> Option<bool> {
    let bare = without_possessive(word);
    if bare.is_ascii() && !NAMES.may_be[WordHash::of(bare).kind()] {
        return None;
    }
    NAMES.surnames.get(&*bare.to_lowercase()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("Cohen-Mansfield", true),
            ("Aunt Bessie's", true),
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
