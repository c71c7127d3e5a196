//! Parts of sentences that depend on a number or on their position.

/// Returns `one` if `number` is 1, else `many`: for verbs and pronouns beside a count.
#[must_use]
pub fn plural<'a>(number: usize, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
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
    use super::{capitalised, plural};

    #[test]
    fn verbs_agree_with_none_one_and_two() {
        let verbs = [0, 1, 2].map(|number| plural(number, "is", "are"));
        assert_eq!(verbs, ["are", "is", "are"]);
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(capitalised("élan"), "Élan");
        assert_eq!(capitalised(""), "");
    }
}
