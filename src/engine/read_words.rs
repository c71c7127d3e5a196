//! The words of an entry that a person checks: capitalised words, numbers and dates that no
//! dictionary has.
//!
//! The dictionary, `known_words.txt`, has the words in small letters of this project's own texts:
//! the sample's entries, the standards, and the documents. It came about with the project and has
//! its licence. It is small on purpose: a word too many is one key press, a word too few is a name.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::text::{ShownText, Span, words};

static KNOWN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("known_words.txt").split_whitespace().collect());

/// Words that are names too. They are always asked about when they are capitalised.
static ALSO_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "amber angel april art august autumn basil bill brook carol christian cliff crystal daisy dale \
     dawn dean drew ernest faith frank gene glen grace guy harmony hazel heath heather holly hope \
     iris ivy jack jean joy june lance lily mark max may melody miles nick norm olive pat pearl \
     penny poppy ray rich rob robin rose ruby rusty sandy skye summer sue sunny tony victor violet \
     wade ward will wren"
        .split_whitespace()
        .collect()
});

/// Capitalised words of the field that name no person.
const TERMS: [&str; 42] = [
    "I", "NHS", "GP", "GPs", "HCA", "HCAs", "HCSW", "KSB", "KSBs", "UK", "MDT", "NEWS", "NEWS2",
    "SBAR", "PPE", "ABCDE", "AVPU", "DNACPR", "CPD", "COSHH", "RIDDOR", "GDPR", "NICE", "NMC",
    "CQC", "COVID", "MRSA", "COPD", "PEG", "IV", "IM", "ID", "Gibbs", "Kolb", "Driscoll", "ERA",
    "BMI", "ECG", "CT", "MRI", "OK", "TV",
];

/// Words after a number that say it is a measure.
const UNITS: [&str; 50] = [
    "mg", "mcg", "g", "kg", "ml", "mls", "l", "litre", "litres", "cm", "mm", "mmhg", "mmol",
    "metres", "degrees", "percent", "per", "units", "minute", "minutes", "min", "mins", "second",
    "seconds", "hour", "hours", "hrs", "day", "days", "week", "weeks", "month", "months", "year",
    "years", "times", "sips", "steps", "drops", "doses", "tablets", "pages", "patients", "people",
    "beats", "breaths", "points", "hourly", "o'clock", "words",
];

/// Words to check, with all of their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedWords {
    /// The words as they are shown.
    pub words: String,
    /// Where they are in the file, in order.
    pub places: Vec<Span>,
    /// The words around the first place, with identifiers masked.
    pub context: String,
}

/// Finds the words of `blocks` that a person has to check, each once, in the order of the text. Words
/// that overlap `found`, the results of the search, are left out.
pub(super) fn find_words(
    blocks: &[ShownText],
    found: &[Span],
    masked: &[Span],
    is_code: impl Fn(&str) -> bool,
) -> Vec<AskedWords> {
    let mut asked: Vec<AskedWords> = Vec::new();
    for block in blocks {
        for range in find_in_block(block.text(), &is_code) {
            let places = block.source_of(range.clone());
            let Some(place) = places.first().copied() else {
                continue;
            };
            if places
                .iter()
                .any(|one| found.iter().any(|found| found.overlaps(*one)))
            {
                continue;
            }
            let words = strip_possessive(&block.text()[range.clone()]);
            match asked.iter_mut().find(|known| known.words == words) {
                Some(known) => known.places.push(place),
                None => asked.push(AskedWords {
                    words: words.to_owned(),
                    places: vec![place],
                    context: describe_context(block, range, masked),
                }),
            }
        }
    }
    asked
}

/// How a word is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WordStanding {
    /// It is checked.
    Asked,
    /// A single digit: checked only beside another number or a capitalised word.
    Weak,
    /// It is in the dictionary, or begins small.
    Known,
}

