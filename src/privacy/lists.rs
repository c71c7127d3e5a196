//! On which of the readers' lists a word is, looked up once for all of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::known::{FIRST_NAMES, NAMED, NO_NAMES, ROLES, SAID, TITLES, TO};
use super::{contact, dates, names, numbers, places};
use crate::text::{ByNumber, WordNumber};

/// Lists, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u32);

impl Lists {
    pub const TITLE: Self = Self(1);
    pub const ROLE: Self = Self(2);
    pub const NAMED: Self = Self(4);
    pub const WITH: Self = Self(8);
    pub const SAID: Self = Self(16);
    pub const TO: Self = Self(32);
    pub const FIRST_NAME: Self = Self(64);
    pub const NO_NAME: Self = Self(128);
    pub const OF_HOSPITALS: Self = Self(256);
    pub const DAY: Self = Self(512);
    pub const PLACE: Self = Self(1024);
    pub const ONLY: Self = Self(2048);
    pub const ADDRESS: Self = Self(4096);

    /// Words at which a number, a day or a place may begin.
    pub const MARKS: Self =
        Self(Self::OF_HOSPITALS.0 | Self::DAY.0 | Self::PLACE.0 | Self::ONLY.0 | Self::ADDRESS.0);
    /// Words that are, or may stand beside, a name.
    pub const CUES: Self =
        Self(Self::TITLE.0 | Self::ROLE.0 | Self::NAMED.0 | Self::SAID.0 | Self::FIRST_NAME.0);
    /// Both.
    pub const MARKS_AND_CUES: Self = Self(Self::MARKS.0 | Self::CUES.0);
    /// Words that say something only where the next one has a capital.
    pub const BEFORE_NAMES: Self = Self(Self::WITH.0 | Self::TO.0);

    /// The lists that a word is on, whatever its case.
    pub fn of(word: &str) -> Self {
        KNOWN.of(WordNumber::of(word))
    }

    /// All words that are on lists.
    pub fn known() -> &'static Known {
        &KNOWN
    }

    /// Whether it is on one of these.
    pub fn on(self, lists: Self) -> bool {
        self.0 & lists.0 != 0
    }
}

/// Words that are on lists.
pub struct Known {
    words: HashMap<WordNumber, Lists, ByNumber>,
    /// A bit for each kind of word that is among them, but for those that are only known to be no names.
    small: [u64; 256],
}

impl Known {
    /// The lists that the word of this number is on.
    fn of(&self, word: WordNumber) -> Lists {
        self.words.get(&word).copied().unwrap_or_default()
    }

    /// The same for a word in small letters, but that words which are only known to be no names may be on none: that
    /// matters where they begin with a capital, and they are the most frequent words of all.
    #[inline]
    pub fn of_small(&self, word: WordNumber) -> Lists {
        let kind = word.kind();
        if self.small[kind / 64] >> (kind % 64) & 1 == 0 {
            Lists::default()
        } else {
            self.of(word)
        }
    }

    fn add(&mut self, word: &str, list: Lists) {
        let number = WordNumber::of(word);
        self.words.entry(number).or_default().0 |= list.0;
        if list != Lists::NO_NAME {
            self.small[number.kind() / 64] |= 1 << (number.kind() % 64);
        }
    }
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known {
        words: HashMap::default(),
        small: [0; 256],
    };
    let lists: [(&[&[&str]], Lists); 12] = [
        (&[TITLES], Lists::TITLE),
        (&[NAMED], Lists::NAMED),
        (&[names::WITH], Lists::WITH),
        (&[SAID], Lists::SAID),
        (&[TO], Lists::TO),
        (&[numbers::WHOSE, numbers::LABELS], Lists::OF_HOSPITALS),
        (&[FIRST_NAMES], Lists::FIRST_NAME),
        (&[NO_NAMES], Lists::NO_NAME),
        (
            &[dates::MONTHS, dates::ORDINALS, dates::FEASTS_BEGIN],
            Lists::DAY,
        ),
        (
            &[places::WARDS, places::BAYS, places::BEDS, places::KNOWN],
            Lists::PLACE,
        ),
        (&[places::ONLY], Lists::ONLY),
        (
            &[contact::LIVES, contact::FLATS, contact::ADDRESS],
            Lists::ADDRESS,
        ),
    ];
    for (words, list) in lists {
        words
            .iter()
            .copied()
            .flatten()
            .for_each(|word| known.add(word, list));
    }
    for role in ROLES {
        known.add(role, Lists::ROLE);
        known.add(&format!("{role}s"), Lists::ROLE);
    }
    known
});
