//! Messages in the words of the page: no key, no command, no line of a file. The terminal shows the
//! same messages with them.

use super::answers::WriteAnswer;
use super::fields::label_of;
use crate::engine::EngineError;
use crate::model::{State, Verdict, Word as _};

/// Keys without a field of their name, and what the page calls the place of their values.
const PLACES: &[(&str, &str)] = &[
    ("ksbs", "what this entry shows"),
    ("criteria", "what this entry shows"),
    ("attachments", "Photos and files"),
    ("check", "your answers"),
    ("actions", "your action plan"),
    ("submitted", "the day of submitting"),
    ("consents.yaml", "the register of consents"),
    ("portfolio.yaml", "the settings"),
];

/// The part of a hint that a form shows elsewhere.
const DEFAULT: &str = " Default: ";

/// Words that only make sense in a file, or in a terminal.
const OF_FILES: [&str; 5] = [
    "`ksbfolio ",
    "[{",
    ": {",
    "YYYY-MM-DD",
    "nothing was written",
];

/// A message or an advice in the words of the page; empty if nothing of it is left.
pub(super) fn in_page_words(text: &str) -> String {
    let mut words = String::new();
    for line in text.lines().map(without_line_number) {
        if !words.is_empty() {
            words.push_str(if words.ends_with(':') { " " } else { "; " });
        }
        for clause in split_clauses(line) {
            if !OF_FILES.iter().any(|one| clause.contains(one)) {
                words.push_str(&without_keys(clause));
            }
        }
        words.truncate(words.trim_end_matches([' ', ';', ',']).len());
    }
    words
}

/// A line of a message without the sign of its list, and the line of a file that it is about.
fn without_line_number(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let numbered = line
        .strip_prefix("line ")
        .and_then(|rest| rest.split_once(": "));
    let numbered = numbered.filter(|(number, _)| number.bytes().all(|one| one.is_ascii_digit()));
    numbered.map_or(line, |(_, rest)| rest)
}

/// The answer that refuses a request, in the words of the page.
pub(super) fn refused_in_page_words(error: &EngineError, field: Option<String>) -> WriteAnswer {
    let help = error.help().map(in_page_words);
    let message = error.to_string();
    let words = in_page_words(&message);
    WriteAnswer::Refused {
        message: if words.is_empty() { message } else { words },
        help: help.filter(|help| !help.is_empty()),
        field,
    }
}

/// The hint of a field in the words of the page; empty if it says what the label says.
pub(super) fn hint_in_page_words(name: &str, label: &str, hint: &str) -> String {
    match name {
        "model" => "The parts that your text is set out in.".to_owned(),
        "hours" => "More than 24 hours a day do not count.".to_owned(),
        _ => {
            let words = in_page_words(hint.split(DEFAULT).next().unwrap_or_default());
            let plain = words.trim_end_matches('.').to_lowercase();
            let is_label = plain.strip_prefix("the ").unwrap_or(&plain) == label.to_lowercase();
            if is_label { String::new() } else { words }
        }
    }
}

/// The changes of a filed decision, a line each, with states as pages name them.
pub(super) fn changes_in_page_words(changes: &str) -> String {
    let mut words = String::new();
    for line in changes.lines() {
        words.push_str(&describe_change(line).unwrap_or_else(|| line.trim().to_owned()));
        words.push('\n');
    }
    words
}

/// `K1 was accepted: it is accepted, and was ready to assess`; `None` for another line.
fn describe_change(line: &str) -> Option<String> {
    let (code, rest) = line.strip_prefix("  ")?.split_once(' ')?;
    let (verdict, change) = rest.trim_start().split_once(' ')?;
    let verdict = Verdict::from_word(verdict)?;
    let verdict = match verdict {
        Verdict::Accepted => "was accepted",
        Verdict::Partly => "was partly accepted",
        Verdict::Referred => "was sent back",
    };
    let change = change.trim_start();
    if let Some(state) = change.strip_prefix("stays ") {
        return Some(format!("{code} {verdict}: still {}", state_title(state)));
    }
    let (old, new) = change.split_once(" -> ")?;
    let (old, new) = (state_title(old), state_title(new));
    Some(format!("{code} {verdict}: now {new}, {old} before"))
}

fn state_title(word: &str) -> &str {
    let known = STATES.iter().find(|state| state.word() == word);
    known.map_or(word, |state| state.title())
}

const STATES: [State; 5] = [
    State::Gap,
    State::Drafted,
    State::Thin,
    State::Evidenced,
    State::Accepted,
];

/// The parts of a text up to each semicolon or full stop that a blank follows.
fn split_clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive("; ")
        .flat_map(|part| part.split_inclusive(". "))
}