/// The ranges of a shown text that are checked: runs of words that belong together.
fn find_in_block(text: &str, is_code: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let all: Vec<_> = words(text).collect();
    let gap = |at: usize| &text[all[at - 1].range().end..all[at].range().start];
    let standing = |at: usize| {
        let word = all[at].text;
        if word.contains(|sign: char| sign.is_numeric()) {
            let end = all[at].range().end;
            let next = all.get(at + 1).map(|next| next.text.to_lowercase());
            let fraction = |sign: char| sign == '.' || sign.is_ascii_digit();
            let rest = text[end..].trim_start_matches(fraction);
            let is_measure = rest.starts_with(['%', '°'])
                || next.is_some_and(|next| UNITS.contains(&next.as_str()));
            return match word.len() {
                _ if is_measure || is_code(word) || TERMS.contains(&word) => WordStanding::Known,
                1 => WordStanding::Weak,
                _ => WordStanding::Asked,
            };
        }
        // The name behind an initial begins no sentence.
        let is_initial = |before: &str| before.chars().count() == 1 && before != "I";
        let ends = ['.', '!', '?', ':', '•', '“', '"'];
        let begins = at == 0 || (gap(at).contains(ends) && !is_initial(all[at - 1].text));
        let is_unit = at > 0 && gap(at).contains('°');
        if !is_unit && is_checked(word, begins) {
            WordStanding::Asked
        } else {
            WordStanding::Known
        }
    };
    let standings: Vec<WordStanding> = (0..all.len()).map(standing).collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let first = at;
        while at < all.len()
            && standings[at] != WordStanding::Known
            && (at == first || belong_together(all[at - 1].text, gap(at)))
        {
            at += 1;
        }
        let is_asked = standings[first..at].contains(&WordStanding::Asked) || at - first > 2;
        if at > first
            && is_asked
            && !is_score(&text[all[first].range().start..all[at - 1].range().end])
        {
            ranges.push(all[first].range().start..all[at - 1].range().end);
        }
        at = at.max(first + 1);
    }
    ranges
}

/// Whether the word before a gap belongs to the word behind it.
fn belong_together(before: &str, gap: &str) -> bool {
    let is_short = before.chars().count() <= 3 && before.chars().all(char::is_alphabetic);
    [" ", "-", "–", "/", ".", ":", "@"].contains(&gap) || (gap == ". " && is_short)
}

/// Whether it is a score out of ten, which is in every pain assessment.
fn is_score(words: &str) -> bool {
    let score = words.strip_suffix("/10").unwrap_or_default();
    !score.is_empty() && score.len() <= 2 && score.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether a word without digits is checked: it begins with a capital, and is no term. The first word
/// of a sentence is not checked if the dictionary has it and it is no name.
fn is_checked(word: &str, begins_sentence: bool) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let base = strip_contraction(strip_possessive(word));
    if TERMS.contains(&base) {
        return false;
    }
    let small = base.to_lowercase();
    !begins_sentence || ALSO_NAMES.contains(&*small) || !is_known(&small)
}

