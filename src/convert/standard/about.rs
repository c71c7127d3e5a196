//! Rows of a sheet about the standard as a whole: its reference, title, licence.

use super::StandardDraft;
use super::columns::is_column;
use super::feed_file::is_reference;
use super::feed_values::day_of_text;

/// The facts that were found so far.
#[derive(Debug, Default)]
pub(super) struct AboutRows {
    pub(super) draft: StandardDraft,
    /// Another reference than the one that was found first.
    pub(super) other_reference: Option<(String, String)>,
    /// Rows with names of facts that have no place in a standard.
    pub(super) left: Vec<String>,
}

/// A fact that a row may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowFact {
    Reference,
    Title,
    Level,
    Version,
    Updated,
    Licence,
    Source,
    Other,
}

fn fact_of(name: &str) -> Option<RowFact> {
    let lower = name.to_lowercase();
    let plain = lower.trim_matches(|one: char| !one.is_alphanumeric());
    Some(match plain {
        "reference" | "reference number" | "ref" | "standard reference" | "standard ref"
        | "st number" | "st code" | "standard code" => RowFact::Reference,
        "title"
        | "standard"
        | "standard title"
        | "standard name"
        | "name"
        | "apprenticeship"
        | "occupation"
        | "apprenticeship standard"
        | "occupational standard" => RowFact::Title,
        "level" => RowFact::Level,
        "version" | "version number" | "standard version" => RowFact::Version,
        "updated" | "last updated" | "date" | "date updated" | "changed" => RowFact::Updated,
        "licence" | "license" => RowFact::Licence,
        "source" | "url" | "link" | "web page" | "webpage" => RowFact::Source,
        "lars code" | "route" | "provider" | "tutor" | "author" | "cohort" | "learner"
        | "apprentice" | "typical duration" | "duration" | "status" | "prepared by"
        | "employer" | "funding band" | "maximum funding" => RowFact::Other,
        _ => return None,
    })
}

