//! Ids of people.

/// Normalizes an id for comparison: ASCII letters in lower case and digits only. Full-width characters,
/// and Cyrillic and Greek letters that look like Latin ones, are converted.
#[must_use]
pub fn folded_id(id: &str) -> String {
    let fold = id
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0)
                .unwrap_or(letter)
                .to_ascii_lowercase(),
            letter => LOOK_ALIKES
                .iter()
                .find(|(other, _)| *other == letter)
                .map_or(letter, |(_, latin)| *latin),
        });
    fold.filter(char::is_ascii_alphanumeric).collect()
}

/// Whether an id has only ASCII letters, digits, `-`, `_` and `.`, so that it has no look-alikes.
#[must_use]
pub fn is_plain_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
}

/// Small letters of other scripts that look Latin, or whose capital does, with the Latin letter.
const LOOK_ALIKES: [(char, char); 34] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'i'),
    ('ӏ', 'l'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('т', 't'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('ζ', 'z'),
    ('η', 'h'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ν', 'n'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'y'),
    ('χ', 'x'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_an_id_are_equal() {
        for id in [
            "AP-2041",
            "ap_2041",
            "AP 2041",
            "AP2041",
            "AP\u{2013}2041",
            "AP\u{2011}2041",
            "AP-\u{200b}2041",
            "\u{410}\u{420}-2041",
            "\u{391}\u{3a1}-2041",
            "\u{ff21}\u{ff30}-2041",
        ] {
            assert_eq!(folded_id(id), "ap2041", "{id}");
        }
        assert_ne!(folded_id("AP-2042"), folded_id("AP-2041"));
        assert!(is_plain_id("AP-2041") && !is_plain_id("AP\u{2011}2041") && !is_plain_id("A P"));
    }
}
