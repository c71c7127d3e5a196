//! Words with the documents that hold them, and how they are spread over files.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use serde::{Serialize, Serializer};
use std::collections::HashMap;

use crate::text::WordNumber;

/// Bytes after which a shard of terms is split by its next letter.
const SHARD: usize = 48 * 1024;

/// Words with the numbers of the documents that hold them. A word is looked for by its number, which is read faster than
/// the word itself, and by which an entry's words are told apart already.
#[derive(Default)]
pub struct Index(HashMap<u64, Term>);

impl Index {
    fn add(&mut self, word: &str, document: u32) {
        match self.0.entry(WordNumber::of(word).get()) {
            Entry::Occupied(mut known) => known.get_mut().1.add(document),
            Entry::Vacant(unknown) => {
                unknown.insert((word.to_owned(), Numbers::new(document)));
            }
        }
    }

    /// Goes on with words, each with a line end behind it.
    pub fn add_all(&mut self, words: &str, document: u32) {
        let mut from = 0;
        for (at, byte) in words.bytes().enumerate() {
            if byte == b'\n' {
                self.add(&words[from..at], document);
                from = at + 1;
            }
        }
    }

    /// Goes on with what was found in later documents.
    pub fn append(&mut self, later: Self) {
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

    pub fn sorted(self) -> Vec<Term> {
        let mut words: Vec<Term> = self.0.into_values().collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        words
    }
}

/// Numbers of documents, ascending, as the steps between them: in base 36, joined by dots.
#[derive(Clone, Debug)]
pub struct Numbers {
    first: u32,
    last: u32,
    /// The steps after the first number, each with the dot before it.
    steps: String,
}

impl Numbers {
    fn new(first: u32) -> Self {
        Self {
            first,
            last: first,
            steps: String::new(),
        }
    }

    /// Goes on with a number. A word stands twice in a document where a title repeats the text.
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
        base_36(&mut self.steps, number - self.last);
        self.last = number;
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(self.steps.len() + 7);
        base_36(&mut text, self.first);
        text + &self.steps
    }
}

/// A word with its documents.
pub type Term = (String, Numbers);

/// A shard: the letters that its terms begin with, and the terms.
pub type Shard = (String, Vec<Term>);

/// Sorted terms as an object.
pub struct Terms<'a>(pub &'a [Term]);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(term, numbers)| (term, numbers.text())))
    }
}

/// Terms that begin alike, in files of about one size.
pub fn shards(terms: Vec<Term>) -> Vec<Shard> {
    let mut shards = Vec::new();
    split(String::new(), terms, &mut shards);
    shards
}

fn split(prefix: String, terms: Vec<Term>, shards: &mut Vec<Shard>) {
    let size =
        |(term, numbers): &Term| term.len() + digits(numbers.first) + numbers.steps.len() + 6;
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
        // A term that is as short as the prefix stays in a shard of its own name.
        if longer.chars().count() == letters {
            shards.push((longer, terms));
        } else {
            split(longer, terms, shards);
        }
    }
}

/// The digits of a number in base 36.
fn digits(number: u32) -> usize {
    number.checked_ilog(36).map_or(1, |more| more as usize + 1)
}

fn base_36(out: &mut String, number: u32) {
    if number >= 36 {
        base_36(out, number / 36);
    }
    out.extend(char::from_digit(number % 36, 36));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_steps_in_base_36() {
        let numbers = |list: &[u32]| {
            let mut numbers = Numbers::new(list[0]);
            for &number in list {
                numbers.add(number);
            }
            numbers
        };
        let mut all = numbers(&[0, 1, 37]);
        all.append(&numbers(&[2000, 2001]));
        assert_eq!(all.text(), "0.1.10.1ij.1");
        for number in [0, 1, 35, 36, 1295, 1296, u32::MAX] {
            assert_eq!(numbers(&[number]).text().len(), digits(number));
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
