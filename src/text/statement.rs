//! The words of a statement, as they are compared.

/// The words with runs of white space as one space and typographic quotes as straight ones. Case
/// and every other character stay as they are, so a statement that differs in them was changed.
#[must_use]
pub fn plain_words(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        if word.is_ascii() && !word.contains('`') {
            plain.push_str(word);
        } else {
            plain.extend(word.chars().map(straighten));
        }
    }
    plain
}

fn straighten(letter: char) -> char {
    match letter {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => '"',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::plain_words;

    #[test]
    fn white_space_and_quotes_are_no_words_and_case_is() {
        let plain = "the individual's \"own\" words";
        for same in [
            "  the individual\u{2019}s\n\u{201c}own\u{201d}\u{a0}words ",
            "the individual`s \"own\" words",
            "the individual's \"own\" words",
        ] {
            assert_eq!(plain_words(same), plain, "{same:?}");
        }
        assert_ne!(plain_words("The individual's \"own\" words"), plain);
        assert_ne!(plain_words("the individual's \"own\" words."), plain);
    }
}
