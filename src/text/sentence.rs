//! Parts of sentences: counts, lists and capitals.

use std::fmt::Display;

/// A number with its noun in singular or plural: `1 entry`, `0 entries`, `2 criteria`. Of a phrase
/// the noun before "of" or "that" takes the plural: `2 types of evidence`.
#[must_use]
pub fn counted(number: impl Display, one: &str) -> String {
    let many = || {
        let ends = [" of ", " that "]
            .into_iter()
            .filter_map(|word| one.find(word));
        let (noun, rest) = one.split_at(ends.min().unwrap_or(one.len()));
        format!("{}{rest}", pluralise(noun))
    };
    match number.to_string() {
        number if number == "1" => format!("{number} {one}"),
        number => format!("{number} {}", many()),
    }
}

fn pluralise(noun: &str) -> String {
    let vowels = ['a', 'e', 'o', 'u'];
    if let Some(stem) = noun.strip_suffix("criterion") {
        return format!("{stem}criteria");
    }
    match noun
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(vowels))
    {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    }
}

/// Returns `one` if `number` is 1, else `many`: for verbs and pronouns beside a count.
#[must_use]
pub fn plural<'a>(number: impl Display, one: &'a str, many: &'a str) -> &'a str {
    if number.to_string() == "1" { one } else { many }
}

/// Things that all apply: `a, b and c`. Empty if there are none.
#[must_use]
pub fn listed(things: &[impl AsRef<str>]) -> String {
    join_last(things, "and")
}

/// Things of which one applies: `a, b or c`. Empty if there are none.
#[must_use]
pub fn listed_or(things: &[impl AsRef<str>]) -> String {
    join_last(things, "or")
}

fn join_last(things: &[impl AsRef<str>], word: &str) -> String {
    let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
    match things.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} {word} {last}", before.join(", ")),
        None => String::new(),
    }
}

/// The text in at most `letters` characters: a longer one is cut at a space and ends with `…`.
#[must_use]
pub fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    let whole = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(words, _)| words);
    format!(
        "{}…",
        whole.trim_end_matches([',', ';', ':', ' ', '-', '–'])
    )
}

/// The first sentence of a text.
#[must_use]
pub fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    let ends = text
        .char_indices()
        .filter(|(_, sign)| matches!(sign, '.' | '?' | '!'));
    let mut ends = ends.map(|(at, sign)| at + sign.len_utf8());
    let end = ends.find(|&end| text[end..].starts_with(char::is_whitespace));
    end.map_or(text, |end| &text[..end])
}

/// The text with a capital as its first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::{capitalised, counted, first_sentence, listed, listed_or, plural, shortened};

    #[test]
    fn nouns_agree_with_none_one_and_two() {
        let cases = [
            ("entry", "0 entries", "1 entry", "2 entries"),
            ("criterion", "0 criteria", "1 criterion", "2 criteria"),
            ("day", "0 days", "1 day", "2 days"),
            (
                "type of evidence",
                "0 types of evidence",
                "1 type of evidence",
                "2 types of evidence",
            ),
        ];
        for (noun, none, one, two) in cases {
            let found = [0, 1, 2].map(|number| counted(number, noun));
            assert_eq!(found, [none, one, two]);
        }
        assert_eq!(counted("1.5", "hour"), "1.5 hours");
    }

    #[test]
    fn verbs_agree_with_none_one_and_two() {
        let verbs = [0, 1, 2].map(|number| plural(number, "is", "are"));
        assert_eq!(verbs, ["are", "is", "are"]);
    }

    #[test]
    fn lists_end_with_a_word() {
        let lists = [0, 1, 2, 3].map(|number| listed(&["K1", "K2", "S3"][..number]));
        assert_eq!(lists, ["", "K1", "K1 and K2", "K1, K2 and S3"]);
        assert_eq!(listed_or(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn long_texts_are_cut_at_a_space() {
        assert_eq!(shortened("Delegate work", 13), "Delegate work");
        assert_eq!(shortened("Delegate work, and more", 16), "Delegate work…");
        assert_eq!(shortened("Delegation", 5), "Dele…");
    }

    #[test]
    fn a_sentence_ends_at_a_mark_before_a_space() {
        assert_eq!(first_sentence(" Was 2.5 enough? No. "), "Was 2.5 enough?");
        assert_eq!(first_sentence("no mark"), "no mark");
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(capitalised("élan"), "Élan");
        assert_eq!(capitalised(""), "");
    }
}
