//! The tokenizer: words of a shown text, and their hashes.
//!
//! Every word of every entry is read here, and almost all are ASCII: bytes are tested before
//! characters.

use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// A word in a text.
#[derive(Clone, Copy, Debug)]
pub struct PlacedWord<'a> {
    /// Its letters and digits.
    pub text: &'a str,
    start: usize,
    /// Its hash.
    pub number: WordHash,
    /// Whether it is the first one, or a space is before it. `07:30` and `well-known` are two words
    /// each, of which people count one.
    pub is_counted: bool,
}

impl PlacedWord<'_> {
    /// Its range in the text.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Whether it begins with a small ASCII letter.
    #[must_use]
    #[inline]
    pub fn begins_small(&self) -> bool {
        let first = self.text.as_bytes().first();
        first.is_some_and(u8::is_ascii_lowercase)
    }
}

/// The words of a shown text, in order: letters and digits, with apostrophes between them.
#[must_use]
pub fn words(shown: &str) -> Words<'_> {
    Words {
        text: shown,
        at: 0,
        is_counted: true,
    }
}

/// The words of a text from byte `at`.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    /// Whether the next word is counted.
    is_counted: bool,
}

impl<'a> Iterator for Words<'a> {
    type Item = PlacedWord<'a>;

    #[inline]
    fn next(&mut self) -> Option<PlacedWord<'a>> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let start = self.at;
            let (end, number) = if let Some((length, number)) = small_word(bytes, start) {
                (start + length, number)
            } else if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
                self.is_counted |= byte == b' ';
                self.at += 1;
                continue;
            } else {
                let end = end_of_word(self.text, start);
                if end == start {
                    self.at = self.text.ceil_char_boundary(start + 1);
                    continue;
                }
                (end, WordHash::of(&self.text[start..end]))
            };
            self.at = end;
            return Some(PlacedWord {
                text: &self.text[start..end],
                start,
                number,
                is_counted: std::mem::take(&mut self.is_counted),
            });
        }
        None
    }
}

/// The end of the word that begins at `from`; `from` itself if there is none.
fn end_of_word(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        let length = match byte {
            _ if byte.is_ascii_alphanumeric() => 1,
            _ if byte.is_ascii() && *byte != b'\'' => 0,
            _ => other_length(&text[at..], at > from),
        };
        if length == 0 {
            break;
        }
        at += length;
    }
    at
}

/// The length of the first character of `rest`, which is not an ASCII letter or digit, if it is part
/// of a word, else 0. Within a word these are apostrophes before a letter, and accents.
#[cold]
fn other_length(rest: &str, is_within: bool) -> usize {
    let mut letters = rest.chars();
    let letter = letters.next().unwrap_or_default();
    let is_part = match letter {
        '\'' | '’' => is_within && letters.next().is_some_and(char::is_alphanumeric),
        '\u{300}'..='\u{36f}' => is_within,
        _ => letter.is_alphanumeric(),
    };
    if is_part { letter.len_utf8() } else { 0 }
}

/// The length and the hash of the word that begins at `at`, if it has at most seven small ASCII letters
/// and an ASCII character after them. Most words do; eight bytes are tested in one step. The readers of
/// identifiers call it too, for tokens of their own.
#[must_use]
#[inline]
pub fn small_word(bytes: &[u8], at: usize) -> Option<(usize, WordHash)> {
    let eight = u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    let others = !among(eight, b'a', b'z') & (EACH * 0x80);
    let length = others.trailing_zeros() as usize / 8;
    let end = *bytes.get(at + length)?;
    let goes_on = end.is_ascii_alphanumeric() || end == b'\'' || !end.is_ascii();
    if length == 0 || length == 8 || goes_on {
        return None;
    }
    let letters = eight & ((1 << (8 * length)) - 1);
    Some((length, WordHash::last(WordHash::begun(length), letters)))
}

/// The hash of a word, which ignores the case of ASCII letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordHash(u64);

impl WordHash {
    /// The number of kinds.
    pub const KINDS: usize = 1 << 14;
    const STIR: u64 = 0x9e37_79b9_7f4a_7c15;
    const LAST: u64 = 0xd6e8_feb8_6659_fd93;

