//! Masking of words that were found to identify a person.

use std::collections::HashSet;

/// Words to mask wherever they occur as whole words.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    parts: HashSet<Box<str>>,
    /// Length of the longest part in bytes.
    longest: usize,
}

impl Mask {
    /// Creates a mask of these parts. Parts of one character are ignored.
    pub fn new<'a>(parts: impl Iterator<Item = &'a str>) -> Self {
        let parts: HashSet<Box<str>> = parts
            .filter(|part| part.chars().nth(1).is_some())
            .map(Box::from)
            .collect();
        let longest = parts.iter().map(|part| part.len()).max().unwrap_or(0);
        Self { parts, longest }
    }

    /// Returns `text` with every character of a part replaced by `*`.
    ///
    /// Only slices between word boundaries are looked up, so the time does not grow with the
    /// number of parts.
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
                let within = boundaries[first..]
                    .iter()
                    .take_while(|&&end| end - at <= self.longest);
                let parts = within.filter(|&&end| self.parts.contains(&text[at..end]));
                hidden_to = parts.copied().max().unwrap_or(0).max(hidden_to);
            }
            covered.push(if at < hidden_to { '*' } else { letter });
        }
        covered
    }
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
