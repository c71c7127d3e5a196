//! Changing the text below the front matter.

use super::line_ends::{line_close, line_end_at, next_line, with_line_ends};
use super::outline::Outline;
use super::yaml_part::body;
use super::{Reason, Refused};
use crate::model::StageModel;
use crate::parse::front_matter;
use crate::text::{Span, TextEdit, apply_edits, printable, slug};

/// The heading of a section, by any of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    slugs: Vec<String>,
}

impl Heading {
    /// The heading with these words, whatever their case and punctuation.
    #[must_use]
    pub fn named(words: &str) -> Self {
        Self {
            slugs: vec![slug(words)],
        }
    }

    /// The heading of a stage of a reflection model, under its name or a synonym.
    #[must_use]
    pub fn of_stage(stage: &StageModel) -> Self {
        Self {
            slugs: stage.slugs.clone(),
        }
    }
}

/// A section: its heading and the text below, up to the next heading of its rank or a higher one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SectionRange {
    /// All lines of the heading.
    heading: Span,
    /// Its rank, 1 for the highest.
    rank: u8,
    /// From the first line with words to the end of the last; empty, behind the heading, if there
    /// is none.
    pub(super) text: Span,
    /// Where the next section begins, or the body ends.
    end: usize,
}

/// Finds a section of a body.
pub(super) fn section(
    text: &str,
    outline: &Outline<'_>,
    heading: &Heading,
) -> Result<SectionRange, Refused> {
    let body = body(text);
    let headings = outline.headings();
    let is_named = |at: &usize| heading.slugs.contains(&headings[*at].slug);
    let found: Vec<usize> = (0..headings.len()).filter(is_named).collect();
    let at = match found.as_slice() {
        [one] => *one,
        [] => return Err(Refused::new(Span::at(body.end), Reason::NoHeading)),
        [.., last] => return Err(Refused::new(headings[*last].span, Reason::SeveralHeadings)),
    };
    let own = &headings[at];
    let next = headings[at + 1..].iter().find(|next| next.rank <= own.rank);
    let end = next.map_or(body.end, |next| next.span.start);
    let start = own.span.end.min(end);
    Ok(SectionRange {
        heading: own.span,
        rank: own.rank,
        text: without_blank_lines(text, Span::new(start, end)),
        end,
    })
}

/// From the first line of `range` with words to the end of the last one; empty at its start if
/// there is none.
fn without_blank_lines(text: &str, range: Span) -> Span {
    let within = range.of(text);
    let blank = within.len() - within.trim_start().len();
    if blank == within.len() {
        return Span::at(range.start);
    }
    let start = within[..blank].rfind('\n').map_or(0, |end| end + 1);
    let end = within.trim_end().len();
    let end = line_close(text, range.start + end).min(range.end);
    Span::new(range.start + start, end)
}

/// Plans another text below a heading.
pub(super) fn replace_section(
    text: &str,
    heading: &Heading,
    new: &str,
) -> Result<Vec<TextEdit>, Refused> {
    let old_body = body(text);
    let outline = Outline::read(text, old_body);
    let section = section(text, &outline, heading)?;
    check_characters(section.text, new)?;
    let line_end = line_end_at(text, section.heading.start);
    let new = with_line_ends(new, line_end);
    let new = without_blank_lines(&new, Span::new(0, new.len())).of(&new);
    check_headings(&section, new)?;
    if section.text.of(text) == new {
        return Ok(Vec::new());
    }
    let edits = if section.text.start < section.text.end {
        vec![TextEdit::replace(section.text, new)]
    } else {
        vec![insert_below(text, &section, new, line_end)]
    };
    verify_section(text, &outline, heading, &edits, new)?;
    Ok(edits)
}

