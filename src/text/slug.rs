//! Names for files and anchors: ASCII, lower case, words joined by dashes.

use std::collections::HashMap;

use super::latin::push_ascii;

/// Converts `text` to a name for links and files: `Résumé` becomes `resume`. Empty if no letter of a
/// Latin alphabet and no digit is left.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    text.chars()
        .for_each(|letter| push_ascii(letter, &mut ascii));
    let mut slug = String::with_capacity(ascii.len());
    for letter in ascii.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !matches!(letter, '\'' | '\u{2019}') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A [`slug`] of at most `most` bytes, cut between words where that leaves more than half of it.
#[must_use]
pub fn short_slug(text: &str, most: usize) -> String {
    let mut slug = slug(text);
    if slug.len() > most {
        // A dash directly after the cut means that a word ends there.
        let end = slug[..=most]
            .rfind('-')
            .filter(|end| *end > most / 2)
            .unwrap_or(most);
        slug.truncate(end);
    }
    slug
}

/// Hands out names, each once: the second `conclusion` becomes `conclusion-2`.
#[derive(Debug, Default)]
pub struct UniqueNames {
    /// Names in use, each with the number to try next, so that many equal names take linear time.
    given: HashMap<String, usize>,
    /// Names that are never handed out, in lower case.
    reserved: &'static [&'static str],
}

impl UniqueNames {
    /// Reserves names, which are in lower case.
    #[must_use]
    pub fn without(reserved: &'static [&'static str]) -> Self {
        Self {
            given: HashMap::with_capacity(16),
            reserved,
        }
    }

    /// Returns `wanted`, or the first free variation of it. Names that differ in case only are equal.
    pub fn take(&mut self, wanted: &str) -> String {
        let folded = wanted.to_lowercase();
        let Some(mut number) = self.number_after(&folded) else {
            self.given.insert(folded, 2);
            return wanted.to_owned();
        };
        let mut name = format!("{wanted}-{number}");
        while self.number_after(&name.to_lowercase()).is_some() {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        self.given.insert(folded, number + 1);
        self.given.insert(name.to_lowercase(), 2);
        name
    }

    /// The number to try next for a name that is in use or reserved.
    fn number_after(&self, folded: &str) -> Option<usize> {
        let reserved = || self.reserved.contains(&folded).then_some(2);
        self.given.get(folded).copied().or_else(reserved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_handed_out_once() {
        assert_eq!(slug("  So what? It's Ünder way "), "so-what-its-under-way");
        assert_eq!(slug("???"), "");
        assert_eq!(short_slug("One two three", 7), "one-two");
        assert_eq!(short_slug("One two three", 8), "one-two");
        assert_eq!(short_slug("Onetwothree", 8), "onetwoth");
        assert_eq!(short_slug("\u{430}\u{431} One", 8), "one");
        let mut names = UniqueNames::default();
        assert_eq!(names.take("pain"), "pain");
        assert_eq!(names.take("Pain"), "Pain-2");
        assert_eq!(names.take("pain"), "pain-3");
        let mut names = UniqueNames::without(&["main", "main-2"]);
        assert_eq!(
            [names.take("Main"), names.take("main")],
            ["Main-3", "main-4"]
        );
    }
}
