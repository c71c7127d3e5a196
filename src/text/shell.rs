//! Words for a shell, where a command is shown that somebody may copy.

/// A word that a shell takes as it is.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./".contains(sign);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn what_a_shell_would_read_is_quoted() {
        assert_eq!(shell_word("recognising-pain"), "recognising-pain");
        assert_eq!(shell_word("it's $HOME"), "'it'\\''s $HOME'");
    }
}
