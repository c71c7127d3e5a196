//! Surnames and given names that are nothing else, for names in small letters and at the beginning of a sentence.
//! Too many to keep in a table: few words are looked up.

use std::sync::LazyLock;

use super::given::{Given, without_possessive};
use super::sorted_words::{has_word, words_of};

static NAMES: LazyLock<&str> = LazyLock::new(|| words_of(include_str!("more_names.txt")));

/// Whether a word is somebody's name and no word, whatever its case.
pub(super) fn is_only_name(word: &str) -> bool {
    let bare = without_possessive(word);
    let is_small = bare.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_listed = || {
        if is_small {
            has_word(&NAMES, bare)
        } else {
            has_word(&NAMES, &bare.to_lowercase())
        }
    };
    Given::of(bare) == Some(Given::Only) || is_listed()
}

#[cfg(test)]
mod tests {
    use super::super::known_words::is_word;
    use super::*;

    #[test]
    fn names_are_in_order_and_no_words() {
        let names: Vec<&str> = NAMES.split_whitespace().collect();
        assert!(names.is_sorted_by(|one, next| one < next));
        assert_eq!(names.iter().find(|name| is_word(name)), None);
        assert!(is_only_name("Pritchard's") && is_only_name("malachy"));
        assert!(!is_only_name("Oakapple") && !is_only_name("bandage"));
    }
}
