//! Words of a text, and their hashes.
//!
//! Every word of every entry is read here, and almost all are ASCII: bytes are tested before
//! characters.

use std::hash::{BuildHasherDefault, Hasher};

/// The class of each byte; 0 if it is never part of a word.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'\'' => APOSTROPHE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

const DIGIT: u8 = 1;
const SMALL: u8 = 2;
const CAPITAL: u8 = 4;
const APOSTROPHE: u8 = 8;

/// A word in a text.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    within: &'a str,
    start: usize,
    end: usize,
    /// Its hash.
    pub number: WordHash,
}

impl<'a> Placed<'a> {
    /// Its letters and digits.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.within[self.start..self.end]
    }

    /// Whether it begins with a small ASCII letter.
    #[must_use]
    #[inline]
    pub fn begins_small(&self) -> bool {
        self.within
            .as_bytes()
            .get(self.start)
            .is_some_and(u8::is_ascii_lowercase)
    }
}

/// Calls `visit` for each word of a plain text, in order.
#[inline]
pub fn each_word<'a>(text: &'a str, mut visit: impl FnMut(Placed<'a>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let (end, number) = if let Some((length, number)) = small_word(bytes, start) {
            // The character after it is not part of a word.
            at = start + length + 1;
            (start + length, number)
        } else if bytes[start].is_ascii() && CLASSES[usize::from(bytes[start])] == 0 {
            at = start + 1;
            continue;
        } else {
            at = end_of_word(text, start);
            if at == start {
                at += wide_char(text, start).0;
                continue;
            }
            (at, WordHash::of(&text[start..at]))
        };
        visit(Placed {
            within: text,
            start,
            end,
            number,
        });
    }
}

/// The end of the word that begins at `from`; `from` itself if there is none.
fn end_of_word(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if CLASSES[usize::from(bytes[at])] != 0 {
            at += 1;
        } else if bytes[at].is_ascii() {
            break;
        } else {
            match wide_char(text, at) {
                (length, true) => at += length,
                (_, false) => break,
            }
        }
    }
    at
}

/// The length and the hash of the word that begins at `at`, if it has at most seven small ASCII letters
/// and an ASCII character after them. Most words do; eight bytes are tested in one step.
#[must_use]
#[inline]
pub fn small_word(bytes: &[u8], at: usize) -> Option<(usize, WordHash)> {
    let eight = u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    let others = !among(eight, b'a', b'z') & (EACH * 0x80);
    let length = others.trailing_zeros() as usize / 8;
    let end = *bytes.get(at + length)?;
    if length == 0 || length == 8 || !end.is_ascii() || CLASSES[usize::from(end)] != 0 {
        return None;
    }
    let letters = eight & ((1 << (8 * length)) - 1);
    Some((length, WordHash::last(WordHash::begun(length), letters)))
}

/// The length of a character that is not ASCII, and whether it is part of a word.
#[cold]
fn wide_char(text: &str, at: usize) -> (usize, bool) {
    let letter = text[at..].chars().next().unwrap_or_default();
    (letter.len_utf8(), letter.is_alphanumeric() || letter == '’')
}

/// A number of bytes with fewer words than a `u8` can count.
const FEW: usize = 256;

/// Counts words as people do: the parts of a text between white space.
#[must_use]
pub fn count_words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    // Space, and the five controls from tab to carriage return.
    let space = |byte: u8| byte == b' ' || byte.wrapping_sub(b'\t') < 5;
    let Some((&first, rest)) = text.as_bytes().split_first() else {
        return 0;
    };
    let begins = |(&before, &byte): (&u8, &u8)| u8::from(space(before) & !space(byte));
    // Sums of `u8` over short chunks are vectorized.
    let parts = text.as_bytes().chunks(FEW).zip(rest.chunks(FEW));
    let count = |(before, after): (&[u8], &[u8])| before.iter().zip(after).map(begins).sum::<u8>();
    usize::from(!space(first)) + parts.map(count).map(usize::from).sum::<usize>()
}

/// A text with each run of white space replaced by one space, and none at its ends.
#[must_use]
pub fn squeezed(text: String) -> String {
    let bytes = text.as_bytes();
    // Almost every text is already in this form.
    let ends = [bytes.first(), bytes.last()].contains(&Some(&b' '));
    let gaps = bytes.windows(2).any(|two| two == b"  ")
        || bytes.iter().any(|byte| (b'\t'..=b'\r').contains(byte));
    if text.is_ascii() && !ends && !gaps {
        text
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
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

/// A set of words, compared without regard to the case of ASCII letters.
#[derive(Clone, Copy, Debug)]
pub struct WordSet<const N: usize> {
    numbers: [u64; N],
    kinds: Kinds,
}

impl<const N: usize> WordSet<N> {
    /// Creates the set of these `N` words.
    #[must_use]
    pub const fn new(words: &[&str]) -> Self {
        assert!(words.len() == N, "as many words as the set has room for");
        let (mut numbers, mut kinds) = ([0; N], Kinds([0; 16]));
        let mut at = 0;
        while at < N {
            let word = WordHash::of(words[at]);
            numbers[at] = word.get();
            let (part, bit) = Kinds::place(word);
            kinds.0[part] |= bit;
            at += 1;
        }
        Self { numbers, kinds }
    }

    /// Whether a word is among them.
    #[must_use]
    pub fn has(&self, word: WordHash) -> bool {
        self.kinds.may_have(word) && self.numbers.contains(&word.get())
    }
}

/// A bit for each of 1,024 kinds of words in a set: most words are of other kinds.
#[derive(Clone, Copy, Debug)]
struct Kinds([u64; 16]);

impl Kinds {
    const fn may_have(&self, word: WordHash) -> bool {
        let (part, bit) = Self::place(word);
        self.0[part] & bit != 0
    }

    const fn place(word: WordHash) -> (usize, u64) {
        ((word.0 >> 60) as usize, 1 << (word.0 >> 54 & 63))
    }
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

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        each_word(text, |word| found.push(word.text()));
        found
    }

    #[test]
    fn words_of_any_script_end_at_punctuation() {
        assert_eq!(
            words(" The ward’s (écart), it's 10 – ναι!"),
            ["The", "ward’s", "écart", "it's", "10", "ναι"]
        );
        assert!(words("—").is_empty() && words("").is_empty());
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
        fn words_are_split_at_all_other_characters(text in "[a-zA-Z0-9'’é—. \n]{0,40}") {
            let belongs = |sign: char| sign.is_alphanumeric() || "'’".contains(sign);
            let expected: Vec<&str> = text.split(|sign| !belongs(sign)).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(words(&text), expected);
            each_word(&text, |word| {
                assert_eq!(word.number, WordHash::of(word.text()));
                assert_eq!(word.begins_small(), word.text().starts_with(|sign: char| sign.is_ascii_lowercase()));
            });
        }

        #[test]
        fn words_are_counted_between_white_space(text in "[a \t\n\u{b}\u{c}\r\u{1c}\u{85}é]{0,40}") {
            prop_assert_eq!(count_words(&text), text.split_whitespace().count());
            prop_assert_eq!(squeezed(text.clone()), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }

        #[test]
        fn different_words_have_different_hashes(one in "[a-c]{0,20}", other in "[a-c]{0,20}") {
            let number = |word: &str| WordHash::of(word);
            prop_assert_eq!(number(&one) == number(&other), one == other);
            prop_assert_eq!(number(&one), number(&one.to_ascii_uppercase()));
        }
    }
}