fn without_keys(clause: &str) -> String {
    let mut words = String::new();
    let mut parts = clause.split('`');
    words.push_str(&without_bare_keys(parts.next().unwrap_or_default()));
    while let Some(quoted) = parts.next() {
        words.push_str(&name_key(quoted).unwrap_or_else(|| format!("“{quoted}”")));
        words.push_str(&without_bare_keys(parts.next().unwrap_or_default()));
    }
    words
}

/// Replaces keys that are written as words of their own, and the line of a file behind its name.
fn without_bare_keys(text: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || "_./-".contains(letter);
    let (mut words, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(is_part) {
        let word = &rest[start..];
        let word = &word[..word.find(|letter| !is_part(letter)).unwrap_or(word.len())];
        words.push_str(&rest[..start]);
        rest = &rest[start + word.len()..];
        let plain = word.trim_end_matches(['.', '-', '/']);
        let name = plain.rsplit('/').next().unwrap_or(plain);
        if let Some(stem) = entry_stem(plain) {
            for part in ["“", stem, "”", &word[plain.len()..]] {
                words.push_str(part);
            }
            rest = skip_line_number(rest);
            continue;
        }
        let is_key = plain.contains('_')
            || PLACES
                .iter()
                .any(|(key, _)| *key == name && is_of_files(key));
        match is_key.then(|| name_key(name)).flatten() {
            Some(known) => {
                words.push_str(&known);
                words.push_str(&word[plain.len()..]);
                if name.contains('.') {
                    rest = skip_line_number(rest);
                }
            }
            None => words.push_str(word),
        }
    }
    words + rest
}

/// The name of an entry's file, without its folder and its ending.
fn entry_stem(path: &str) -> Option<&str> {
    let name = path.strip_prefix("portfolio/entries/")?;
    name.rsplit('/').next()?.strip_suffix(".md")
}

/// Whether a key is no everyday word too.
fn is_of_files(key: &str) -> bool {
    key == "ksbs" || key.contains('.')
}

fn skip_line_number(rest: &str) -> &str {
    let number = rest
        .strip_prefix(", line ")
        .or_else(|| rest.strip_prefix(':'));
    let Some(number) = number.filter(|number| number.starts_with(|one: char| one.is_ascii_digit()))
    else {
        return rest;
    };
    number.trim_start_matches(|one: char| one.is_ascii_digit())
}

/// What the page calls the place of a key's value; `None` if it has none.
fn name_key(key: &str) -> Option<String> {
    let known = PLACES.iter().find(|(known, _)| *known == key);
    known
        .map(|(_, words)| (*words).to_owned())
        .or_else(|| label_of(key).map(|label| format!("“{label}”")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_name_states_as_pages_do() {
        let changes = "pain, attempt 1\n  K1         accepted  evidenced -> accepted\n  \
                       S7         referred  stays thin\n  a comment: it changes no state\n";
        assert_eq!(
            changes_in_page_words(changes),
            "pain, attempt 1\nK1 was accepted: now accepted, ready to assess before\n\
             S7 was sent back: still needs more\na comment: it changes no state\n"
        );
    }

    #[test]
    fn messages_name_fields_and_no_keys() {
        for (text, words) in [
            (
                "keep the day in event_date, which is never published, and write: that week",
                "keep the day in “Day it happened”, which is never published, and write: that week",
            ),
            (
                "add K9 to ksbs, or link the words that prove it",
                "add K9 to what this entry shows, or link the words that prove it",
            ),
            (
                "correct `hours`, or give the number of days as `days`",
                "correct “Hours spent”, or give the number of days as “Over how many days”",
            ),
            (
                "`ksbfolio explain entry:pain` shows the feedback; change the words",
                "change the words",
            ),
            (
                "add it on top: actions: [{ what: \"...\", by: YYYY-MM-DD }]",
                "",
            ),
            (
                "portfolio/portfolio.yaml, line 11: the date cannot be read",
                "the settings: the date cannot be read",
            ),
            ("there is no code `K99`.", "there is no code “K99”."),
            (
                "a link in portfolio/entries/2026/a-visit.md, line 3 cannot be followed",
                "a link in “a-visit” cannot be followed",
            ),
            (
                "this decision cannot be filed:\n  - line 8: K9 is not claimed\n  - it is dated 2036",
                "this decision cannot be filed: K9 is not claimed; it is dated 2036",
            ),
            (
                "choose a title without names; nothing was written",
                "choose a title without names",
            ),
            (
                "Nothing is checked. He wrote.",
                "Nothing is checked. He wrote.",
            ),
        ] {
            assert_eq!(in_page_words(text), words, "{text}");
        }
        let status = hint_in_page_words(
            "status",
            "Status",
            "Whether it is handed in. Default: submitted.",
        );
        assert_eq!(status, "Whether it is handed in.");
        assert_eq!(hint_in_page_words("unit", "Unit", "The unit."), "");
    }
}
