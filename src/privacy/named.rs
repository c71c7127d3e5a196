//! Finds identifiers in names of files, folders and pages, and in ids.
//!
//! A name has few words and any separators. It is searched as it is and again folded: with one space
//! for each run of separators and between the words of camel case, in lower case and in capitals for
//! the readers that need them.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::check_digit::has_check_digit;
use super::identifier::{Confidence, Identifier, Kind};
use super::search::identifiers;
use crate::text::Span;

/// The folders of every workspace.
const FOLDERS: [&str; 5] = ["portfolio", "entries", "evidence", "decisions", "standards"];

/// File extensions. With any other ending, the whole name is searched.
const ENDINGS: &[&str] = &[
    "md", "markdown", "yaml", "yml", "json", "sig", "txt", "csv", "html", "htm", "xml", "jpg",
    "jpeg", "png", "gif", "webp", "heic", "tif", "tiff", "bmp", "svg", "pdf", "docx", "xlsx",
    "pptx", "doc", "xls", "ppt", "odt", "ods", "odp", "rtf", "zip", "mp3", "mp4", "m4a", "mov",
    "wav", "avi", "css", "js",
];

/// Returns a path with the identifiers in its names masked, and their kinds. Event dates stay: files
/// are often named after the day of writing.
#[must_use]
pub fn mask_path(path: &str) -> (String, Vec<(Kind, Confidence)>) {
    let mut kinds = Vec::new();
    let shown = path.split('/').map(|name| {
        if FOLDERS.contains(&name) {
            return name.to_owned();
        }
        let found = find_in_name(name);
        kinds.extend(found.iter().map(|one| (one.kind, one.confidence)));
        let is_hidden = |at: usize| {
            found
                .iter()
                .any(|one| (one.span.start..one.span.end).contains(&at))
        };
        name.char_indices()
            .map(|(at, letter)| if is_hidden(at) { '*' } else { letter })
            .collect()
    });
    (shown.collect::<Vec<_>>().join("/"), kinds)
}

/// Whether a name or a path contains an identifier.
#[must_use]
pub fn has_identifier(name: &str) -> bool {
    !mask_path(name).1.is_empty()
}

/// Finds the identifiers in one name. Names are looked at several times for each file, and the
/// files of a cohort have mostly the same names: what was found is kept.
fn find_in_name(name: &str) -> Vec<Identifier> {
    /// The most names that are kept.
    const MOST: usize = 4_096;
    static KNOWN: LazyLock<Mutex<HashMap<Box<str>, Vec<Identifier>>>> =
        LazyLock::new(Mutex::default);
    let name = without_endings(name);
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known().get(name) {
        return found.clone();
    }
    let found = search_name(name);
    // No file has a longer name; a title may.
    if name.len() < 256 {
        let mut known = known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(name.into(), found.clone());
    }
    found
}

/// Finds the identifiers in a name without its ending. Overlapping matches are merged.
fn search_name(name: &str) -> Vec<Identifier> {
    let mut found = Vec::new();
    for one in identifiers(name, &[]) {
        merge(&mut found, one);
    }
    for span in find_nhs_numbers(name) {
        let (kind, confidence) = (Kind::NhsNumber, Confidence::Certain);
        let number = Identifier {
            kind,
            confidence,
            span,
        };
        merge(&mut found, number);
    }
    let folded = Folded::new(name);
    // MRS OAKAPPLE is read like mrs oakapple; lower-casing ASCII letters moves nothing.
    let small = folded.text.to_ascii_lowercase();
    let mut again = Vec::new();
    if small != folded.text {
        again = identifiers(&small, &[]);
        again.retain(|one| one.kind == Kind::Name);
    }
    if folded.text != name {
        again.extend(identifiers(&folded.text, &[]));
    }
    again.extend(find_in_capitals(name, &folded.text));
    for one in again {
        let span = folded.origin(one.span);
        merge(&mut found, Identifier { span, ..one });
    }
    found
}

