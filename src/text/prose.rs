//! Words as they count when texts are compared: without case, endings and the little words.

use super::words::{WordNumber, words};

/// Words so frequent that they say nothing about what a text is about.
const LITTLE: &[&str] = &[
    "about", "after", "also", "and", "any", "are", "been", "being", "both", "but", "can", "could", "did",
    "does", "each", "for", "from", "had", "has", "have", "her", "him", "his", "how", "into", "its", "may",
    "more", "most", "must", "not", "one", "only", "other", "our", "out", "own", "she", "should", "some",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "use", "used", "using", "was", "were", "what", "when", "where", "which", "who", "why", "will",
    "with", "within", "would", "you", "your",
];

/// The bytes of the longest little word.
const LONGEST_LITTLE: usize = 7;

/// The little words as numbers: every word of every entry is looked up, and numbers compare faster than words.
const LITTLE_NUMBERS: [u32; LITTLE.len()] = {
    let mut numbers = [0; LITTLE.len()];
    let mut at = 0;
    while at < LITTLE.len() {
        numbers[at] = fnv(LITTLE[at].as_bytes());
        at += 1;
    }
    numbers
};

/// A number for what a word is about, the same for `assess`, `Assessed` and `assessing`; none for little words and
/// for those of less than three letters.
#[must_use]
pub fn term(word: &str) -> Option<u32> {
    let mut letters = [0_u8; 32];
    let bytes = word.as_bytes();
    let length = bytes.len().min(letters.len());
    letters[..length].copy_from_slice(&bytes[..length]);
    let lower = &mut letters[..length];
    lower.make_ascii_lowercase();
    if length < 3 || (length <= LONGEST_LITTLE && LITTLE_NUMBERS.contains(&fnv(lower))) {
        return None;
    }
    Some(fnv(stem(lower)))
}

/// The terms of a text, sorted, each once.
#[must_use]
pub fn terms(text: &str) -> Vec<u32> {
    let mut terms: Vec<u32> = words(text).filter_map(term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What is left of a word without the ending that grammar put there.
fn stem(word: &[u8]) -> &[u8] {
    let found = endings(word).iter().find_map(|ending| {
        // The last letter of `assess` is no ending.
        let double = *ending == b"s" && word.ends_with(b"ss");
        word.strip_suffix(*ending).filter(|rest| rest.len() >= 4 && !double)
    });
    let rest = found.unwrap_or(word);
    rest.strip_suffix(b"e").filter(|rest| rest.len() >= 4).unwrap_or(rest)
}

/// The endings with the last letter of a word, the longest first. Most words have none of them.
fn endings(word: &[u8]) -> &'static [&'static [u8]] {
    match word.last() {
        Some(b's') => &[b"ations", b"ings", b"ies", b"es", b"s"],
        Some(b'n') => &[b"ation"],
        Some(b'g') => &[b"ing"],
        Some(b'd') => &[b"ed"],
        Some(b'y') => &[b"ly"],
        _ => &[],
    }
}

const fn fnv(bytes: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

/// A sample of a text's runs of five words, by which two long texts can be held against each other.
///
/// Every run has the same chance to be in the sample, and the same run is in the sample of every text or of none:
/// so the share of common members is the share of common runs.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    last: [u32; 5],
    seen: usize,
    kept: Vec<u32>,
}

impl Sketch {
    /// One run in so many is kept.
    const RATE: u32 = 8;

    /// Goes on with the next word, by its number.
    pub fn add(&mut self, word: WordNumber) {
        let [_, second, third, fourth, fifth] = self.last;
        self.last = [second, third, fourth, fifth, short(word)];
        self.seen += 1;
        if self.seen < self.last.len() {
            return;
        }
        let run = joined(&self.last);
        if (run >> 8).is_multiple_of(Self::RATE) {
            self.kept.push(run);
        }
    }

    /// The members, sorted, each once.
    #[must_use]
    pub fn finish(mut self) -> Vec<u32> {
        self.kept.sort_unstable();
        self.kept.dedup();
        self.kept
    }
}

#[expect(clippy::cast_possible_truncation, reason = "half of the number is enough here")]
fn short(word: WordNumber) -> u32 {
    (word.get() ^ (word.get() >> 32)) as u32
}

/// A number for words in this order.
fn joined(words: &[u32]) -> u32 {
    words.iter().fold(0_u32, |run, word| (run.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b1))
}

/// How many members two sorted lists have in common.
#[must_use]
pub fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut in_a, mut in_b, mut both) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(in_a), b.get(in_b)) {
        both += usize::from(one == other);
        // Without a branch: which list goes on cannot be foreseen.
        in_a += usize::from(one <= other);
        in_b += usize::from(other <= one);
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_case_and_little_words_do_not_matter() {
        assert_eq!(term("Assessing"), term("assess"));
        assert_eq!(term("observations"), term("observation"));
        assert_eq!(term("practice"), term("practices"));
        assert_eq!((term("the"), term("of"), term("Which")), (None, None, None));
        assert!(LITTLE.is_sorted() && LITTLE.iter().all(|word| word.len() <= LONGEST_LITTLE));
        assert!(LITTLE.iter().all(|word| term(word).is_none()));
        assert_eq!(terms("The care of the patient, and caring").len(), 3);
    }

    #[test]
    fn a_sketch_tells_how_much_two_texts_share() {
        let sketch = |text: &str| {
            let mut sketch = Sketch::default();
            words(text).for_each(|word| sketch.add(WordNumber::of(word)));
            sketch.finish()
        };
        let text =
            |from: usize| (from..from + 900).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        let (whole, shifted, other) = (sketch(&text(0)), sketch(&text(450)), sketch(&text(5000)));
        let share = common(&whole, &shifted) * 100 / whole.len();
        assert!((30..70).contains(&share), "{share}");
        assert_eq!(common(&whole, &other), 0);
    }
}
