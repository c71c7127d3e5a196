//! Words as they stand in a text, and numbers that tell them from one another.
//!
//! Every word of every entry passes here more than once, and nearly all of them are ASCII: bytes are looked at before
//! characters.

use std::hash::{BuildHasherDefault, Hasher};

/// What an ASCII byte is to a word; 0 for every other byte.
pub const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        signs[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'\'' => APOSTROPHE,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

/// A digit.
pub const DIGIT: u8 = 1;
/// A small letter.
pub const SMALL: u8 = 2;
/// A capital.
pub const CAPITAL: u8 = 4;
/// An apostrophe that is a byte.
pub const APOSTROPHE: u8 = 8;

/// A word where it stands in a text.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    within: &'a str,
    start: usize,
    end: usize,
    /// Its number.
    pub number: WordNumber,
}

impl<'a> Placed<'a> {
    /// Its letters and digits.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.within[self.start..self.end]
    }

    /// Whether its first sign is a small ASCII letter.
    #[must_use]
    #[inline]
    pub fn begins_small(&self) -> bool {
        self.within
            .as_bytes()
            .get(self.start)
            .is_some_and(u8::is_ascii_lowercase)
    }
}

/// Tells the words of a plain text, in order.
#[inline]
pub fn each_word<'a>(text: &'a str, mut tell: impl FnMut(Placed<'a>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let (end, number) = if let Some((length, number)) = small_word(bytes, start) {
            // The sign behind it is of no word.
            at = start + length + 1;
            (start + length, number)
        } else if bytes[start].is_ascii() && SIGNS[usize::from(bytes[start])] == 0 {
            at = start + 1;
            continue;
        } else {
            at = end_of_word(text, start);
            if at == start {
                at += long_sign(text, start).0;
                continue;
            }
            (at, WordNumber::of(&text[start..at]))
        };
        tell(Placed {
            within: text,
            start,
            end,
            number,
        });
    }
}

/// Where a word of any signs ends that begins at a place; the place itself where none does.
fn end_of_word(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if SIGNS[usize::from(bytes[at])] != 0 {
            at += 1;
        } else if bytes[at].is_ascii() {
            break;
        } else {
            match long_sign(text, at) {
                (length, true) => at += length,
                (_, false) => break,
            }
        }
    }
    at
}

/// The length and the number of the word that begins at a place of a text's bytes, where it is one of up to seven small
/// ASCII letters with an ASCII sign behind it. Nearly all words are, and eight bytes are looked at in one step.
#[must_use]
#[inline]
pub fn small_word(bytes: &[u8], at: usize) -> Option<(usize, WordNumber)> {
    let eight = u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    let others = !among(eight, b'a', b'z') & (EACH * 0x80);
    let length = others.trailing_zeros() as usize / 8;
    let end = *bytes.get(at + length)?;
    if length == 0 || length == 8 || !end.is_ascii() || SIGNS[usize::from(end)] != 0 {
        return None;
    }
    let letters = eight & ((1 << (8 * length)) - 1);
    Some((length, WordNumber::last(WordNumber::begun(length), letters)))
}

/// The bytes of a sign that is not ASCII, and whether it belongs to a word.
#[cold]
fn long_sign(text: &str, at: usize) -> (usize, bool) {
    let sign = text[at..].chars().next().unwrap_or_default();
    (sign.len_utf8(), sign.is_alphanumeric() || sign == '’')
}

/// Bytes that hold fewer words than a byte can count.
const FEW: usize = 256;

/// How many parts of a text stand between spaces: what people call its words when they count them.
#[must_use]
pub fn count_words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    // Space, and the five signs from tab to carriage return.
    let space = |byte: u8| byte == b' ' || byte.wrapping_sub(b'\t') < 5;
    let Some((&first, rest)) = text.as_bytes().split_first() else {
        return 0;
    };
    let begins = |(&before, &byte): (&u8, &u8)| u8::from(space(before) & !space(byte));
    // In parts of which each has fewer words than a byte counts, so that many bytes are looked at in one step.
    let parts = text.as_bytes().chunks(FEW).zip(rest.chunks(FEW));
    let count = |(before, after): (&[u8], &[u8])| before.iter().zip(after).map(begins).sum::<u8>();
    usize::from(!space(first)) + parts.map(count).map(usize::from).sum::<usize>()
}