/// Kinds that are written in capitals, in a name that mixes digits and lower-case letters.
fn find_in_capitals(name: &str, folded: &str) -> Vec<Identifier> {
    let has = |is: fn(&u8) -> bool| name.bytes().any(|byte| is(&byte));
    if !has(u8::is_ascii_digit) || !has(u8::is_ascii_lowercase) {
        return Vec::new();
    }
    let needs = |one: &Identifier| match one.kind {
        Kind::NiNumber => true,
        Kind::Postcode => !ends_with_ordinal(&folded[..one.span.end]),
        _ => false,
    };
    let found = identifiers(&folded.to_ascii_uppercase(), &[]).into_iter();
    found.filter(needs).collect()
}

fn without_endings(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) => {
            without_endings(stem)
        }
        _ => name,
    }
}

fn merge(found: &mut Vec<Identifier>, one: Identifier) {
    let is_common = matches!(one.kind, Kind::WardBed | Kind::Place | Kind::Age);
    if is_common || matches!(one.kind, Kind::EventDate | Kind::Combination) {
        return;
    }
    match found.iter_mut().find(|known| known.span.overlaps(one.span)) {
        Some(known) => {
            known.span = Span::new(
                known.span.start.min(one.span.start),
                known.span.end.max(one.span.end),
            );
        }
        None => found.push(one),
    }
}

/// Whether a text ends with an ordinal: `week-2-3rd-draft` is not the postcode W2 3RD.
fn ends_with_ordinal(text: &str) -> bool {
    [
        "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "0th",
    ]
    .iter()
    .any(|ordinal| text.ends_with(ordinal))
}

/// Finds NHS numbers without a label: ten digits with a check digit, in any grouping without a date.
fn find_nhs_numbers(name: &str) -> Vec<Span> {
    let groups = find_digit_groups(name);
    let mut found: Vec<Span> = Vec::new();
    for first in 0..groups.len() {
        let mut digits = String::new();
        for last in first..groups.len() {
            if last > first && !groups[last].joined {
                break;
            }
            digits.push_str(&groups[last].digits);
            if digits.len() >= 10 {
                let window = &groups[first..=last];
                if digits.len() == 10 && has_check_digit(&digits) && !window.windows(3).any(is_date)
                {
                    found.push(Span::new(groups[first].span.start, groups[last].span.end));
                }
                break;
            }
        }
    }
    found
}

/// A run of digits.
struct NameGroup {
    digits: String,
    span: Span,
    /// Whether there is neither a letter nor a digit between it and the group before it.
    joined: bool,
}

fn find_digit_groups(name: &str) -> Vec<NameGroup> {
    let mut groups: Vec<NameGroup> = Vec::new();
    let mut joined = false;
    for (at, letter) in name.char_indices() {
        let end = at + letter.len_utf8();
        match (to_ascii_digit(letter), groups.last_mut()) {
            (Some(digit), Some(last)) if last.span.end == at => {
                last.digits.push(digit);
                last.span = Span::new(last.span.start, end);
            }
            (Some(digit), _) => {
                groups.push(NameGroup {
                    digits: digit.to_string(),
                    span: Span::new(at, end),
                    joined,
                });
            }
            (None, _) => joined = !letter.is_alphanumeric() && (joined || ends_at(&groups, at)),
        }
        if to_ascii_digit(letter).is_some() {
            joined = true;
        }
    }
    groups
}

fn ends_at(groups: &[NameGroup], at: usize) -> bool {
    groups.last().is_some_and(|last| last.span.end == at)
}

/// Whether three groups are a date: 2026-03-14, 14-03-2026.
fn is_date(groups: &[NameGroup]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let is_year =
        |group: &NameGroup| group.digits.starts_with("19") || group.digits.starts_with("20");
    match &lengths[..] {
        [4, 2, 2] => is_year(&groups[0]),
        [2, 2, 4] => is_year(&groups[2]),
        _ => false,
    }
}

/// The ASCII form of a digit that is ASCII or full-width; `None` for other characters.
fn to_ascii_digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(letter) - 0xff10, 10),
        _ => None,
    }
}

/// A name with one space for each run of separators and between the words of camel case.
struct Folded {
    text: String,
    /// For each byte of the text, the range of its character in the name.
    origins: Vec<Span>,
}

