//! Words as they count when texts are compared: without case, endings and the little words.

use super::hints::Word;
use super::runs::each_run;
use super::words::{WordNumber, WordSet, each_word};

/// Words so frequent that they say nothing about what a text is about.
const LITTLE: WordSet<70> = WordSet::new(&[
    "about", "after", "also", "and", "any", "are", "been", "being", "both", "but", "can", "could",
    "did", "does", "each", "for", "from", "had", "has", "have", "her", "him", "his", "how", "into",
    "its", "may", "more", "most", "must", "not", "one", "only", "other", "our", "out", "own",
    "she", "should", "some", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "use", "used", "using", "was", "were", "what",
    "when", "where", "which", "who", "why", "will", "with", "within", "would", "you", "your",
]);

/// A number for what a word is about, the same for `assess`, `Assessed` and `assessing`; none for little words and
/// for those of less than three letters.
#[must_use]
pub fn term(word: &str, number: WordNumber) -> Option<u32> {
    if word.len() < 3 || LITTLE.has(number) {
        return None;
    }
    Some(short(WordNumber::of(stem(word))))
}

/// The terms of a text, sorted, each once.
#[must_use]
pub fn terms(text: &str) -> Vec<u32> {
    let mut terms = Vec::new();
    each_word(text, |word| terms.extend(term(word.text(), word.number)));
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What is left of a word without the ending that grammar put there.
fn stem(word: &str) -> &str {
    let found = endings(word).iter().find_map(|ending| {
        // The last letter of `assess` is no ending.
        let double = *ending == "s" && without(word, "ss").is_some();
        without(word, ending).filter(|rest| rest.len() >= 4 && !double)
    });
    let rest = found.unwrap_or(word);
    without(rest, "e")
        .filter(|rest| rest.len() >= 4)
        .unwrap_or(rest)
}

/// What stands before an ending of ASCII letters, whatever their case.
fn without<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    let (rest, last) = word.split_at_checked(word.len().checked_sub(ending.len())?)?;
    last.eq_ignore_ascii_case(ending).then_some(rest)
}

/// The endings with the last letter of a word, the longest first. Most words have none of them.
fn endings(word: &str) -> &'static [&'static str] {
    match word.as_bytes().last().map(u8::to_ascii_lowercase) {
        Some(b's') => &["ations", "ings", "ies", "es", "s"],
        Some(b'n') => &["ation"],
        Some(b'g') => &["ing"],
        Some(b'd') => &["ed"],
        Some(b'y') => &["ly"],
        _ => &[],
    }
}

/// A sample of a text's runs of five words, by which two long texts can be held against each other: sorted, each once.
///
/// Every run has the same chance to be in the sample, and the same run is in the sample of every text or of none:
/// so the share of common members is the share of common runs.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "half of the number is enough here"
)]
pub fn sketch(words: &[Word]) -> Vec<u32> {
    /// Of the bits of a run's number so many are 0 in the sample: one run in eight is kept.
    const ZEROS: u32 = 3;
    // One run in eight, and a few by chance.
    let mut kept = Vec::with_capacity(words.len() / 7);
    each_run::<5>(words, |run| {
        if run >> (u64::BITS - ZEROS) == 0 {
            kept.push((run >> (u32::BITS - ZEROS)) as u32);
        }
    });
    kept.sort_unstable();
    kept.dedup();
    kept
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "half of the number is enough here"
)]
fn short(word: WordNumber) -> u32 {
    (word.get() ^ (word.get() >> 32)) as u32
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
    use super::super::hints::words_of;
    use super::*;

    #[test]
    fn endings_case_and_little_words_do_not_matter() {
        let term = |word: &str| term(word, WordNumber::of(word));
        assert_eq!(term("Assessing"), term("assess"));
        assert_eq!(term("OBSERVATIONS"), term("observation"));
        assert_eq!(term("practice"), term("practices"));
        assert_ne!(term("écoute"), term("route"));
        assert_eq!((term("the"), term("of"), term("Which")), (None, None, None));
        assert_eq!(terms("The care of the patient, and caring").len(), 3);
    }

    #[test]
    fn a_sketch_tells_how_much_two_texts_share() {
        let sketch = |text: &str| sketch(&words_of(text));
        let text = |from: usize| {
            (from..from + 900)
                .map(|word| format!("w{word}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let (whole, shifted, other) = (sketch(&text(0)), sketch(&text(450)), sketch(&text(5000)));
        let share = common(&whole, &shifted) * 100 / whole.len();
        assert!((30..70).contains(&share), "{share}");
        assert_eq!(common(&whole, &other), 0);
    }
}
