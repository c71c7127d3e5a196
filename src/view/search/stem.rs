//! Stems of English words, as in Porter's algorithm: `delegate`, `delegated` and `delegation` have
//! one stem.
//!
//! The endings are data. The manifest of the index carries them to the browser, whose script runs
//! the same few steps; `tests/fixtures/stems.tsv` pins both.

use std::borrow::Cow;
use std::sync::LazyLock;

/// Endings with what replaces them, longest first, for each step; an ending is replaced if the
/// rest has more syllables than the number before the step.
pub(super) const STEPS: [(usize, &str); 3] = [
    (
        0,
        "ational:ate ization:ise isation:ise iveness:ive fulness:ful ousness:ous tional:tion \
         biliti:ble alism:al aliti:al iviti:ive ousli:ous entli:ent ation:ate abli:able alli:al \
         ator:ate izer:ise iser:ise enci:ence anci:ance fulli:ful eli:e",
    ),
    (
        0,
        "icate:ic ative: alize:al alise:al iciti:ic ical:ic ness: ful:",
    ),
    (
        1,
        "ement: ance: ence: able: ible: ment: sion:s tion:t ant: ent: ism: ate: iti: ous: ive: \
         ize:is al: ic:",
    ),
];

/// The least number of syllables of the rest, and endings with what replaces them.
type StemStep = (usize, Vec<(&'static str, &'static str)>);

static ENDINGS: LazyLock<Vec<StemStep>> = LazyLock::new(|| {
    let pairs = |list: &'static str| list.split(' ').filter_map(|one| one.split_once(':'));
    STEPS
        .iter()
        .map(|&(least, list)| (least, pairs(list).collect()))
        .collect()
});

/// The stem of a word in small letters. Words of less than four letters, and those with other
/// characters than `a` to `z`, are their own stem.
pub fn stem(word: &str) -> Cow<'_, str> {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let mut word = without_participle(without_plural(word));
    if let Some(rest) = word.strip_suffix('y').filter(|rest| has_vowel(rest)) {
        word = [rest, "i"].concat();
    }
    for (least, endings) in ENDINGS.iter() {
        let found = endings
            .iter()
            .find_map(|(ending, new)| Some((word.strip_suffix(ending)?, new)));
        if let Some((rest, new)) = found.filter(|(rest, _)| syllables(rest) > *least) {
            word = [rest, new].concat();
        }
    }
    if let Some(rest) = word.strip_suffix('e') {
        let count = syllables(rest);
        if count > 1 || (count == 1 && !is_short(rest)) {
            word.pop();
        }
    }
    if (word.ends_with("ll") || word.ends_with("rr")) && syllables(&word) > 1 {
        word.pop();
    }
    Cow::Owned(word)
}

fn without_plural(word: &str) -> &str {
    if word.ends_with("sses") || word.ends_with("ies") {
        &word[..word.len() - 2]
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        word
    } else {
        word.strip_suffix('s').unwrap_or(word)
    }
}

/// Removes `ed` and `ing`, and restores the letter that they took or doubled.
fn without_participle(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("eed") {
        return if syllables(rest) > 0 {
            [rest, "ee"].concat()
        } else {
            word.to_owned()
        };
    }
    let rest = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"));
    let Some(rest) = rest.filter(|rest| has_vowel(rest)) else {
        return word.to_owned();
    };
    let restored = ["at", "bl", "iz", "is"]
        .iter()
        .any(|end| rest.ends_with(end));
    if restored || (syllables(rest) == 1 && is_short(rest)) {
        return [rest, "e"].concat();
    }
    let bytes = rest.as_bytes();
    let is_double = bytes.len() > 1 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    if is_double && !rest.ends_with(['l', 's', 'z', 'a', 'e', 'i', 'o', 'u']) {
        return rest[..rest.len() - 1].to_owned();
    }
    rest.to_owned()
}

/// Whether the letter at `at` is a vowel; `y` is one after a consonant.
fn is_vowel(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' => true,
        b'y' => at > 0 && !is_vowel(word, at - 1),
        _ => false,
    }
}

fn has_vowel(word: &str) -> bool {
    (0..word.len()).any(|at| is_vowel(word.as_bytes(), at))
}

/// How often a consonant follows a vowel.
fn syllables(word: &str) -> usize {
    let bytes = word.as_bytes();
    (1..bytes.len())
        .filter(|&at| is_vowel(bytes, at - 1) && !is_vowel(bytes, at))
        .count()
}

/// Whether a word ends in consonant, vowel and a consonant other than `w`, `x` and `y`.
fn is_short(word: &str) -> bool {
    let bytes = word.as_bytes();
    let Some(last) = bytes.len().checked_sub(3) else {
        return false;
    };
    !is_vowel(bytes, last)
        && is_vowel(bytes, last + 1)
        && !is_vowel(bytes, last + 2)
        && !word.ends_with(['w', 'x', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_those_of_the_shared_list() {
        let list = include_str!("../../../tests/fixtures/stems.tsv");
        let wrong: Vec<String> = list
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter(|(word, expected)| stem(word) != *expected)
            .map(|(word, expected)| format!("{word}: {}, not {expected}", stem(word)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(list.lines().count() > 60);
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            &["ulcer", "ulcers"][..],
            &["delegate", "delegated", "delegating", "delegation"],
            &["hand", "hands", "handed", "handing"],
            &["reflect", "reflection", "reflective", "reflecting"],
            &["assess", "assessed", "assesses", "assessment"],
            &["duty", "duties"],
            &["refer", "referred", "referral"],
            &["supervise", "supervised", "supervision"],
            &["organise", "organize", "organisation", "organizing"],
            &["nurse", "nurses", "nursing", "nurse's"],
            &["anonymised", "anonymise", "anonymising"],
        ] {
            let stems: Vec<_> = forms.iter().map(|word| stem(word)).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{stems:?}");
        }
        assert_eq!(stem("k7"), "k7");
        assert_eq!(stem("écoutes"), "écoutes");
    }
}
