//! Masking of words that were found to identify a person.

use std::collections::{BTreeSet, HashMap, HashSet};

/// Words to mask wherever they occur as whole words.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    parts: HashSet<Box<str>>,
    /// The lengths in bytes of the parts that begin with each word or sign.
    lengths: HashMap<Box<str>, BTreeSet<usize>>,
}

impl Mask {
    /// Creates a mask of these parts. Parts of one character are ignored.
    pub fn new<'a>(parts: impl Iterator<Item = &'a str>) -> Self {
        let mut mask = Self::default();
        for part in parts.filter(|part| part.chars().nth(1).is_some()) {
            let first = &part[..first_boundary(part)];
            let lengths = mask.lengths.entry(first.into()).or_default();
            lengths.insert(part.len());
            mask.parts.insert(part.into());
        }
        mask
    }

    /// Returns `text` with every character of a part replaced by `*`.
    ///
    /// Only slices that have the first word and the length of a part are looked up, so the time
    /// does not grow with the number of parts.
    #[must_use]
    pub fn over(&self, text: &str) -> String {
        if self.parts.is_empty() {
            return text.to_owned();
        }
        let boundaries = word_boundaries(text);
        let mut covered = String::with_capacity(text.len());
        let mut hidden_to = 0;
        let mut first = 0;
        for (at, letter) in text.char_indices() {
            if boundaries.get(first) == Some(&at) {
                first += 1;
                let ends = &boundaries[first..];
                hidden_to = self.end_of_part(text, at, ends).unwrap_or(0).max(hidden_to);
            }
            covered.push(if at < hidden_to { '*' } else { letter });
        }
        covered
    }

    /// The end of the longest part that begins at `at` and ends at one of `ends`, which follow it.
    fn end_of_part(&self, text: &str, at: usize, ends: &[usize]) -> Option<usize> {
        let lengths = self.lengths.get(&text[at..*ends.first()?])?;
        let is_part =
            |&end: &usize| ends.binary_search(&end).is_ok() && self.parts.contains(&text[at..end]);
        lengths.iter().rev().map(|length| at + length).find(is_part)
    }
}

/// The offset of the first boundary after the beginning of a text.
fn first_boundary(text: &str) -> usize {
    let mut letters = text.char_indices();
    let is_word = letters
        .next()
        .is_some_and(|(_, first)| first.is_alphanumeric());
    letters
        .find(|(_, letter)| !(is_word && letter.is_alphanumeric()))
        .map_or(text.len(), |(at, _)| at)
}

/// Returns the offsets at which a word can begin or end: not between two letters or digits.
fn word_boundaries(text: &str) -> Vec<usize> {
    let mut boundaries = Vec::with_capacity(text.len() / 2);
    let mut inside = false;
    for (at, letter) in text.char_indices() {
        let letter = letter.is_alphanumeric();
        if !(inside && letter) {
            boundaries.push(at);
        }
        inside = letter;
    }
    boundaries.push(text.len());
    boundaries
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_words_are_masked_and_the_longest_part_wins() {
        let mask = Mask::new(["Mrs Oak", "Mrs Oakapple", "f@b.org", "(x) y", "é"].into_iter());
        for (text, masked) in [
            ("saw Mrs Oakapple, Mrs Oak", "saw ************, *******"),
            (
                "Mrs Oakapples f@b.orgs f@b.org",
                "Mrs Oakapples f@b.orgs *******",
            ),
            ("a(x) y é", "a***** é"),
        ] {
            assert_eq!(mask.over(text), masked);
        }
    }

    proptest! {
        #[test]
        fn masked_text_is_that_of_a_search_for_each_part(
            parts in prop::collection::vec("[ab é.]{2,5}", 0..6),
            text in "[ab é.]{0,30}",
        ) {
            let boundaries = word_boundaries(&text);
            let mut hidden = vec![false; text.len()];
            for (at, &from) in boundaries.iter().enumerate() {
                for &to in &boundaries[at + 1..] {
                    if parts.iter().any(|part| *part == text[from..to]) {
                        hidden[from..to].fill(true);
                    }
                }
            }
            let letters = text.char_indices();
            let expected: String = letters.map(|(at, letter)| if hidden[at] { '*' } else { letter }).collect();
            prop_assert_eq!(Mask::new(parts.iter().map(String::as_str)).over(&text), expected);
        }
    }
}
