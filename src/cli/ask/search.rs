//! Choices picked by typing words of them.

use std::fmt::{self, Display};

use super::screen::Choices;
use crate::model::Code;

/// A choice: a short name, and its description.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Choice {
    /// The name, which is the answer.
    pub name: String,
    /// The description.
    pub words: String,
    /// Other words by which it is found, which are not shown.
    pub also: String,
}

impl Display for Choice {
    /// Limited to one line each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{}  {}", self.name, self.words);
        match line.char_indices().nth(72) {
            Some((end, _)) => write!(f, "{}…", line[..end].trim_end()),
            None => f.write_str(&line),
        }
    }
}

/// Choices, the names so far with commas between them, and the words of the current search behind
/// the last comma.
pub(super) struct Search {
    pub(super) offered: Vec<Choice>,
}

impl Search {
    /// The names before the last comma, and the words after it.
    fn parts(typed: &str) -> (Vec<&str>, &str) {
        let (taken, words) = typed.rsplit_once(',').unwrap_or(("", typed));
        (
            taken
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect(),
            words.trim(),
        )
    }

    /// The choices that contain every word, those whose names begin with the text first.
    fn matching(&self, typed: &str) -> Vec<&Choice> {
        let typed = typed.to_lowercase();
        let fits = |choice: &&Choice| {
            let all = format!("{} {} {}", choice.name, choice.words, choice.also).to_lowercase();
            typed.split_whitespace().all(|word| all.contains(word))
        };
        let mut matching: Vec<&Choice> = self.offered.iter().filter(fits).collect();
        matching.sort_by_key(|choice| !choice.name.to_lowercase().starts_with(&typed));
        matching
    }

    /// The choice with this name, or the only one that fits the words.
    fn one(&self, typed: &str) -> Result<String, String> {
        if let Some(named) = self
            .offered
            .iter()
            .find(|choice| Code::fold(&choice.name) == Code::fold(typed))
        {
            return Ok(named.name.clone());
        }
        match self.matching(typed).as_slice() {
            [] => Err(format!("Nothing matches “{typed}”.")),
            [one] => Ok(one.name.clone()),
            several => Err(format!(
                "“{typed}” matches {}: choose one with the arrow keys and Tab.",
                several.len()
            )),
        }
    }

    /// The names in an answer, each once.
    pub(super) fn names(&self, answer: &str) -> Result<Vec<String>, String> {
        let (mut all, words) = Self::parts(answer);
        if !words.is_empty() {
            all.push(words);
        }
        let mut names: Vec<String> = Vec::new();
        for one in all {
            let name = self.one(one)?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// The text with one name more, or without it if it is there and `gives_back`.
    fn with(&self, typed: &str, at: usize, gives_back: bool) -> Option<String> {
        let (taken, words) = Self::parts(typed);
        let choice = *self.matching(words).get(at)?;
        let is_this = |name: &&str| name.eq_ignore_ascii_case(&choice.name);
        let has_it = taken.iter().any(is_this);
        let kept = taken.into_iter().filter(|name| !has_it || !is_this(name));
        let mut names: Vec<&str> = kept.collect();
        if !has_it || !gives_back {
            names.push(&choice.name);
        }
        // The next search begins behind the last comma.
        names.push("");
        Some(names.join(", "))
    }
}

impl Choices for Search {
    fn lines(&self, typed: &str) -> Vec<String> {
        let (taken, words) = Self::parts(typed);
        let line = |choice: &Choice| {
            let mut taken = taken.iter();
            let is_taken = taken.any(|name| name.eq_ignore_ascii_case(&choice.name));
            format!("[{}] {choice}", if is_taken { 'x' } else { ' ' })
        };
        self.matching(words).into_iter().map(line).collect()
    }

    fn toggle(&self, typed: &str, marked: Option<usize>) -> Option<String> {
        let (_, words) = Self::parts(typed);
        let first = (!words.is_empty()).then_some(0);
        self.with(typed, marked.or(first)?, true)
    }

    fn take(&self, typed: &str, at: usize) -> Option<String> {
        self.with(typed, at, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_and_spellings_find_a_code() {
        let choice = |name: &str, words: &str, also: &str| Choice {
            name: name.to_owned(),
            words: words.to_owned(),
            also: also.to_owned(),
        };
        let offered = vec![
            choice(
                "S7",
                "Recognise and respond to an individual in pain",
                "hurting",
            ),
            choice(
                "S9",
                "Support individuals with nutrition and fluids",
                "food lunch",
            ),
        ];
        let search = Search { offered };
        for (typed, marked, expected) in [
            ("lunch", None, Some("S9, ")),
            ("S9, ", None, None),
            ("S9, ", Some(0), Some("S9, S7, ")),
            ("S9, s9", None, Some("")),
        ] {
            assert_eq!(search.toggle(typed, marked).as_deref(), expected, "{typed}");
        }
        for (typed, names) in [("lunch", "S9"), ("s 07, food", "S7, S9"), ("S9", "S9")] {
            let found = search.names(typed).map(|names| names.join(", "));
            assert_eq!(found.as_deref(), Ok(names), "{typed}");
        }
        assert!(
            !choice("S9", "Support", "lunch")
                .to_string()
                .contains("lunch")
        );
    }
}