impl Folded {
    fn new(name: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(name.len() + 4),
            origins: Vec::new(),
        };
        let letters: Vec<(usize, char)> = name.char_indices().collect();
        for (place, &(at, letter)) in letters.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| letters[before].1);
            let after = letters.get(place + 1).map(|&(_, after)| after);
            let span = Span::new(at, at + letter.len_utf8());
            if begins_word(before, letter, after) {
                folded.space(Span::new(at, at));
            }
            let is_apostrophe = matches!(letter, '\'' | '\u{2019}')
                && before.is_some_and(char::is_alphabetic)
                && after.is_some_and(char::is_alphabetic);
            if letter.is_alphanumeric() || is_apostrophe {
                folded.push(to_ascii_digit(letter).unwrap_or(letter), span);
            } else {
                folded.space(span);
            }
        }
        folded
    }

    fn space(&mut self, span: Span) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(' ', span);
        }
    }

    fn push(&mut self, letter: char, span: Span) {
        self.text.push(letter);
        self.origins.resize(self.text.len(), span);
    }

    /// The range in the name that a range of the text comes from.
    fn origin(&self, span: Span) -> Span {
        match (
            self.origins.get(span.start),
            self.origins.get(span.end.saturating_sub(1)),
        ) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }
}

/// Whether a word of camel case begins: the O of `MrsOakapple` and of `MRSOakapple`.
fn begins_word(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let Some(before) = before.filter(|_| letter.is_uppercase()) else {
        return false;
    };
    before.is_lowercase() || (before.is_uppercase() && after.is_some_and(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(name: &str) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = mask_path(name)
            .1
            .into_iter()
            .map(|(kind, _)| kind)
            .collect();
        kinds.dedup();
        kinds
    }

    #[test]
    fn every_spelling_of_an_identifier_in_a_name_is_found_and_masked() {
        let nhs = [
            "943-476-5919.md",
            "943_476_5919.md",
            "9434765919.md",
            "943476 5919.md",
            "943–476–5919.md",
            "943\u{2011}476\u{2011}5919.md",
            "943.476.5919",
            "943'476'5919.md",
            "2026-03-14-943-476-5919.md",
            "20260314_9434765919.png",
            "chart9434765919.png",
            "9434-765-919.yaml",
            "９４３-476-5919.md",
            "9 4 3 4 7 6 5 9 1 9.md",
            "943 - 476 - 5919.md.sig",
        ];
        for name in nhs {
            assert_eq!(kinds(name), [Kind::NhsNumber], "{name}");
            assert!(!mask_path(name).0.contains("5919"), "{name}");
        }
        for name in [
            "mrs-oakapple",
            "mrs.oakapple",
            "MrsOakapple.md",
            "mrs_oakapple.md",
            "MRSOakapple.png",
        ] {
            assert_eq!(kinds(name), [Kind::Name], "{name}");
            assert!(!mask_path(name).0.to_lowercase().contains("oak"), "{name}");
        }
        for name in [
            "qq-12-34-56-c.md",
            "QQ123456C.md",
            "qq123456c",
            "qq_12_34_56_c",
        ] {
            assert_eq!(kinds(name), [Kind::NiNumber], "{name}");
        }
        for name in ["ls1-4ap.md", "visit_LS1_4AP.md", "ls1.4ap"] {
            assert_eq!(kinds(name), [Kind::Postcode], "{name}");
        }
        assert_eq!(kinds("john.smith@nhs.net"), [Kind::Email]);
        assert_eq!(
            kinds("portfolio/entries/mrs.oakapple/pain.md"),
            [Kind::Name]
        );
    }

    #[test]
    fn ordinary_names_are_shown() {
        for name in [
            "2026-03-14-10.md",
            "recognising-pain",
            "14-03-2026-11",
            "IMG_20260314_153000.jpg",
            "week-w2-3rd-draft.md",
            "st0215",
            "K7",
            "pain.visit.md",
            "ThePainVisit.md",
            "9434765918.md",
            "observation-chart-2.png",
            "unit-5-task-3b",
            "AS-12.yaml",
            "2026-04-02-AS-12-1a2b3c4d.yaml",
            "portfolio/entries/2026/fluid-balance.md",
        ] {
            assert_eq!(mask_path(name), (name.to_owned(), Vec::new()), "{name}");
        }
    }
}
