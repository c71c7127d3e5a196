//! An inverted index and its distribution over files.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use serde::{Serialize, Serializer};
use std::collections::HashMap;

use crate::text::WordHash;

/// The size in bytes above which a shard is split by the next letter.
const SHARD: usize = 48 * 1024;

/// Words with the numbers of their documents, by the hash that also deduplicates the words of an
/// entry.
#[derive(Default)]
pub(super) struct Index(HashMap<u64, Term>);

impl Index {
    fn add(&mut self, word: &str, document: u32) {
        match self.0.entry(WordHash::of(word).get()) {
            Entry::Occupied(mut known) => known.get_mut().1.add(document),
            Entry::Vacant(unknown) => {
                unknown.insert((word.to_owned(), EntryNumbers::new(document)));
            }
        }
    }

    /// Adds words, each terminated by a line feed. Document numbers must not decrease.
    pub(super) fn add_all(&mut self, words: &str, document: u32) {
        let mut from = 0;
        for (at, byte) in words.bytes().enumerate() {
            if byte == b'\n' {
                self.add(&words[from..at], document);
                from = at + 1;
            }
        }
    }

    /// Merges an index of later documents.
    pub(super) fn append(&mut self, later: Self) {
        let later: Vec<(u64, Term)> = later.0.into_iter().collect();
        for (number, (word, numbers)) in later {
            match self.0.entry(number) {
                Entry::Occupied(mut known) => known.get_mut().1.append(&numbers),
                Entry::Vacant(unknown) => {
                    unknown.insert((word, numbers));
                }
            }
        }
    }

    pub(super) fn sorted(self) -> Vec<Term> {
        let mut words: Vec<Term> = self.0.into_values().collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        words
    }
}

/// Ascending document numbers as differences in base 36, joined by dots.
#[derive(Clone, Debug)]
pub(super) struct EntryNumbers {
    first: u32,
    last: u32,
    /// The differences after the first number, each preceded by a dot.
    steps: String,
}

impl EntryNumbers {
    fn new(first: u32) -> Self {
        Self {
            first,
            last: first,
            steps: String::new(),
        }
    }

    /// Adds a number, unless it is the last one: a title may repeat a word of the text.
    fn add(&mut self, number: u32) {
        if number > self.last {
            self.step_to(number);
        }
    }

    fn append(&mut self, later: &Self) {
        self.step_to(later.first);
        self.steps.push_str(&later.steps);
        self.last = later.last;
    }

    fn step_to(&mut self, number: u32) {
        self.steps.push('.');
        push_base_36(&mut self.steps, number - self.last);
        self.last = number;
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(self.steps.len() + 7);
        push_base_36(&mut text, self.first);
        text + &self.steps
    }
}

/// A word with its documents.
pub(super) type Term = (String, EntryNumbers);

/// A common prefix with its terms.
pub(super) type Shard = (String, Vec<Term>);

/// Serialises sorted terms as an object.
pub(super) struct Terms<'a>(pub &'a [Term]);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(term, numbers)| (term, numbers.text())))
    }
}

/// Splits terms into shards of similar size by prefix.
pub(super) fn shards(terms: Vec<Term>) -> Vec<Shard> {
    let mut shards = Vec::new();
    split(String::new(), terms, &mut shards);
    shards
}

fn split(prefix: String, terms: Vec<Term>, shards: &mut Vec<Shard>) {
    let size =
        |(term, numbers): &Term| term.len() + count_digits(numbers.first) + numbers.steps.len() + 6;
    let letters = prefix.chars().count();
    if terms.iter().map(size).sum::<usize>() <= SHARD || letters > 5 {
        if !terms.is_empty() {
            shards.push((prefix, terms));
        }
        return;
    }
    let mut next: BTreeMap<String, Vec<Term>> = BTreeMap::new();
    for term in terms {
        next.entry(term.0.chars().take(letters + 1).collect())
            .or_default()
            .push(term);
    }
    for (longer, terms) in next {
        // A term equal to the prefix cannot be split further.
        if longer.chars().count() == letters {
            shards.push((longer, terms));
        } else {
            split(longer, terms, shards);
        }
    }
}

/// Number of digits in base 36.
fn count_digits(number: u32) -> usize {
    number.checked_ilog(36).map_or(1, |more| more as usize + 1)
}

fn push_base_36(out: &mut String, number: u32) {
    if number >= 36 {
        push_base_36(out, number / 36);
    }
    out.extend(char::from_digit(number % 36, 36));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_steps_in_base_36() {
        let numbers = |list: &[u32]| {
            let mut numbers = EntryNumbers::new(list[0]);
            for &number in list {
                numbers.add(number);
            }
            numbers
        };
        let mut all = numbers(&[0, 1, 37]);
        all.append(&numbers(&[2000, 2001]));
        assert_eq!(all.text(), "0.1.10.1ij.1");
        for number in [0, 1, 35, 36, 1295, 1296, u32::MAX] {
            assert_eq!(numbers(&[number]).text().len(), count_digits(number));
        }
    }

    #[test]
    fn large_shards_are_split_and_no_term_is_lost() {
        let term = |number: usize| format!("w{}", number * 7919 % 100_003);
        let mut index = Index::default();
        (0..20_000).for_each(|number| index.add(&term(number), 7));
        let terms = index.sorted();
        let all = terms.len();
        let shards = shards(terms);
        assert!(shards.len() > 4);
        assert_eq!(
            shards.iter().map(|(_, terms)| terms.len()).sum::<usize>(),
            all
        );
        assert!(shards.iter().all(|(prefix, terms)| {
            terms
                .iter()
                .all(|(term, _)| term.starts_with(prefix.as_str()))
        }));
    }
}
