//! Quoting of arguments in commands that are shown for copying.

/// Quotes a word for a POSIX shell if it needs quotes.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn special_characters_are_quoted() {
        assert_eq!(shell_word("recognising-pain"), "recognising-pain");
        assert_eq!(shell_word("it's $HOME"), "'it'\\''s $HOME'");
    }
}
