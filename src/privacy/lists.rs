//! On which of the readers' lists a word is, looked up once for all of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::known::{FIRST_NAMES, NAMED, ROLES, SAID, TITLES, TO};
use super::{dates, numbers, places};

/// Lists, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u16);

impl Lists {
    pub const TITLE: Self = Self(1);
    pub const ROLE: Self = Self(2);
    pub const NAMED: Self = Self(4);
    pub const SAID: Self = Self(8);
    pub const TO: Self = Self(16);
    pub const OF_HOSPITALS: Self = Self(32);
    pub const FIRST_NAME: Self = Self(64);
    pub const DAY: Self = Self(128);
    pub const PLACE: Self = Self(256);
    pub const ONLY: Self = Self(512);

    /// The longest word on any of them.
    const LONGEST: usize = 20;

    /// The lists that a word is on, whatever its case.
    pub fn of(word: &str) -> Self {
        let mut letters = [0; Self::LONGEST];
        let Some(lower) = letters.get_mut(..word.len()) else { return Self::default() };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        KNOWN.get(&*lower).copied().unwrap_or_default()
    }

    /// Whether it is on one of these.
    pub fn on(self, lists: Self) -> bool {
        self.0 & lists.0 != 0
    }
}

static KNOWN: LazyLock<HashMap<Vec<u8>, Lists>> = LazyLock::new(|| {
    let mut known: HashMap<Vec<u8>, Lists> = HashMap::new();
    let mut add = |word: &str, list: Lists| known.entry(word.as_bytes().to_vec()).or_default().0 |= list.0;
    let lists: [(&[&[&str]], Lists); 9] = [
        (&[TITLES], Lists::TITLE),
        (&[NAMED, &["by", "for", "of", "to", "with", "was", "thank", "thanked"]], Lists::NAMED),
        (&[SAID], Lists::SAID),
        (&[TO], Lists::TO),
        (&[numbers::WHOSE, numbers::LABELS], Lists::OF_HOSPITALS),
        (&[FIRST_NAMES], Lists::FIRST_NAME),
        (&[dates::MONTHS, dates::ORDINALS, dates::FEASTS_BEGIN], Lists::DAY),
        (&[places::WARDS, places::BAYS, places::BEDS, places::KNOWN], Lists::PLACE),
        (&[places::ONLY], Lists::ONLY),
    ];
    for (words, list) in lists {
        words.iter().copied().flatten().for_each(|word| add(word, list));
    }
    for role in ROLES {
        add(role, Lists::ROLE);
        add(&format!("{role}s"), Lists::ROLE);
    }
    known
});