/// A text with one space for every run of spaces and line ends, and none at its ends.
#[must_use]
pub fn squeezed(text: String) -> String {
    let bytes = text.as_bytes();
    // Nearly every text is that already.
    let ends = [bytes.first(), bytes.last()].contains(&Some(&b' '));
    let gaps = bytes.windows(2).any(|two| two == b"  ")
        || bytes.iter().any(|byte| (b'\t'..=b'\r').contains(byte));
    if text.is_ascii() && !ends && !gaps {
        text
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A word as a number, which is the same whatever the case of its ASCII letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordNumber(u64);

impl WordNumber {
    const STIR: u64 = 0x9e37_79b9_7f4a_7c15;
    const LAST: u64 = 0xd6e8_feb8_6659_fd93;

    /// The number of a word. Eight bytes of it are taken at once, so that most words are taken in one step.
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
        // What was taken before may be taken once more. Less than eight bytes have zeros behind them.
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

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// One of 16,384 kinds of words, by which most words are known to be none of a few.
    #[must_use]
    pub const fn kind(self) -> usize {
        (self.0 >> 50) as usize
    }
}

const fn stirred(number: u64, letters: u64) -> u64 {
    let stirred = (number ^ letters).wrapping_mul(WordNumber::STIR);
    stirred ^ (stirred >> 32)
}

/// A one in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The highest bit of each of eight bytes that is at least `first` and at most `last`, which are ASCII: after an
/// addition, that bit tells whether a byte is at least, or beyond, another one.
const fn among(bytes: u64, first: u8, last: u8) -> u64 {
    let low = bytes & (EACH * 0x7f);
    let from_first = low + EACH * (0x80 - first as u64);
    let beyond_last = low + EACH * (0x7f - last as u64);
    from_first & !beyond_last & !bytes & (EACH * 0x80)
}

/// Eight bytes with their ASCII capitals made small, all at once.
const fn folded(bytes: u64) -> u64 {
    bytes | among(bytes, b'A', b'Z') >> 2
}

/// Words that are looked for, whatever their case.
#[derive(Clone, Copy, Debug)]
pub struct WordSet<const N: usize> {
    numbers: [u64; N],
    kinds: Kinds,
}

impl<const N: usize> WordSet<N> {
    /// The set of these words, of which there are `N`.
    #[must_use]
    pub const fn new(words: &[&str]) -> Self {
        assert!(words.len() == N, "as many words as the set has room for");
        let (mut numbers, mut kinds) = ([0; N], Kinds([0; 16]));
        let mut at = 0;
        while at < N {
            let word = WordNumber::of(words[at]);
            numbers[at] = word.get();
            let (part, bit) = Kinds::place(word);
            kinds.0[part] |= bit;
            at += 1;
        }
        Self { numbers, kinds }
    }

    /// Whether a word is among them.
    #[must_use]
    pub fn has(&self, word: WordNumber) -> bool {
        self.kinds.may_have(word) && self.numbers.contains(&word.get())
    }
}

/// A bit for each of 1,024 kinds of words that is among some: most words are of another kind.
#[derive(Clone, Copy, Debug)]
struct Kinds([u64; 16]);

impl Kinds {
    const fn may_have(&self, word: WordNumber) -> bool {
        let (part, bit) = Self::place(word);
        self.0[part] & bit != 0
    }

    const fn place(word: WordNumber) -> (usize, u64) {
        ((word.0 >> 60) as usize, 1 << (word.0 >> 54 & 63))
    }
}

/// Hashes numbers of words by what they are: they are well mixed.
pub type ByNumber = BuildHasherDefault<AsItIs>;

/// Hashes what is a hash already.
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
    fn words_end_where_signs_begin_in_any_script() {
        assert_eq!(
            words(" The ward’s (écart), it's 10 – ναι!"),
            ["The", "ward’s", "écart", "it's", "10", "ναι"]
        );
        assert!(words("—").is_empty() && words("").is_empty());
    }

    #[test]
    fn a_word_has_one_number_whatever_the_case_of_its_ascii_letters() {
        let number = WordNumber::of;
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
        fn words_are_what_stands_between_other_signs(text in "[a-zA-Z0-9'’é—. \n]{0,40}") {
            let belongs = |sign: char| sign.is_alphanumeric() || "'’".contains(sign);
            let expected: Vec<&str> = text.split(|sign| !belongs(sign)).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(words(&text), expected);
            each_word(&text, |word| {
                assert_eq!(word.number, WordNumber::of(word.text()));
                assert_eq!(word.begins_small(), word.text().starts_with(|sign: char| sign.is_ascii_lowercase()));
            });
        }

        #[test]
        fn words_are_counted_as_they_stand_between_spaces(text in "[a \t\n\u{b}\u{c}\r\u{1c}\u{85}é]{0,40}") {
            prop_assert_eq!(count_words(&text), text.split_whitespace().count());
            prop_assert_eq!(squeezed(text.clone()), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }

        #[test]
        fn different_words_have_different_numbers(one in "[a-c]{0,20}", other in "[a-c]{0,20}") {
            let number = |word: &str| WordNumber::of(word);
            prop_assert_eq!(number(&one) == number(&other), one == other);
            prop_assert_eq!(number(&one), number(&one.to_ascii_uppercase()));
        }
    }
}
