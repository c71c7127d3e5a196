//! What single words hint at: of whom a text speaks, whether it names a time or a source.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::runs::each_run;
use super::words::{Placed, WordNumber};

const TIMES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "date",
    "next",
    "shift",
    "tonight",
    "week",
    "weeks",
    "month",
    "months",
    "fortnight",
    "tomorrow",
    "summer",
    "autumn",
    "winter",
    "spring",
];

const SOURCES: &[&str] = &[
    "act",
    "algorithm",
    "article",
    "code",
    "concept",
    "evidence",
    "framework",
    "guidance",
    "guideline",
    "guidelines",
    "handbook",
    "journal",
    "law",
    "legislation",
    "literature",
    "model",
    "policies",
    "policy",
    "principle",
    "principles",
    "procedure",
    "protocol",
    "published",
    "regulations",
    "research",
    "scale",
    "score",
    "standard",
    "standards",
    "studies",
    "study",
    "textbook",
    "theories",
    "theory",
    "tool",
    "training",
];

const OWN: &[&str] = &[
    "i", "me", "my", "mine", "myself", "i'm", "i'd", "i've", "i'll", "i’m", "i’d", "i’ve", "i’ll",
];

const SHARED: &[&str] = &[
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "we're",
    "we'd",
    "we've",
    "we’re",
    "we’d",
    "we’ve",
];

/// What a word hints at, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints(u8);

impl Hints {
    const TIME: Self = Self(1);
    const SOURCE: Self = Self(2);
    const OWN: Self = Self(4);
    const SHARED: Self = Self(8);

    /// What the word of this number hints at: nearly none does at anything.
    #[must_use]
    #[inline]
    pub fn of(word: WordNumber) -> Self {
        let mut place = Hinting::place(word);
        while let Some(at) = usize::from(HINTING.places[place]).checked_sub(1) {
            let (number, hints) = HINTING.words[at];
            if number == word.get() {
                return hints;
            }
            place = (place + 1) % PLACES;
        }
        Self::default()
    }

    fn on(self, hints: Self) -> bool {
        self.0 & hints.0 != 0
    }
}

/// Places by which words that hint at something are found; nearly all are empty.
const PLACES: usize = 4096;

/// Words that hint at something.
const WORDS: usize = TIMES.len() + SOURCES.len() + OWN.len() + SHARED.len();

struct Hinting {
    /// For each place 1 more than the place of a word below; 0 where none is.
    places: [u8; PLACES],
    words: [(u64, Hints); WORDS],
}

impl Hinting {
    const fn place(word: WordNumber) -> usize {
        word.kind() % PLACES
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "there are fewer words than a byte can count"
    )]
    const fn new(lists: [(&[&str], Hints); 4]) -> Self {
        let mut hinting = Self {
            places: [0; PLACES],
            words: [(0, Hints(0)); WORDS],
        };
        let (mut list, mut count) = (0, 0);
        while list < lists.len() {
            let (words, hints) = lists[list];
            let mut at = 0;
            while at < words.len() {
                let word = WordNumber::of(words[at]);
                let mut place = Self::place(word);
                while hinting.places[place] != 0 {
                    place = (place + 1) % PLACES;
                }
                hinting.words[count] = (word.get(), hints);
                count += 1;
                hinting.places[place] = count as u8;
                at += 1;
            }
            list += 1;
        }
        hinting
    }
}

