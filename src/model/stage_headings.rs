//! The stages of a reflection model that a heading means.

use super::ReflectionModel;
use crate::text::heading_words;

impl ReflectionModel {
    /// The stages that a heading means: as a whole, without its number, by the words before or after a
    /// colon, a dash or a bracket, or by the words before "of" and "and".
    #[must_use]
    pub fn stages_of(&self, heading: &str) -> Vec<usize> {
        let heading = strip_attributes(heading);
        let plain = strip_number(heading);
        let whole = [heading, plain];
        if let Some(stage) = whole.iter().find_map(|form| named(self, form)) {
            return vec![stage];
        }
        let parts = split_parts(plain);
        if parts.len() > 1 {
            let stages = parts.iter().find_map(|part| {
                let found = named(self, part).or_else(|| named(self, strip_number(part)));
                found.map(|stage| vec![stage])
            });
            if let Some(stages) = stages {
                return stages;
            }
        }
        let first = parts.first().copied().unwrap_or(plain);
        let joined = joined_stages(self, first);
        if !joined.is_empty() {
            return joined;
        }
        qualified(self, first).into_iter().collect()
    }
}

/// The stage with this name or synonym.
fn named(model: &ReflectionModel, heading: &str) -> Option<usize> {
    let words = heading_words(heading);
    if words.is_empty() {
        return None;
    }
    let is_named = |words: &str| {
        let mut stages = model.stages.iter();
        stages.position(|stage| stage.headings.iter().any(|known| known == words))
    };
    is_named(&words).or_else(|| {
        let (rest, last) = words.rsplit_once(' ')?;
        let is_kind = ["stage", "phase", "section", "part"].contains(&last);
        is_kind.then(|| is_named(rest)).flatten()
    })
}

/// Stages joined by "and" or "&"; a part that is no stage is ignored.
fn joined_stages(model: &ReflectionModel, heading: &str) -> Vec<usize> {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let mut stages = Vec::new();
    let mut parts = words.split(|word| ["and", "&", "+"].contains(&word.to_lowercase().as_str()));
    for stage in parts
        .by_ref()
        .filter_map(|part| named(model, &part.join(" ")))
    {
        if !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    stages
}

/// The stage before a word such as "of": "Analysis of what happened".
fn qualified(model: &ReflectionModel, heading: &str) -> Option<usize> {
    const LINKING: [&str; 8] = ["of", "for", "about", "on", "from", "in", "to", "with"];
    let words: Vec<&str> = heading.split_whitespace().collect();
    let is_linking = |word: &&str| LINKING.contains(&word.to_lowercase().as_str());
    let at = words.iter().position(is_linking)?;
    named(model, &words[..at].join(" "))
}

/// Splits a heading at colons, brackets, slashes, and dashes that stand between spaces.
fn split_parts(heading: &str) -> Vec<&str> {
    let is_mark = |sign: char| matches!(sign, ':' | '(' | ')' | '/' | '|' | '–' | '—');
    let parts = heading.split(is_mark).flat_map(|part| part.split(" - "));
    let parts = parts.map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Removes a closing `{#id .class}`, which other tools read as attributes.
fn strip_attributes(heading: &str) -> &str {
    let heading = heading.trim();
    match heading.rfind('{') {
        Some(at) if at > 0 && heading.ends_with('}') => heading[..at].trim_end(),
        _ => heading,
    }
}

/// Removes a number at the beginning: `1.`, `iv)`, `(b)`, `Stage 2:`, `Step two -`.
fn strip_number(heading: &str) -> &str {
    const COUNTED: [&str; 8] = [
        "stage", "step", "part", "section", "phase", "question", "q", "no",
    ];
    let is_end = |sign: char| !sign.is_alphanumeric();
    let opened = heading.trim_start_matches(['(', '[', '#', '•', '-', ' ']);
    let end = opened.find(is_end).unwrap_or(opened.len());
    let (first, rest) = opened.split_at(end);
    let is_counted = COUNTED.contains(&first.to_lowercase().as_str());
    let (number, rest, is_marked) = if is_counted {
        let rest = rest.trim_start();
        let end = rest.find(is_end).unwrap_or(rest.len());
        let (number, rest) = rest.split_at(end);
        (number, rest, true)
    } else {
        // A letter or a Roman number alone is a word: "I felt".
        let is_marked = rest.starts_with(['.', ')', ']', ':']) || is_figures(first);
        (first, rest, is_marked)
    };
    if !is_marked || !is_number(number) {
        return heading;
    }
    let is_between = |sign: char| !sign.is_alphabetic();
    let rest = rest.trim_start_matches(is_between);
    if rest.is_empty() { heading } else { rest }
}

fn is_figures(word: &str) -> bool {
    // `1a` and `Q1` number, too.
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let digits = digits.trim_start_matches(['Q', 'q']);
    word.len() <= 3 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(word: &str) -> bool {
    const WORDS: [&str; 8] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight",
    ];
    let lower = word.to_lowercase();
    let is_roman = !lower.is_empty() && lower.chars().all(|letter| "ivx".contains(letter));
    let is_letter = lower.len() == 1 && lower.chars().all(|letter| letter.is_ascii_lowercase());
    is_figures(&lower) || is_roman || is_letter || WORDS.contains(&lower.as_str())
}
