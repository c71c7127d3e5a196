//! Terms and samples by which texts are compared: without case, endings and stop words.

use super::ShownText;
use super::hints::{Hints, Word};
use super::runs::each_run;
use super::words::{WordHash, words};

/// The hash of the stem of a word: the same for `assess`, `Assessed` and `assessing`. `None` for stop
/// words and words of less than three bytes.
#[must_use]
pub(super) fn term(word: &str, number: WordHash) -> Option<u32> {
    if word.len() < 3 || Hints::of(number).is_stop_word() {
        return None;
    }
    Some(short(WordHash::of(stem(word))))
}

/// The terms of a text, sorted, each once.
#[must_use]
pub fn terms(text: &str) -> Vec<u32> {
    let shown = ShownText::of(text);
    let mut terms: Vec<u32> = words(shown.text())
        .filter_map(|word| term(word.text, word.number))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// A word without its grammatical ending.
fn stem(word: &str) -> &str {
    let found = endings(word).iter().find_map(|ending| {
        // The last letter of `assess` is not an ending.
        let double = *ending == "s" && strip_ending(word, "ss").is_some();
        strip_ending(word, ending).filter(|rest| rest.len() >= 4 && !double)
    });
    let rest = found.unwrap_or(word);
    strip_ending(rest, "e")
        .filter(|rest| rest.len() >= 4)
        .unwrap_or(rest)
}

/// Strips an ending, ignoring ASCII case.
fn strip_ending<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    let (rest, last) = word.split_at_checked(word.len().checked_sub(ending.len())?)?;
    last.eq_ignore_ascii_case(ending).then_some(rest)
}

/// The endings with the same last letter as a word, the longest first.
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

/// A sample of the runs of five words of a text: sorted hashes, each once.
///
/// Whether a run is in the sample depends on its hash alone, so the share of hashes that two samples
/// have in common estimates the share of common runs.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "32 bits of the hash are enough here"
)]
pub(super) fn sketch(words: &[Word]) -> Vec<u32> {
    /// The number of leading zero bits of a sampled hash: one run in eight is kept.
    const ZEROS: u32 = 3;
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
    reason = "32 bits of the hash are enough here"
)]
fn short(word: WordHash) -> u32 {
    (word.get() ^ (word.get() >> 32)) as u32
}

/// How many members two sorted lists have in common.
#[must_use]
pub fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut in_a, mut in_b, mut both) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(in_a), b.get(in_b)) {
        both += usize::from(one == other);
        // Branch-free: which list advances is unpredictable.
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
    fn terms_ignore_endings_case_and_stop_words() {
        let term = |word: &str| term(word, WordHash::of(word));
        assert_eq!(term("Assessing"), term("assess"));
        assert_eq!(term("OBSERVATIONS"), term("observation"));
        assert_eq!(term("practice"), term("practices"));
        assert_ne!(term("écoute"), term("route"));
        assert_eq!((term("the"), term("of"), term("Which")), (None, None, None));
        assert_eq!(terms("The care of the patient, and caring").len(), 3);
    }

    #[test]
    fn samples_estimate_the_share_of_common_runs() {
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
