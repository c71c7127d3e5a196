//! What single words hint at: of whom a text speaks, whether it names a time or a source.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::words::{Kinds, WordNumber, WordSet};

const TIMES: WordSet<33> = WordSet::new(&[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "date", "next", "shift", "tonight", "week", "weeks", "month", "months", "fortnight", "tomorrow",
    "summer", "autumn", "winter", "spring",
]);

const SOURCES: WordSet<36> = WordSet::new(&[
    "act", "algorithm", "article", "code", "concept", "evidence", "framework", "guidance", "guideline",
    "guidelines", "handbook", "journal", "law", "legislation", "literature", "model", "policies", "policy",
    "principle", "principles", "procedure", "protocol", "published", "regulations", "research", "scale",
    "score", "standard", "standards", "studies", "study", "textbook", "theories", "theory", "tool",
    "training",
]);

const OWN: WordSet<13> = WordSet::new(&[
    "i", "me", "my", "mine", "myself", "i'm", "i'd", "i've", "i'll", "i’m", "i’d", "i’ve", "i’ll",
]);

const SHARED: WordSet<11> = WordSet::new(&[
    "we", "us", "our", "ours", "ourselves", "we're", "we'd", "we've", "we’re", "we’d", "we’ve",
]);

/// What all of these are like: every word of every entry is looked at, and nearly none is among them.
const HINTING: Kinds = TIMES.kinds().and(SOURCES.kinds()).and(OWN.kinds()).and(SHARED.kinds());

/// Of whom a text speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// How often it says I, me or my.
    pub own: u32,
    /// How often it says we, us or our.
    pub shared: u32,
}

/// A word of prose: which it is, whatever its case, and what it hints at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(u64);

impl Word {
    const TIME: u64 = 1 << 63;
    const SOURCE: u64 = 1 << 62;

    /// A word with the number that tells it from others.
    #[must_use]
    pub fn new(word: &str, number: WordNumber) -> Self {
        let hinting = HINTING.may_have(number);
        let (mut time, mut source) = (hinting && TIMES.has(number), hinting && SOURCES.has(number));
        // Years and abbreviations do not begin small, and most words do.
        if !word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
            time |= is_year(word, &["20"]);
            source |= is_abbreviation(word) || is_year(word, &["19", "20"]);
        }
        let hints = if time { Self::TIME } else { 0 } | if source { Self::SOURCE } else { 0 };
        Self(number.get() & !(Self::TIME | Self::SOURCE) | hints)
    }

    /// Whether it is a month, a day, a year, or a stretch of time.
    #[must_use]
    pub fn is_time(self) -> bool {
        self.0 & Self::TIME != 0
    }

    /// Whether it is a word for a source, an abbreviation such as NICE, or the year of a reference.
    #[must_use]
    pub fn is_source(self) -> bool {
        self.0 & Self::SOURCE != 0
    }

    fn number(self) -> u64 {
        self.0 & !(Self::TIME | Self::SOURCE)
    }
}

/// Capitals, with digits or without: NICE, NEWS2.
fn is_abbreviation(word: &str) -> bool {
    let bytes = word.as_bytes();
    let shouted = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    bytes.len() >= 3 && bytes.iter().all(shouted) && !bytes.iter().all(u8::is_ascii_digit)
}

fn is_year(word: &str, centuries: &[&str]) -> bool {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    digits && centuries.iter().any(|century| word.starts_with(century))
}

impl Voice {
    /// Goes on with the next word.
    pub fn hear(&mut self, word: WordNumber) {
        if HINTING.may_have(word) {
            self.own += u32::from(OWN.has(word));
            self.shared += u32::from(SHARED.has(word));
        }
    }
}

/// Pairs of texts, at most eight of them, of which one largely repeats the other: at least half of the shorter one's
/// runs of `length` words stand in both. One with fewer than `fewest` runs repeats others by chance. The first of a pair
/// comes first.
#[must_use]
pub fn repeated(texts: &[&[Word]], length: usize, fewest: usize) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    for (first, second) in may_be_repeated(texts, length) {
        let (one, other) = (runs(texts[first], length), runs(texts[second], length));
        let shorter = one.len().min(other.len());
        let common = one.intersection(&other).count();
        if shorter >= fewest && common * 2 >= shorter {
            repeated.push((first, second));
        }
    }
    repeated
}

fn runs(text: &[Word], length: usize) -> BTreeSet<u64> {
    text.windows(length).map(joined).collect()
}

/// Nearly no two stages share many runs. Each run leaves the mark of its text in one of many places, so that two texts
/// that share runs share places; chance adds some, and takes none away.
fn may_be_repeated(texts: &[&[Word]], length: usize) -> Vec<(usize, usize)> {
    const PLACES: usize = 4096;
    const MOST: usize = 8;
    let texts = &texts[..texts.len().min(MOST)];
    let mut places = [0_u8; PLACES];
    let mut runs = [0_usize; MOST];
    let mut shared = [[0_usize; MOST]; MOST];
    for (at, text) in texts.iter().enumerate() {
        for run in text.windows(length) {
            let place = &mut places[(joined(run) >> 52) as usize % PLACES];
            if *place & (1 << at) != 0 {
                continue;
            }
            runs[at] += 1;
            // Nearly every place is empty.
            if *place != 0 {
                for (other, shared) in shared[at][..at].iter_mut().enumerate() {
                    *shared += usize::from(*place >> other & 1);
                }
            }
            *place |= 1 << at;
        }
    }
    let pairs = (0..texts.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
    pairs.filter(|&(first, second)| shared[second][first] * 2 >= runs[first].min(runs[second])).collect()
}

fn joined(words: &[Word]) -> u64 {
    words
        .iter()
        .fold(0_u64, |run, word| (run.rotate_left(17) ^ word.number()).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        crate::text::words::words(text).map(|(word, number)| Word::new(word, number)).collect()
    }

    #[test]
    fn words_hint_at_times_and_sources_whatever_their_case() {
        let hints = |text: &str| {
            words(text).iter().map(|word| (word.is_time(), word.is_source())).collect::<Vec<_>>()
        };
        assert_eq!(hints("by MAY 2026"), [(false, false), (true, true), (true, true)]);
        assert_eq!(
            hints("NICE nice 1988 120 Policy"),
            [(false, true), (false, false), (false, true), (false, false), (false, true)]
        );
    }

    #[test]
    fn texts_that_repeat_each_other_are_found_and_others_are_not() {
        let text = |from: usize| {
            words(&(from..from + 60).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" "))
        };
        let (one, half, other) = (text(0), text(29), text(500));
        assert_eq!(repeated(&[&one, &other, &half, &one], 4, 20), [(0, 3)]);
        assert_eq!(repeated(&[&one[..20], &one[..20]], 4, 20), []);
    }
}