static HINTING: Hinting = Hinting::new([
    (TIMES, Hints::TIME),
    (SOURCES, Hints::SOURCE),
    (OWN, Hints::OWN),
    (SHARED, Hints::SHARED),
]);

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

    /// A word, and what its number hints at.
    #[must_use]
    #[inline]
    pub fn new(word: &Placed<'_>, hints: Hints) -> Self {
        let (mut time, mut source) = (hints.on(Hints::TIME), hints.on(Hints::SOURCE));
        // Years and abbreviations do not begin small, and most words do.
        if !word.begins_small() {
            let word = word.text();
            time |= is_year(word, &["20"]);
            source |= is_abbreviation(word) || is_year(word, &["19", "20"]);
        }
        let hints = if time { Self::TIME } else { 0 } | if source { Self::SOURCE } else { 0 };
        Self(word.number.get() & !(Self::TIME | Self::SOURCE) | hints)
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

    /// The number that tells it from others.
    pub(super) fn number(self) -> u64 {
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
    /// Goes on with the next word, by what it hints at.
    pub fn hear(&mut self, hints: Hints) {
        self.own += u32::from(hints.on(Hints::OWN));
        self.shared += u32::from(hints.on(Hints::SHARED));
    }
}

/// Pairs of texts, at most eight of them, of which one largely repeats the other: at least half of the shorter one's
/// runs of `LENGTH` words stand in both. One with fewer than `fewest` runs repeats others by chance. The first of a pair
/// comes first.
#[must_use]
pub fn repeated<const LENGTH: usize>(texts: &[&[Word]], fewest: usize) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    for (first, second) in may_be_repeated::<LENGTH>(texts) {
        let different = |text: &[Word]| {
            let mut runs = BTreeSet::new();
            each_run::<LENGTH>(text, |run| _ = runs.insert(run));
            runs
        };
        let (one, other) = (different(texts[first]), different(texts[second]));
        let shorter = one.len().min(other.len());
        let common = one.intersection(&other).count();
        if shorter >= fewest && common * 2 >= shorter {
            repeated.push((first, second));
        }
    }
    repeated
}

/// Nearly no two stages share many runs. Each run leaves the mark of its text in one of many places, so that two texts
/// that share runs share places; chance adds some, and takes none away.
fn may_be_repeated<const LENGTH: usize>(texts: &[&[Word]]) -> Vec<(usize, usize)> {
    const MOST: usize = 8;
    let texts = &texts[..texts.len().min(MOST)];
    let mut places = [0_u8; PLACES];
    let mut counts = [0_usize; MOST];
    let mut shared = [[0_usize; MOST]; MOST];
    for (at, text) in texts.iter().enumerate() {
        each_run::<LENGTH>(text, |run| {
            let place = &mut places[(run >> 52) as usize % PLACES];
            if *place & (1 << at) != 0 {
                return;
            }
            counts[at] += 1;
            // Nearly every place is empty.
            if *place != 0 {
                for (other, shared) in shared[at][..at].iter_mut().enumerate() {
                    *shared += usize::from(*place >> other & 1);
                }
            }
            *place |= 1 << at;
        });
    }
    let pairs = (0..texts.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
    pairs
        .filter(|&(first, second)| shared[second][first] * 2 >= counts[first].min(counts[second]))
        .collect()
}

/// The words of a text, for tests.
#[cfg(test)]
pub fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    super::words::each_word(text, |word| {
        words.push(Word::new(&word, Hints::of(word.number)))
    });
    words
}

#[cfg(test)]
mod tests {
    use super::words_of as words;
    use super::*;

    #[test]
    fn words_hint_at_times_and_sources_whatever_their_case() {
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
    fn every_word_that_hints_at_something_is_found_and_others_are_not() {
        let lists = [
            (TIMES, Hints::TIME),
            (SOURCES, Hints::SOURCE),
            (OWN, Hints::OWN),
            (SHARED, Hints::SHARED),
        ];
        for (words, hints) in lists {
            for word in words {
                assert_eq!(Hints::of(WordNumber::of(word)), hints, "{word}");
                assert_eq!(
                    Hints::of(WordNumber::of(&format!("{word}x"))),
                    Hints::default(),
                    "{word}x"
                );
            }
        }
    }

    #[test]
    fn texts_that_repeat_each_other_are_found_and_others_are_not() {
        let text = |from: usize| {
            words(
                &(from..from + 60)
                    .map(|word| format!("w{word}"))
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        };
        let (one, half, other) = (text(0), text(29), text(500));
        assert_eq!(repeated::<4>(&[&one, &other, &half, &one], 20), [(0, 3)]);
        assert_eq!(repeated::<4>(&[&one[..20], &one[..20]], 20), []);
    }
}