impl AboutRows {
    /// Takes a row that is not of a table. `place` names it.
    pub(super) fn take(&mut self, cells: &[(usize, &str)], place: &str) -> bool {
        match cells {
            [(_, only)] => {
                let named = only.split_once(':').and_then(|(name, value)| {
                    let fact = fact_of(name)?;
                    Some((name, fact, value.trim()))
                });
                match named {
                    Some((name, fact, value)) if !value.is_empty() => {
                        self.add(name, fact, value, place);
                        true
                    }
                    _ => self.take_licence(only),
                }
            }
            [(_, name), (_, value)] => match fact_of(name) {
                // Two headings of columns are no fact.
                Some(fact) if !is_column(value) => {
                    self.add(name, fact, value, place);
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn add(&mut self, name: &str, fact: RowFact, value: &str, place: &str) {
        let draft = &mut self.draft;
        let known = |known: &mut Option<String>| {
            let value = value.to_owned();
            if known.is_none() {
                *known = Some(value);
                true
            } else {
                *known == Some(value)
            }
        };
        let is_taken = match fact {
            RowFact::Reference => {
                self.add_reference(value, place);
                true
            }
            RowFact::Title => {
                self.take_heading(value, place);
                true
            }
            RowFact::Level => {
                let level = value.trim_start_matches(|one: char| !one.is_ascii_digit());
                draft.level = draft.level.or(level.parse().ok());
                draft.level.is_some()
            }
            RowFact::Version => known(&mut draft.version),
            RowFact::Updated => {
                draft.updated = draft.updated.or_else(|| read_day(value));
                draft.updated.is_some()
            }
            RowFact::Licence => known(&mut draft.licence),
            RowFact::Source => known(&mut draft.source),
            RowFact::Other => false,
        };
        if !is_taken {
            let name = name.trim().trim_end_matches(':');
            self.left.push(format!("{place} (“{name}”)"));
        }
    }

    /// Takes a reference, and remembers one that differs.
    pub(super) fn add_reference(&mut self, value: &str, place: &str) {
        let value = find_reference(value).unwrap_or_else(|| value.trim().to_uppercase());
        match &self.draft.reference {
            None => self.draft.reference = Some(value),
            Some(known) if *known == value => {}
            Some(_) => {
                let other = (value, place.to_owned());
                self.other_reference.get_or_insert(other);
            }
        }
    }

    /// Takes a heading such as `ST9998 Cat care worker - Level 2 - v1.1`. Returns whether it gave the
    /// title.
    pub(super) fn take_heading(&mut self, text: &str, place: &str) -> bool {
        let reference = find_reference(text);
        if let Some(reference) = &reference {
            self.add_reference(reference, place);
        }
        let mut title: Vec<&str> = Vec::new();
        for part in split_parts(text) {
            let part = part.trim_matches([' ', ',', ':', '-', '–', '|']);
            let lower = part.to_lowercase();
            let number = |word: &str| lower.strip_prefix(word).map(str::trim).map(str::to_owned);
            let is_number = |text: &String| {
                !text.is_empty() && text.chars().all(|one| one.is_ascii_digit() || one == '.')
            };
            if let Some(level) = number("level").filter(is_number) {
                self.draft.level = self.draft.level.or(level.parse().ok());
            } else if let Some(version) =
                number("version").or_else(|| number("v")).filter(is_number)
            {
                self.draft.version.get_or_insert(version);
            } else if !part.is_empty() {
                title.push(part);
            }
        }
        let title = title.join(" - ");
        let title = match &reference {
            Some(reference) => without_reference(&title, reference),
            None => title,
        };
        let is_title = self.draft.title.is_none() && !title.is_empty();
        if is_title {
            self.draft.title = Some(title);
        }
        is_title
    }

    /// Takes a note on the licence.
    fn take_licence(&mut self, text: &str) -> bool {
        const NAME: &str = "Open Government Licence";
        let Some(at) = text.find(NAME) else {
            let is_copyright = text.contains("Crown copyright") || text.starts_with('©');
            if is_copyright {
                self.draft
                    .attribution
                    .get_or_insert_with(|| text.to_owned());
            }
            return is_copyright;
        };
        let version = text[at + NAME.len()..].trim_start();
        let version: String = version
            .chars()
            .take_while(|one| one.is_ascii_digit() || "v.".contains(*one))
            .collect();
        let licence = format!("{NAME} {}", version.trim_end_matches('.'));
        self.draft
            .licence
            .get_or_insert_with(|| licence.trim().to_owned());
        if text.len() > licence.len() + 4 {
            self.draft
                .attribution
                .get_or_insert_with(|| text.to_owned());
        }
        true
    }
}

/// The parts of a heading, at dashes with spaces and at bars.
fn split_parts(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for sign in [" - ", " – ", " — ", " | ", ", "] {
        parts = parts.iter().flat_map(|part| part.split(sign)).collect();
    }
    parts
}

/// The first reference in a text: `ST0215`.
pub(super) fn find_reference(text: &str) -> Option<String> {
    text.split(|one: char| !one.is_ascii_alphanumeric())
        .find(|word| is_reference(word))
        .map(str::to_uppercase)
}

fn without_reference(title: &str, reference: &str) -> String {
    let at = title.to_uppercase().find(reference);
    let title = match at {
        // Upper case may have other lengths.
        Some(at) if title.is_char_boundary(at) && title.is_char_boundary(at + reference.len()) => {
            format!("{} {}", &title[..at], &title[at + reference.len()..])
        }
        _ => title.to_owned(),
    };
    let title = title.trim_matches([' ', ':', '-', '–', '—', '|', ',']);
    let title = title
        .strip_prefix('(')
        .and_then(|title| title.strip_suffix(')'))
        .unwrap_or(title);
    let title = title.replace("( )", " ").replace("[ ]", " ");
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A day as `2025-09-19` or `19/09/2025`.
fn read_day(text: &str) -> Option<jiff::civil::Date> {
    day_of_text(text).or_else(|| {
        let mut parts = text.trim().split('/');
        let mut next = || parts.next()?.parse::<i16>().ok();
        let (day, month, year) = (next()?, next()?, next()?);
        let day = jiff::civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?);
        day.ok().filter(|day| day.year() >= 1900)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str) -> StandardDraft {
        let mut about = AboutRows::default();
        about.take_heading(text, "row 1");
        about.draft
    }

    #[test]
    fn headings_and_rows_of_facts_are_read() {
        for text in [
            "ST9998 Cat care worker - Level 2 - v1.1",
            "Cat care worker (ST9998), Level 2, version 1.1",
            "ST9998: Cat care worker | Level 2 | Version 1.1",
        ] {
            let draft = heading(text);
            assert_eq!(draft.reference.as_deref(), Some("ST9998"), "{text}");
            assert_eq!(draft.title.as_deref(), Some("Cat care worker"), "{text}");
            assert_eq!(
                (draft.level, draft.version.as_deref()),
                (Some(2), Some("1.1")),
                "{text}"
            );
        }
        let mut about = AboutRows::default();
        assert!(about.take(&[(0, "Level:"), (1, "Level 3")], "row 1"));
        assert!(about.take(&[(0, "Last updated"), (1, "19/09/2025")], "row 2"));
        assert!(about.take(&[(0, "Tutor"), (3, "Mrs Oakapple")], "row 3"));
        assert!(about.take(&[(0, "Contains public sector information licensed under the Open Government Licence v3.0.")], "row 4"));
        assert!(!about.take(&[(0, "Some words")], "row 5"));
        assert_eq!(about.draft.level, Some(3));
        assert_eq!(about.draft.updated, Some(jiff::civil::date(2025, 9, 19)));
        assert_eq!(
            about.draft.licence.as_deref(),
            Some("Open Government Licence v3.0")
        );
        assert_eq!(about.left, ["row 3 (“Tutor”)"]);
    }
}
