//! Declarations and records for the gateway.

use jiff::civil::Date;

use super::Known;
use crate::text::Spanned;

/// A signed statement.
#[derive(Debug)]
pub struct Declaration {
    /// The kind of declaration, as in `authenticity`.
    pub kind: String,
    /// The person who declared it, by reference.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// The meaning of a record's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordedAs {
    /// It is there.
    There,
    /// It is not there.
    Missing,
    /// It need not be there.
    NotNeeded,
    /// Anything else, which proves nothing.
    Unclear,
}

/// Words that prove that something exists, unless a word of `DOUBTING` is in the same text.
#[rustfmt::skip]
pub const PROVING: &[&str] = &[
    "yes", "level", "grade", "gcse", "certificate", "certified", "achieved", "awarded", "passed",
    "seen", "verified", "confirmed", "confirms", "signed", "exempt", "exemption",
];

/// Words that make a whole text doubtful.
#[rustfmt::skip]
const DOUBTING: &[&str] = &[
    "not", "no", "none", "never", "nothing", "without", "fail", "fails", "failed", "failing",
    "refused", "refuses", "declined", "rejected", "pending", "await", "awaiting", "awaited",
    "wait", "waiting", "missing", "yet", "until", "unless", "if", "tbc", "tba", "tbd", "planned",
    "expected", "due", "booked", "lost", "expired", "withdrawn", "revoked", "resit", "resitting",
    "retake", "retaking", "incomplete", "partly", "partial", "partially", "almost", "nearly",
    "will", "shall", "should", "would", "could", "might", "going", "towards", "toward", "working",
    "studying", "taking", "sitting", "enrolled", "applied", "progress", "soon", "hopefully",
    "maybe", "perhaps", "probably", "possibly", "need", "needs", "needed", "false", "unknown",
    "unconfirmed", "unverified", "unseen", "unsure", "cannot", "cant", "nor", "neither", "hasnt",
    "isnt", "wasnt", "didnt", "havent", "doesnt", "wont",
];

/// Pairs of words that make a whole text doubtful.
const DOUBTING_PAIRS: &[[&str; 2]] = &[
    ["to", "be"],
    ["to", "do"],
    ["to", "follow"],
    ["to", "come"],
    ["to", "confirm"],
    ["to", "check"],
];

/// Words with which a record of something missing begins.
#[rustfmt::skip]
const MISSING: &[&str] = &[
    "no", "none", "not yet", "not achieved", "not passed", "not seen", "false", "missing",
    "failed", "refused", "declined", "rejected", "pending", "awaiting", "to be",
];

impl RecordedAs {
    /// Interprets a text. Only words in `PROVING` prove anything.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain = text.to_lowercase().replace(['\'', '’'], "");
        let words = plain
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let joined = words.join(" ");
        let begins = |beginning: &&str| {
            joined
                .strip_prefix(*beginning)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        if ["not needed", "not required", "not applicable", "n a"].contains(&joined.as_str()) {
            Self::NotNeeded
        } else if MISSING.iter().any(begins) {
            Self::Missing
        } else if !Self::is_doubtful(text, &words)
            && words.iter().any(|word| PROVING.contains(word))
        {
            Self::There
        } else {
            Self::Unclear
        }
    }

    /// The number at the start of a text; `None` if another word makes it doubtful.
    #[must_use]
    pub fn number(text: &str) -> Option<u32> {
        let plain = text.to_lowercase().replace(['\'', '’'], "");
        let words = plain
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let digits: String = text
            .trim()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits
            .parse()
            .ok()
            .filter(|_| !Self::is_doubtful(text, &words))
    }

    fn is_doubtful(text: &str, words: &[&str]) -> bool {
        let pair = |pair: &[&str]| DOUBTING_PAIRS.iter().any(|known| known == pair);
        text.contains('?')
            || words.iter().any(|word| DOUBTING.contains(word))
            || words.windows(2).any(pair)
    }
}

/// A record under `gateway` in `portfolio.yaml`.
#[derive(Debug)]
pub struct Record {
    /// The key.
    pub name: Spanned<String>,
    /// Its value.
    pub value: Known<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_prove_a_record() {
        use RecordedAs::{Missing, NotNeeded, There, Unclear};
        for (text, expected) in [
            ("Level 2, certificate seen", There),
            ("yes, EMP-3 on 2027-01-12", There),
            ("Yes", There),
            ("GCSE grade 4", There),
            ("exempt: holds a degree", There),
            ("not needed", NotNeeded),
            ("n/a", NotNeeded),
            ("no", Missing),
            ("not yet", Missing),
            ("failed", Missing),
            ("refused", Missing),
            ("pending", Missing),
            ("awaiting certificate", Missing),
            ("unkown", Unclear),
            ("not neded", Unclear),
            ("certificate not seen", Unclear),
            ("certificate hasn’t been seen", Unclear),
            ("level 2 to be confirmed", Unclear),
            ("working towards level 2", Unclear),
            ("level 2?", Unclear),
            ("yesterday", Unclear),
            ("true", Unclear),
            ("", Unclear),
        ] {
            assert_eq!(RecordedAs::of(text), expected, "{text}");
        }
        assert_eq!(RecordedAs::number("200, transcript seen"), Some(200));
        assert_eq!(RecordedAs::number("200 pending"), None);
    }
}
