//! What single words indicate: who a text is about, whether it names a time or a source, or nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{ByWordHash, PlacedWord, WordHash};

#[rustfmt::skip]
const TIMES: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "date", "next", "shift", "tonight", "week", "weeks", "month",
    "months", "fortnight", "tomorrow", "summer", "autumn", "winter", "spring",
];

#[rustfmt::skip]
const SOURCES: &[&str] = &[
    "act", "algorithm", "article", "code", "concept", "evidence", "framework", "guidance",
    "guideline", "guidelines", "handbook", "journal", "law", "legislation", "literature",
    "model", "policies", "policy", "principle", "principles", "procedure", "protocol",
    "published", "regulations", "research", "scale", "score", "standard", "standards",
    "studies", "study", "textbook", "theories", "theory", "tool", "training",
];

#[rustfmt::skip]
const OWN: &[&str] = &[
    "i", "me", "my", "mine", "myself", "i'm", "i'd", "i've", "i'll", "i’m", "i’d", "i’ve",
    "i’ll",
];

#[rustfmt::skip]
const SHARED: &[&str] = &[
    "we", "us", "our", "ours", "ourselves", "we're", "we'd", "we've", "we’re", "we’d", "we’ve",
];

/// Words that texts have in common whatever they are about. The search index and its queries leave
/// them out.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "a", "i", "am", "an", "as", "at", "be", "by", "do", "he", "if", "in", "is", "it", "me", "my",
    "no", "of", "on", "or", "so", "to", "up", "us", "we",
    "about", "after", "also", "and", "any", "are", "been", "being", "both", "but", "can",
    "could", "did", "does", "each", "for", "from", "had", "has", "have", "her", "him", "his",
    "how", "into", "its", "may", "more", "most", "must", "not", "off", "one", "only", "other",
    "others", "our", "out", "own", "she", "should", "some", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "through", "use",
    "used", "using", "was", "were", "what", "when", "where", "which", "who", "why", "will",
    "with", "within", "would", "you", "your",
];

/// Words that texts have in common whatever they are about.
pub fn stop_words() -> impl Iterator<Item = &'static str> {
    STOP_WORDS.iter().copied()
}

/// What a word indicates, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints(u8);

impl Hints {
    const TIME: Self = Self(1);
    const SOURCE: Self = Self(2);
    const OWN: Self = Self(4);
    const SHARED: Self = Self(8);
    const STOP_WORD: Self = Self(16);

    /// Looks up the word with this hash. Almost every word indicates nothing.
    #[must_use]
    #[inline]
    pub fn of(word: WordHash) -> Self {
        HINTS.get(&word.get()).copied().unwrap_or_default()
    }

    /// Whether it says nothing of a text's subject.
    #[must_use]
    pub fn is_stop_word(self) -> bool {
        self.on(Self::STOP_WORD)
    }

    fn on(self, hints: Self) -> bool {
        self.0 & hints.0 != 0
    }
}

/// The lists, and what their words indicate. A word of two lists has the hints of both.
const LISTS: [(&[&str], Hints); 5] = [
    (TIMES, Hints::TIME),
    (SOURCES, Hints::SOURCE),
    (OWN, Hints::OWN),
    (SHARED, Hints::SHARED),
    (STOP_WORDS, Hints::STOP_WORD),
];

static HINTS: LazyLock<HashMap<u64, Hints, ByWordHash>> = LazyLock::new(|| {
    let mut all: HashMap<u64, Hints, ByWordHash> = HashMap::default();
    for (words, hints) in LISTS {
        for word in words {
            all.entry(WordHash::of(word).get()).or_default().0 |= hints.0;
        }
    }
    all
});

/// The persons that a text speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// The number of words such as I, me and my.
    pub own: u32,
    /// The number of words such as we, us and our.
    pub shared: u32,
}

/// A word of prose: a hash that ignores case, and what the word indicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(u64);

impl Word {
    const TIME: u64 = 1 << 63;
    const SOURCE: u64 = 1 << 62;

    /// Creates a word from its hints, and from its spelling.
    #[must_use]
    #[inline]
    pub fn new(word: &PlacedWord<'_>, hints: Hints) -> Self {
        let (mut time, mut source) = (hints.on(Hints::TIME), hints.on(Hints::SOURCE));
        // Years and abbreviations do not begin with a small letter; most words do.
        if !word.begins_small() {
            let word = word.text;
            time |= is_year(word, &["20"]);
            source |= is_abbreviation(word) || is_year(word, &["19", "20"]);
        }
        let hints = if time { Self::TIME } else { 0 } | if source { Self::SOURCE } else { 0 };
        Self(word.number.get() & !(Self::TIME | Self::SOURCE) | hints)
    }

    /// Whether it is a month, a day, a year, or a period.
    #[must_use]
    pub fn is_time(self) -> bool {
        self.0 & Self::TIME != 0
    }

    /// Whether it is a word for a source, an abbreviation such as NICE, or the year of a reference.
    #[must_use]
    pub fn is_source(self) -> bool {
        self.0 & Self::SOURCE != 0
    }

    /// The hash without the hints.
    pub(super) fn number(self) -> u64 {
        self.0 & !(Self::TIME | Self::SOURCE)
    }
}

/// Whether a word is in capitals, with or without digits: NICE, NEWS2.
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
    /// Counts a word.
    pub fn add(&mut self, hints: Hints) {
        self.own += u32::from(hints.on(Hints::OWN));
        self.shared += u32::from(hints.on(Hints::SHARED));
    }
}

/// The words of a text, for tests.
#[cfg(test)]
pub(super) fn words_of(text: &str) -> Vec<Word> {
    super::words::words(text)
        .map(|word| Word::new(&word, Hints::of(word.number)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::words_of as words;
    use super::*;

    #[test]
    fn words_indicate_times_and_sources_in_any_case() {
        let hints = |text: &str| {
            words(text)
                .iter()
                .map(|word| (word.is_time(), word.is_source()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            hints("by MAY 2026"),
            [(false, false), (true, true), (true, true)]
        );
        assert_eq!(
            hints("NICE nice 1988 120 Policy"),
            [
                (false, true),
                (false, false),
                (false, true),
                (false, false),
                (false, true)
            ]
        );
    }

    #[test]
    fn every_listed_word_is_found() {
        for (words, hints) in LISTS {
            for word in words {
                assert!(Hints::of(WordHash::of(word)).on(hints), "{word}");
                assert_eq!(
                    Hints::of(WordHash::of(&format!("{word}x"))),
                    Hints::default(),
                    "{word}x"
                );
            }
        }
    }
}
