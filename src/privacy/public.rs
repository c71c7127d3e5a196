//! People who may be named: theorists, chairs of inquiries, brands.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::block::Block;
use super::given::without_possessive;

const PUBLIC: &str = include_str!("public_names.txt");

struct PublicNames {
    /// Surnames that are exempt alone, and whether they are after any given name.
    surnames: HashMap<&'static str, bool>,
    people: HashSet<&'static str>,
}

static NAMES: LazyLock<PublicNames> = LazyLock::new(|| {
    let mut names = PublicNames {
        surnames: HashMap::new(),
        people: HashSet::new(),
    };
    for line in PUBLIC.lines().filter(|line| !line.starts_with('#')) {
        if line.contains(' ') {
            names.people.insert(line);
        } else {
            let surname = line.trim_start_matches('+');
            names.surnames.insert(surname, surname != line);
        }
    }
    names
});

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
