//! Headings as they are compared.

/// The words of a heading in lower case, without articles and apostrophes, and with "you" and "we"
/// as "i": "What were you feeling?" and "What was I feeling" have the same.
#[must_use]
pub fn heading_words(heading: &str) -> String {
    let mut words = Vec::new();
    let is_letter = |sign: char| sign.is_alphanumeric() || matches!(sign, '\'' | '\u{2019}');
    for word in heading.split(|sign| !is_letter(sign)) {
        let word = word.replace(['\'', '\u{2019}'], "").to_lowercase();
        match word.as_str() {
            "" | "a" | "an" | "the" | "my" | "your" | "our" => {}
            "you" | "we" => words.push("i".to_owned()),
            "were" | "is" | "are" => words.push("was".to_owned()),
            "did" | "do" => words.push("do".to_owned()),
            _ => words.push(word),
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_and_articles_do_not_matter() {
        let same = heading_words("What were you thinking?");
        assert_eq!(same, heading_words("What was I thinking"));
        assert_eq!(heading_words("The feelings"), "feelings");
        assert_eq!(heading_words("???"), "");
    }
}
