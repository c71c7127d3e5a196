//! Looks for names that only the author knows. They are held for the length of the search.

use super::read_words::{is_known, strip_possessive};
use crate::text::{ShownText, Span, words};

/// Words of a name that are no part of it.
const TITLES: [&str; 18] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sister",
    "nurse",
    "matron",
    "rev",
    "sir",
    "lady",
    "lord",
    "the",
    "and",
];

/// How a name that was looked for is written in the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// As it was typed, in capitals or not, or with `'s`.
    Exact,
    /// With one letter more, less, other, or changed for its neighbour.
    OneLetterOff,
}

/// A place where the entry has a name that its author typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePlace {
    /// Its place in the file.
    pub place: Span,
    /// How it is written there.
    pub written: NameMatch,
}

/// Looks for every word of the `typed` names, between which are commas.
pub(super) fn find_names_in(blocks: &[ShownText], typed: &str) -> Vec<NamePlace> {
    let sought = split_names(typed);
    let mut found = Vec::new();
    for block in blocks {
        for word in words(block.text()) {
            let written = sought.iter().filter_map(|name| compare(name, word.text));
            let Some(written) = written.min_by_key(|written| *written != NameMatch::Exact) else {
                continue;
            };
            let places = block.source_of(word.range());
            found.extend(places.first().map(|&place| NamePlace { place, written }));
        }
    }
    found
}

/// Whether a path has one of the `typed` names.
pub(super) fn is_named_in(path: &str, typed: &str) -> bool {
    let path = path.to_lowercase();
    let sought = split_names(typed);
    sought
        .iter()
        .any(|name| name.len() > 2 && path.contains(name.as_str()))
}

/// The words of names in small letters, without titles.
fn split_names(typed: &str) -> Vec<String> {
    let parts = words(typed).map(|word| strip_possessive(word.text).to_lowercase());
    parts
        .filter(|part| part.chars().count() > 1 && !TITLES.contains(&part.as_str()))
        .collect()
}

/// How `word` writes `name`; `None` if it is another word. A name that is an ordinary word, such as
/// Will, is looked for where it is capitalised.
fn compare(name: &str, word: &str) -> Option<NameMatch> {
    let bare = strip_possessive(word);
    let small = bare.to_lowercase();
    if small == name {
        let is_name = !is_known(name) || bare.starts_with(char::is_uppercase);
        return is_name.then_some(NameMatch::Exact);
    }
    let is_near = name.chars().count() > 3 && !is_known(&small) && is_one_letter_off(name, &small);
    is_near.then_some(NameMatch::OneLetterOff)
}

/// Whether one letter more, less or other, or two neighbours in the other order, make `one` of
/// `other`.
fn is_one_letter_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    match (one, other) {
        ([a, b, rest @ ..], [c, d, others @ ..]) if (a, b) == (d, c) && rest == others => true,
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        ([_, rest @ ..], _) if rest == other => true,
        (_, [_, others @ ..]) => one == others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_exact_possessive_and_one_letter_off() {
        let text =
            "Mrs OAKAPPLE smiled; oakaple's coat, Oakappel and Oak apple. Will Tern will turn.";
        let found = |typed: &str| -> Vec<(String, bool)> {
            let all = find_names_in(&[ShownText::of(text)], typed);
            let word = |one: &NamePlace| one.place.of(text).to_owned();
            all.iter()
                .map(|one| (word(one), one.written == NameMatch::Exact))
                .collect()
        };
        let oakapples = [
            ("OAKAPPLE", true),
            ("oakaple's", false),
            ("Oakappel", false),
        ];
        let oakapples = oakapples.map(|(word, exact)| (word.to_owned(), exact));
        assert_eq!(found("Mrs Oakapple"), oakapples);
        // An ordinary word is a name where it is capitalised, and no other word is taken for it.
        let expected = [("Will".to_owned(), true), ("Tern".to_owned(), true)];
        assert_eq!(found("Will, Tern"), expected);
        assert_eq!(found("Mr, the, x"), []);
    }

    #[test]
    fn one_letter_makes_one_name_of_another() {
        for near in [
            "marta", "mata", "matra", "martha", "amarta", "mart", "marto",
        ] {
            assert!(
                near == "marta" || is_one_letter_off("marta", near),
                "{near}"
            );
        }
        for far in ["maria x", "mrat", "maarrta", "karto", "art"] {
            assert!(!is_one_letter_off("marta", far), "{far}");
        }
    }

    #[test]
    fn names_of_files_are_looked_through() {
        assert!(is_named_in("evidence/mrs-OakApple.png", "Mrs Oakapple"));
        assert!(!is_named_in("evidence/chart.png", "Mr Ch"));
    }
}
