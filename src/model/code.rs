//! Codes of criteria and groups: `K7`, `MN-AC1`, `Duty 10`.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::text::natural;

/// A code in its standard's own spelling. Sorts naturally: `K2` before `K10`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Arc<str>);

impl Code {
    /// Creates a code in the spelling of its standard.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self(code.into())
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Normalises a code, so that spellings of the same code compare equal: `k7`, `K 7`, `K07` and
    /// `К7` with a Cyrillic letter all become `K7`. Letters are upper-cased, look-alikes and
    /// full-width characters become Latin, and spaces, dashes, dots, underscores and leading zeros
    /// are removed.
    #[must_use]
    pub fn fold(typed: &str) -> String {
        let mut folded = String::with_capacity(typed.len());
        let mut after_digit = false;
        let mut letters = typed
            .chars()
            .map(to_latin)
            .filter(|letter| {
                !letter.is_whitespace() && !"-_.\u{2010}\u{2011}\u{2012}\u{2013}".contains(*letter)
            })
            .peekable();
        while let Some(letter) = letters.next() {
            let leading_zero =
                letter == '0' && !after_digit && letters.peek().is_some_and(char::is_ascii_digit);
            if leading_zero {
                continue;
            }
            after_digit = letter.is_ascii_digit();
            folded.extend(letter.to_uppercase());
        }
        folded
    }

    /// The normalised letters before the number: `K` of `K7`.
    #[must_use]
    pub fn prefix(typed: &str) -> String {
        let mut folded = Self::fold(typed);
        folded.truncate(
            folded
                .trim_end_matches(|letter: char| letter.is_ascii_digit())
                .len(),
        );
        folded
    }

    /// The number at the end: 7 of `K7`.
    #[must_use]
    pub fn number(typed: &str) -> Option<u32> {
        let folded = Self::fold(typed);
        let digits = folded.len()
            - folded
                .trim_end_matches(|letter: char| letter.is_ascii_digit())
                .len();
        folded[folded.len() - digits..].parse().ok()
    }
}

/// Maps a look-alike to its Latin letter or digit.
fn to_latin(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        'К' | 'к' | 'Κ' | 'κ' => 'K',
        'Ѕ' | 'ѕ' => 'S',
        'В' | 'Β' => 'B',
        'М' | 'Μ' => 'M',
        'Е' | 'Ε' => 'E',
        'А' | 'Α' => 'A',
        'С' => 'C',
        'Т' | 'Τ' => 'T',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Н' | 'Η' => 'H',
        letter => letter,
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.0, &other.0)
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_spellings_normalise_to_one() {
        for typed in ["k7", "K 7", "K07", "K-7", "к7", "Ｋ７", " K7 ", "K007"] {
            assert_eq!(Code::fold(typed), "K7", "{typed}");
        }
        assert_eq!(Code::fold("mn ac1"), Code::fold("MN-AC1"));
        assert_ne!(Code::fold("K70"), Code::fold("K7"));
        assert_eq!(Code::fold("K0"), "K0");
        assert_eq!(
            (
                Code::prefix("AP503-T12").as_str(),
                Code::number("AP503-T12")
            ),
            ("AP503T", Some(12))
        );
    }

    #[test]
    fn codes_sort_naturally() {
        let mut codes: Vec<Code> = ["K10", "Duty 10", "K2", "Duty 9", "K1"]
            .map(Code::new)
            .to_vec();
        codes.sort();
        let sorted: Vec<&str> = codes.iter().map(Code::as_str).collect();
        assert_eq!(sorted, ["Duty 9", "Duty 10", "K1", "K2", "K10"]);
    }
}