    /// Hashes a word, eight bytes at once.
    #[must_use]
    pub const fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let length = bytes.len();
        let mut number = Self::begun(length);
        let mut left = bytes;
        while left.len() > 8
            && let Some((eight, rest)) = left.split_first_chunk()
        {
            number = stirred(number, folded(u64::from_le_bytes(*eight)));
            left = rest;
        }
        // The last eight bytes may overlap those before. Fewer than eight are padded with zeros.
        let rest = if let Some(eight) = bytes.last_chunk() {
            u64::from_le_bytes(*eight)
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            u32::from_le_bytes(*first) as u64
                | (u32::from_le_bytes(*last) as u64) << (8 * (length - 4))
        } else if let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) {
            let middle = (bytes[length / 2] as u64) << (8 * (length / 2));
            first as u64 | middle | (last as u64) << (8 * (length - 1))
        } else {
            0
        };
        Self::last(number, folded(rest))
    }

    const fn begun(length: usize) -> u64 {
        (length as u64).wrapping_mul(Self::LAST)
    }

    const fn last(number: u64, letters: u64) -> Self {
        Self(stirred(number, letters).wrapping_mul(Self::LAST))
    }

    /// The hash as a number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The highest bits of the hash, below [`WordHash::KINDS`]: an index for small filters.
    #[must_use]
    pub const fn kind(self) -> usize {
        (self.0 >> 50) as usize
    }
}

const fn stirred(number: u64, letters: u64) -> u64 {
    let stirred = (number ^ letters).wrapping_mul(WordHash::STIR);
    stirred ^ (stirred >> 32)
}

/// A one in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Sets the highest bit of each of eight bytes that is between `first` and `last`, which are ASCII.
const fn among(bytes: u64, first: u8, last: u8) -> u64 {
    let low = bytes & (EACH * 0x7f);
    let from_first = low + EACH * (0x80 - first as u64);
    let beyond_last = low + EACH * (0x7f - last as u64);
    from_first & !beyond_last & !bytes & (EACH * 0x80)
}

/// Eight bytes with ASCII capitals in lower case.
const fn folded(bytes: u64) -> u64 {
    bytes | among(bytes, b'A', b'Z') >> 2
}

/// Builds hash maps by [`WordHash`], which is well mixed.
pub type ByWordHash = BuildHasherDefault<AsItIs>;

/// Passes a hash through.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(shown: &str) -> Vec<&str> {
        words(shown).map(|word| word.text).collect()
    }

    #[test]
    fn words_of_any_script_end_at_punctuation() {
        assert_eq!(
            texts(" The ward’s (écart), it's 10 – ναι!"),
            ["The", "ward’s", "écart", "it's", "10", "ναι"]
        );
        assert!(texts("—").is_empty() && texts("").is_empty());
    }

    #[test]
    fn quotation_marks_are_no_part_of_a_word_and_accents_are() {
        let expected = ["so", "called", "O'Wren", "patients", "cafe\u{301}"];
        assert_eq!(
            texts("'so called' ‘O'Wren’ patients’ cafe\u{301}"),
            expected
        );
    }

    #[test]
    fn words_are_counted_as_people_do() {
        let counted = |text| words(text).filter(|word| word.is_counted).count();
        for (text, expected) in [
            ("four.", 1),
            ("at 07:30 – and/or (e.g. today)", 5),
            ("a well-known scale — mine", 4),
            ("pain & rest: 7/10", 3),
            ("", 0),
        ] {
            assert_eq!(counted(text), expected, "{text}");
        }
    }

    #[test]
    fn hashes_ignore_the_case_of_ascii_letters() {
        let number = WordHash::of;
        for (one, other) in [
            ("K", "k"),
            ("Ward's", "wARD'S"),
            ("Reflection", "REFLECTION"),
            ("Écart", "ÉCART"),
        ] {
            assert_eq!(number(one), number(other));
        }
        // Capitals end at Z, and a letter with an accent is no ASCII letter.
        for (one, other) in [
            ("a", "aa"),
            ("aaaa", "aaaaa"),
            ("a[", "a{"),
            ("@", "`"),
            ("Écart", "écart"),
        ] {
            assert_ne!(number(one), number(other));
        }
    }

    proptest! {
        #[test]
        fn words_are_split_at_all_other_characters(text in "[a-zA-Z0-9é—. \n]{0,40}") {
            let expected: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(texts(&text), expected);
            for word in words(&text) {
                assert_eq!(word.number, WordHash::of(word.text));
                assert_eq!(word.begins_small(), word.text.starts_with(|sign: char| sign.is_ascii_lowercase()));
            }
        }

        #[test]
        fn different_words_have_different_hashes(one in "[a-c]{0,20}", other in "[a-c]{0,20}") {
            let number = |word: &str| WordHash::of(word);
            prop_assert_eq!(number(&one) == number(&other), one == other);
            prop_assert_eq!(number(&one), number(&one.to_ascii_uppercase()));
        }
    }
}