/// Reads the result again: the section has the new text, and everything around it reads as before.
fn verify_section(
    text: &str,
    outline: &Outline<'_>,
    heading: &Heading,
    edits: &[TextEdit],
    new: &str,
) -> Result<(), Refused> {
    let old = section(text, outline, heading)?;
    let changed = verified_text(text, edits)?;
    let after = Outline::read(&changed, body(&changed));
    let other = Refused::new(old.text, Reason::ChangesOtherText);
    let found = section(&changed, &after, heading).map_err(|_| other.clone())?;
    let old_range = Span::new(old.heading.start, old.end);
    let new_range = Span::new(found.heading.start, found.end);
    if found.heading.start != old.heading.start
        || !outline.is_same_around(old_range, &after, new_range)
    {
        return Err(other);
    }
    if found.text.of(&changed) == new {
        return Ok(());
    }
    Err(Refused::new(old.text, Reason::NotExact))
}

/// Refuses a text that would begin another section.
fn check_headings(section: &SectionRange, new: &str) -> Result<(), Refused> {
    let outline = Outline::read(new, Span::new(0, new.len()));
    if outline
        .headings()
        .iter()
        .all(|heading| heading.rank > section.rank)
    {
        return Ok(());
    }
    Err(Refused::new(section.text, Reason::OtherSection))
}

/// A text for a section without any, with a blank line on both sides.
fn insert_below(text: &str, section: &SectionRange, new: &str, line_end: &str) -> TextEdit {
    let heading_end = section.heading.end;
    let is_closed = text[..heading_end].ends_with('\n');
    let has_blank = next_line(text, heading_end) <= section.end && section.end > heading_end;
    let before = if is_closed {
        line_end.to_owned()
    } else {
        line_end.repeat(2)
    };
    let after = match (section.end == text.len(), has_blank) {
        (true, _) if !is_closed => String::new(),
        (false, false) => line_end.repeat(2),
        _ => line_end.to_owned(),
    };
    TextEdit::insert(heading_end, format!("{before}{new}{after}"))
}

/// Plans other words for `range`.
pub(super) fn replace_words(text: &str, range: Span, new: &str) -> Result<Vec<TextEdit>, Refused> {
    check_range(text, range)?;
    check_characters(range, new)?;
    let line_end = line_end_at(text, range.start);
    let mut new = with_line_ends(new, line_end);
    if range.of(text) == new {
        return Ok(Vec::new());
    }
    // The line that closes the front matter may be the last one, without a line end.
    if range.start > 0 && range.start == body(text).start && is_unclosed_line(text, range.start) {
        new.insert_str(0, line_end);
    }
    let edits = vec![TextEdit::replace(range, new)];
    verified_text(text, &edits)?;
    Ok(edits)
}

/// Whether words, and not a line end or a byte-order mark, are before `at`.
fn is_unclosed_line(text: &str, at: usize) -> bool {
    !text[..at].ends_with(['\n', '\u{feff}'])
}

/// Refuses a range outside the body, or one that splits a character or a line end.
pub(super) fn check_range(text: &str, range: Span) -> Result<(), Refused> {
    let body = body(text);
    let is_inside = body.start <= range.start && range.end <= body.end;
    let splits = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
    let is_whole = text.get(range.range()).is_some() && !splits(range.start) && !splits(range.end);
    if is_inside && is_whole {
        return Ok(());
    }
    Err(Refused::new(body, Reason::BadRange))
}

fn check_characters(place: Span, new: &str) -> Result<(), Refused> {
    if printable(new) == new {
        return Ok(());
    }
    Err(Refused::new(place, Reason::ControlCharacter))
}

/// The edited text, if its front matter is as it was.
pub(super) fn verified_text(text: &str, edits: &[TextEdit]) -> Result<String, Refused> {
    let place = edits.first().map_or(Span::default(), |edit| edit.range);
    let not_exact = || Refused::new(place, Reason::NotExact);
    let changed = apply_edits(text, edits).ok_or_else(not_exact)?;
    let head = |text: &str| {
        front_matter::split(text)
            .map(|parts| parts.front_matter)
            .ok()
    };
    if head(text) == head(&changed) {
        Ok(changed)
    } else {
        Err(Refused::new(place, Reason::ChangesOtherText))
    }
}
