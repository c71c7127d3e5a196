//! Letters of Latin alphabets as ASCII, for names of files and for comparing spellings.

/// Letters in lower case, and the ASCII letters that people write for them.
const LETTERS: [(&str, &str); 34] = [
    ("àáâãäåāăąǎǟǡȁȃȧạảấầẩẫậắằẳẵặ", "a"),
    ("æǣǽ", "ae"),
    ("ḃḅ", "b"),
    ("çćĉċč", "c"),
    ("ďđḋḍð", "d"),
    ("èéêëēĕėęěȅȇẹẻẽếềểễệ", "e"),
    ("ḟ", "f"),
    ("ĝğġģǧǵ", "g"),
    ("ĥħḣḥ", "h"),
    ("ìíîïĩīĭįıǐȉȋỉị", "i"),
    ("ĳ", "ij"),
    ("ĵǰ", "j"),
    ("ķĸǩḱḳ", "k"),
    ("ĺļľŀłḷ", "l"),
    ("ṁṃ", "m"),
    ("ñńņňŉŋǹṅṇ", "n"),
    ("òóôõöøōŏőơǒǿȍȏȫȭȯȱọỏốồổỗộớờởỡợ", "o"),
    ("œ", "oe"),
    ("ṗ", "p"),
    ("ŕŗřȑȓṛ", "r"),
    ("śŝşšșſṡṣ", "s"),
    ("ß", "ss"),
    ("ţťŧțṫṭ", "t"),
    ("þ", "th"),
    ("ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự", "u"),
    ("ṽ", "v"),
    ("ŵẁẃẅ", "w"),
    ("ẍ", "x"),
    ("ýÿŷȳẏỳỵỷỹ", "y"),
    ("źżžẓ", "z"),
    ("ﬀ", "ff"),
    ("ﬁ", "fi"),
    ("ﬂ", "fl"),
    // Accents that are letters of their own: a Mac writes names so.
    (
        "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30a}\u{30b}\u{30c}\u{31b}\u{323}\u{326}\u{327}\u{328}",
        "",
    ),
];

/// Adds a letter in lower case, in ASCII if it is one of a Latin alphabet: `É` becomes `e`, `Æ`
/// becomes `ae`, `Ｋ` becomes `k`. Others stay.
pub(super) fn push_ascii(letter: char, out: &mut String) {
    if letter.is_ascii() {
        out.push(letter.to_ascii_lowercase());
        return;
    }
    for letter in letter.to_lowercase() {
        // Wide forms of ASCII are in the same order.
        let wide = matches!(letter, '\u{ff01}'..='\u{ff5e}')
            .then(|| char::from_u32(u32::from(letter) - 0xfee0))
            .flatten();
        let known = LETTERS.iter().find(|(letters, _)| letters.contains(letter));
        match (wide, known) {
            (Some(wide), _) => out.push(wide),
            (None, Some((_, ascii))) => out.push_str(ascii),
            (None, None) => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_latin_alphabets_become_ascii() {
        for (typed, ascii) in [
            ("résumé", "resume"),
            ("re\u{301}sume\u{301}", "resume"),
            ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
            ("Æsop ØRSTED Straße", "aesop orsted strasse"),
            ("Ștefan și İbrahim", "stefan si ibrahim"),
            ("Nguyễn Đức", "nguyen duc"),
            ("Þórr ŵy ﬁt", "thorr wy fit"),
            ("Ｋ７", "k7"),
            ("Біль 痛", "біль 痛"),
        ] {
            let mut out = String::new();
            typed
                .chars()
                .for_each(|letter| push_ascii(letter, &mut out));
            assert_eq!(out, ascii);
        }
    }
}
