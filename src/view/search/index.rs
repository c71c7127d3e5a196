//! An inverted index and its distribution over files.

use std::collections::BTreeMap;
use std::collections::HashMap;

use serde::{Serialize, Serializer};

use super::stem::stem;
use crate::text::{ByWordHash, WordHash};

/// The size in bytes above which a shard is split by the next letter. A first search loads one or
/// two shards for each of its words.
const SHARD: usize = 3 * 1024;

/// Where a word was found in a document, best first. The script ranks by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Code,
    Title,
    Passage,
    Reason,
    Body,
    Feedback,
    /// The statement of a criterion that an entry claims.
    Statement,
}

impl Field {
    /// Its digit in a list of postings. A capital ends the number before it, which has small ones.
    const fn digit(self) -> char {
        match self {
            Self::Code => 'A',
            Self::Title => 'B',
            Self::Passage => 'C',
            Self::Reason => 'D',
            Self::Body => 'E',
            Self::Feedback => 'F',
            Self::Statement => 'G',
        }
    }
}

/// Stems with the numbers of their documents.
#[derive(Default)]
pub(super) struct Index {
    terms: Vec<Term>,
    /// Positions of terms by the hash of each word that has it as its stem. Most words were seen
    /// before, so that few are stemmed.
    by_word: HashMap<u64, usize, ByWordHash>,
    by_stem: HashMap<u64, usize, ByWordHash>,
}

impl Index {
    fn add(&mut self, word: &str, document: u32, field: Field) {
        let hash = WordHash::of(word).get();
        if let Some(&at) = self.by_word.get(&hash) {
            self.terms[at].1.add(document, field);
            return;
        }
        let stem = stem(word);
        let at = self.find_or_insert(&stem, || Postings::new(document, field));
        self.by_word.insert(hash, at);
        self.terms[at].1.add(document, field);
    }

    fn find_or_insert(&mut self, stem: &str, new: impl FnOnce() -> Postings) -> usize {
        let next = self.terms.len();
        let at = *self.by_stem.entry(WordHash::of(stem).get()).or_insert(next);
        if at == next {
            self.terms.push((stem.to_owned(), new()));
        }
        at
    }

    /// Adds words, each terminated by a line feed. Document numbers must not decrease, and the
    /// best field of a document comes first.
    pub(super) fn add_all(&mut self, words: &str, document: u32, field: Field) {
        let mut from = 0;
        for (at, byte) in words.bytes().enumerate() {
            if byte == b'\n' {
                self.add(&words[from..at], document, field);
                from = at + 1;
            }
        }
    }

    /// Merges an index of later documents.
    pub(super) fn append(&mut self, later: Self) {
        for (stem, postings) in later.terms {
            match self.by_stem.get(&WordHash::of(&stem).get()) {
                Some(&at) => self.terms[at].1.append(&postings),
                None => {
                    self.find_or_insert(&stem, || postings);
                }
            }
        }
    }

    pub(super) fn sorted(self) -> Vec<Term> {
        let mut terms = self.terms;
        terms.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        terms
    }
}

/// Ascending document numbers, each as its difference to the one before in base 36, followed by the
/// digit of the best field. The first counts from -1, and a difference of 1 is left out.
#[derive(Clone, Debug)]
pub(super) struct Postings {
    first: (u32, Field),
    last: u32,
    /// The postings after the first.
    rest: String,
}

impl Postings {
    fn new(first: u32, field: Field) -> Self {
        Self {
            first: (first, field),
            last: first,
            rest: String::new(),
        }
    }

    /// Adds a document, unless it is the last one, whose best field is known.
    fn add(&mut self, document: u32, field: Field) {
        if document > self.last {
            self.step_to(document, field);
        }
    }

    fn append(&mut self, later: &Self) {
        self.step_to(later.first.0, later.first.1);
        self.rest.push_str(&later.rest);
        self.last = later.last;
    }

    fn step_to(&mut self, document: u32, field: Field) {
        push_step(&mut self.rest, document - self.last, field);
        self.last = document;
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(self.rest.len() + 8);
        push_step(&mut text, self.first.0.saturating_add(1), self.first.1);
        text + &self.rest
    }
}

fn push_step(out: &mut String, step: u32, field: Field) {
    if step != 1 {
        push_base_36(out, step);
    }
    out.push(field.digit());
}

fn push_base_36(out: &mut String, number: u32) {
    if number >= 36 {
        push_base_36(out, number / 36);
    }
    out.extend(char::from_digit(number % 36, 36));
}

/// A stem with its documents.
pub(super) type Term = (String, Postings);

/// A common prefix with its terms.
pub(super) type Shard = (String, Vec<Term>);

/// The name of a shard in a file name: its prefix, so that a new shard renames no other, with other
/// characters than letters and digits as `-27-`. The script does the same.
pub(super) fn shard_name(prefix: &str) -> String {
    let mut name = String::with_capacity(prefix.len());
    for letter in prefix.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else {
            let code = format!("-{:x}-", u32::from(letter));
            name.push_str(&code);
        }
    }
    name
}

/// Serialises sorted terms as an object.
pub(super) struct Terms<'a>(pub &'a [Term]);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .iter()
                .map(|(term, postings)| (term, postings.text())),
        )
    }
}

/// Splits terms into shards of similar size by prefix.
pub(super) fn shards(terms: Vec<Term>) -> Vec<Shard> {
    let mut shards = Vec::new();
    split(String::new(), terms, &mut shards);
    shards
}

fn split(prefix: String, terms: Vec<Term>, shards: &mut Vec<Shard>) {
    // Quotes, colon and comma, and the first posting.
    let size = |(term, postings): &Term| term.len() + postings.rest.len() + 8;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_steps_with_the_best_field() {
        let postings = |list: &[(u32, Field)]| {
            let mut postings = Postings::new(list[0].0, list[0].1);
            for &(document, field) in list {
                postings.add(document, field);
            }
            postings
        };
        let mut all = postings(&[(0, Field::Code), (1, Field::Body), (37, Field::Title)]);
        all.append(&postings(&[(2000, Field::Reason), (2001, Field::Feedback)]));
        assert_eq!(all.text(), "AE10B1ijDF");
        assert_eq!(postings(&[(7, Field::Passage)]).text(), "8C");
    }

    #[test]
    fn shards_have_names_for_every_file_system() {
        assert_eq!(shard_name("con"), "con");
        assert_eq!(shard_name("o'é"), "o-27--e9-");
    }

    #[test]
    fn words_with_one_stem_are_one_term_with_its_best_field() {
        let mut index = Index::default();
        index.add_all("ulcers\n", 3, Field::Title);
        index.add_all("ulcer\nward\n", 3, Field::Body);
        let mut later = Index::default();
        later.add_all("ulcer\n", 4, Field::Body);
        index.append(later);
        let terms: Vec<_> = index
            .sorted()
            .iter()
            .map(|(term, postings)| (term.clone(), postings.text()))
            .collect();
        let expected = [("ulcer", "4BE"), ("ward", "4E")];
        assert_eq!(
            terms,
            expected.map(|(term, text)| (term.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn large_shards_are_split_and_no_term_is_lost() {
        let term = |number: usize| format!("w{}", number * 7919 % 100_003);
        let mut index = Index::default();
        (0..20_000).for_each(|number| index.add(&term(number), 7, Field::Body));
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
