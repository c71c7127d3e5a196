//! Small sets of words that many tokens are compared with.

/// Words in lower case. Almost no token has the length and the first letter of one of them, and is
/// compared further.
#[derive(Clone, Copy, Debug)]
pub(super) struct RareWords {
    words: &'static [&'static str],
    /// One bit for each length.
    lengths: u32,
    /// One bit for each first letter, by its last five bits, which are the same for a capital.
    letters: u32,
}

impl RareWords {
    /// Words that have at most 31 bytes each.
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let (mut lengths, mut letters, mut at) = (0, 0, 0);
        while at < words.len() {
            let word = words[at].as_bytes();
            lengths |= 1 << word.len();
            letters |= 1 << (word[0] % 32);
            at += 1;
        }
        Self {
            words,
            lengths,
            letters,
        }
    }

    /// Whether a word is one of them, without regard to the case of ASCII letters.
    pub(super) fn have(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        bytes.len() < 32
            && self.lengths >> bytes.len() & 1 != 0
            && self.letters >> (bytes[0] % 32) & 1 != 0
            && is_among(word, self.words)
    }
}

/// Whether a word is one of `words`, without regard to the case of ASCII letters.
pub(super) fn is_among(word: &str, words: &[&str]) -> bool {
    let sought = word.as_bytes();
    // A loop, because this is called more than all else. First letters differ by case at most.
    for word in words {
        let word = word.as_bytes();
        if word.len() == sought.len()
            && (word[0] ^ sought[0]) & !0x20 == 0
            && word.eq_ignore_ascii_case(sought)
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: &[&str] = &["al", "doi", "theory", "act", "écart"];

    proptest! {
        #[test]
        fn a_word_is_among_others_in_any_case(word in "[adthoecriyATDOIL@`1é]{1,7}") {
            let expected = WORDS.iter().any(|one| one.eq_ignore_ascii_case(&word));
            prop_assert_eq!(is_among(&word, WORDS), expected);
            prop_assert_eq!(RareWords::new(WORDS).have(&word), expected);
        }
    }

    #[test]
    fn words_are_found_in_any_case() {
        for word in WORDS {
            assert!(RareWords::new(WORDS).have(&word.to_ascii_uppercase()));
        }
    }
}
