//! Words that are no names by themselves: ordinary words, places everybody knows, medicines, brands.

use std::sync::LazyLock;

use super::sorted_words::{has_word, words_of};

static WORDS: LazyLock<&str> = LazyLock::new(|| words_of(include_str!("known_words.txt")));

/// Endings of inflected words, and what their stems have instead.
const ENDINGS: [(&str, &[&str]); 13] = [
    ("ies", &["y"]),
    ("es", &["", "e"]),
    ("s", &[""]),
    ("ied", &["y"]),
    ("ed", &["", "e"]),
    ("ing", &["", "e"]),
    ("ily", &["y"]),
    ("ly", &["", "le"]),
    ("ier", &["y"]),
    ("er", &["", "e"]),
    ("est", &["", "e"]),
    ("iness", &["y"]),
    ("ness", &[""]),
];

/// Endings of the names of medicines, which are too many to list.
const MEDICINES: [&str; 16] = [
    "azole",
    "pril",
    "sartan",
    "statin",
    "cillin",
    "mycin",
    "oxacin",
    "gliptin",
    "gliflozin",
    "dipine",
    "parin",
    "xaban",
    "caine",
    "mab",
    "olol",
    "zepam",
];

/// Endings of words of medicine, which are too many to list either.
const SCIENCES: [&str; 24] = [
    "pathy",
    "phagia",
    "logy",
    "virus",
    "itis",
    "osis",
    "aemia",
    "emia",
    "ectomy",
    "ostomy",
    "scopy",
    "graphy",
    "metry",
    "oxide",
    "cular",
    "algia",
    "plasty",
    "plegia",
    "pnoea",
    "therapy",
    "phylaxis",
    "lysis",
    "sclerosis",
    "penia",
];

/// Whether a word is none of a person, whatever its case.
pub(super) fn is_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_listed(&lower)
        || MEDICINES.iter().any(|ending| lower.ends_with(ending))
        || SCIENCES.iter().any(|ending| lower.ends_with(ending))
        || ENDINGS.iter().any(|(ending, replaced)| {
            let stem = lower.strip_suffix(ending).filter(|stem| stem.len() > 2);
            stem.is_some_and(|stem| is_stem(stem, replaced))
        })
}

/// Whether a word without its ending is one: `fill`, `bak(e)`, `stop(p)`.
fn is_stem(stem: &str, replaced: &[&str]) -> bool {
    let has_stem = replaced
        .iter()
        .any(|ending| is_listed(&format!("{stem}{ending}")));
    let mut letters = stem.chars();
    let last = letters.next_back();
    let is_doubled = last == letters.clone().next_back();
    has_stem || (is_doubled && is_listed(letters.as_str()))
}

/// Whether a word is on the list in this form.
pub(super) fn is_listed(word: &str) -> bool {
    has_word(&WORDS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_in_order_and_found() {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        assert!(words.is_sorted_by(|one, next| one < next));
        assert!(words.iter().all(|word| is_listed(word)));
    }

    #[test]
    fn inflected_words_are_known_and_names_are_not() {
        for word in [
            "Stopped",
            "baking",
            "babies",
            "Wards",
            "omeprazole",
            "Tesco",
            "POLISH",
        ] {
            assert!(is_word(word), "{word}");
        }
        for word in ["Oakapple", "Szabo", "Adomako", "gurung", "", "é"] {
            assert!(!is_word(word), "{word}");
        }
    }
}
