//! Ids of people: how they are written, and whether two are the same.

/// An id in a spelling that is the same however it was typed: small ASCII letters and digits alone. Full-width signs and
/// the Cyrillic and Greek letters that look like Latin ones are read as those.
#[must_use]
pub fn folded_id(id: &str) -> String {
    let fold = id
        .chars()
        .flat_map(char::to_lowercase)
        .map(|sign| match sign {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0)
                .unwrap_or(sign)
                .to_ascii_lowercase(),
            sign => LOOK_ALIKES
                .iter()
                .find(|(other, _)| *other == sign)
                .map_or(sign, |(_, latin)| *latin),
        });
    fold.filter(char::is_ascii_alphanumeric).collect()
}

/// Whether an id has only ASCII letters, digits, `-`, `_` and `.`, so that nothing in it looks like something else.
#[must_use]
pub fn is_plain_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign))
}

/// Small letters of other scripts, also those whose capital looks Latin, and the letter that they look like.
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
    fn an_id_is_the_same_in_every_spelling() {
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