/// Whether the dictionary has a word in small letters, or the word that it is a form of.
pub(super) fn is_known(small: &str) -> bool {
    const FORMS: [(&str, &str); 14] = [
        ("s", ""),
        ("es", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
        ("ing", "ed"),
        ("ed", "ing"),
        ("ly", ""),
        ("ies", "y"),
        ("ied", "y"),
        ("er", ""),
        ("er", "e"),
        ("ment", ""),
    ];
    let is_form = |(ending, instead): (&str, &str)| {
        let stem = small.strip_suffix(ending).filter(|stem| stem.len() > 2);
        stem.is_some_and(|stem| KNOWN.contains(&*format!("{stem}{instead}")))
    };
    small == "a" || KNOWN.contains(small) || FORMS.into_iter().any(is_form)
}

/// The words without `'s` at their end.
pub(super) fn strip_possessive(words: &str) -> &str {
    let stripped = words.strip_suffix("'s").or(words.strip_suffix("’s"));
    stripped.unwrap_or(words)
}

/// The word without `n't`, `'ll` and their like.
fn strip_contraction(word: &str) -> &str {
    const ENDINGS: [&str; 6] = ["n't", "'ll", "'ve", "'re", "'d", "'m"];
    let plain = word.replace('’', "'");
    let ending = ENDINGS.iter().find(|ending| plain.ends_with(**ending));
    let letters = ending.map_or(0, |ending| ending.chars().count());
    let end = word.char_indices().rev().nth(letters.wrapping_sub(1));
    end.map_or(word, |(at, _)| &word[..at])
}

/// The most characters on either side of words in their context.
const BESIDE: usize = 28;

/// The words around a range, on one line of 76 characters, with identifiers masked.
pub(super) fn describe_context(block: &ShownText, range: Range<usize>, masked: &[Span]) -> String {
    let text = mask_block(block, masked);
    let before: Vec<char> = text[..range.start].chars().rev().take(BESIDE).collect();
    let cut = before.len() == BESIDE;
    let before: String = before.into_iter().rev().collect();
    let before = match before.split_once(' ') {
        Some((_, whole)) if cut => format!("…{whole}"),
        _ => before,
    };
    let room = 74 - before.chars().count().min(BESIDE);
    let from = &text[range.start..];
    let mut shown: String = from.chars().take(room).collect();
    if shown.len() < from.len() {
        shown.push('…');
    }
    format!("{before}{shown}")
}

/// The text of a block with a `*` for each byte of what is masked, so that ranges stay valid.
fn mask_block(block: &ShownText, masked: &[Span]) -> String {
    let hidden: Vec<Range<usize>> = masked.iter().map(|span| block.shown_of(*span)).collect();
    let mut text = String::with_capacity(block.text().len());
    for (at, letter) in block.text().char_indices() {
        if hidden.iter().any(|range| range.contains(&at)) {
            text.extend(std::iter::repeat_n('*', letter.len_utf8()));
        } else {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Vec<String> {
        let blocks = [ShownText::of(text)];
        let is_code = |word: &str| word == "K7";
        let found = find_words(&blocks, &[], &[], is_code);
        found.into_iter().map(|one| one.words).collect()
    }

    #[test]
    fn names_numbers_and_dates_are_checked_and_ordinary_words_are_not() {
        for (text, expected) in [
            ("The patient was calm. Washing her helped.", &[][..]),
            (
                "Then Kasia's mum rang Kestrel Ward.",
                &["Kasia", "Kestrel Ward"],
            ),
            (
                "Kasia sat down. Rose smiled, and I didn't.",
                &["Kasia", "Rose"],
            ),
            ("thanked her at 07:30. Oakaple left", &["07:30", "Oakaple"]),
            (
                "On 14 March at 07:30 I saw J. Fern",
                &["14 March", "07:30", "J. Fern"],
            ),
            (
                "her number 943 476 5919, in bed 4 of Ward 7",
                &["943 476 5919", "Ward 7"],
            ),
            ("7/10, then 4/10; 20 minutes, 37.5°C, 250 ml, K7", &[]),
            ("born 3/4/38, aged 93", &["3/4/38", "93"]),
            (
                "I'm sure the NHS and Gibbs don't mind. It's fine, we'll see.",
                &[],
            ),
        ] {
            assert_eq!(asked(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_is_asked_about_once_with_all_of_its_places() {
        let blocks = [ShownText::of("with Kasia and Kasia's coat")];
        let found = find_words(&blocks, &[], &[], |_| false);
        let places: Vec<(usize, usize)> = found[0]
            .places
            .iter()
            .map(|span| (span.start, span.end))
            .collect();
        assert_eq!((found.len(), places), (1, vec![(5, 10), (15, 22)]));
        assert_eq!(
            find_words(&blocks, &[Span::new(5, 10)], &[], |_| false)[0]
                .places
                .len(),
            1
        );
    }

    #[test]
    fn the_context_is_masked_and_fits_on_a_line() {
        let long = "word ".repeat(20);
        let text = format!("{long}Mrs Oakapple met Kasia there {long}");
        let block = ShownText::of(&text);
        let name = text.find("Oakapple").unwrap_or_default();
        let kasia = text.find("Kasia").unwrap_or_default();
        let masked = [Span::new(name, name + 8)];
        let context = describe_context(&block, kasia..kasia + 5, &masked);
        assert!(
            context.starts_with("…word word Mrs ******** met Kasia there word"),
            "{context}"
        );
        assert!(context.chars().count() <= 76, "{context}");
    }
}
