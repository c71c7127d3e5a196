//! YAML as it is written: the exact range of every value, bracket, dash and comment.
//!
//! `parse::yaml` says what a file means; this says how it is spelt. Only text that `parse::yaml`
//! has read comes here, so nesting is bounded.

use std::iter::Peekable;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span as Range_, StructureStyle};

use super::line_ends::next_line;
use super::{RefusalReason, Refused};
use crate::text::Span;

/// A value as it is written.
#[derive(Clone, Debug)]
pub(super) struct Syntax {
    /// Its text with brackets or quotes, without anchor and tag. Of a block scalar from `|` to its
    /// last line; of a block list from the first dash, of a block table from the first key.
    pub span: Span,
    /// The notation.
    pub form: Form,
    /// Where its tag begins.
    pub tag: Option<usize>,
}

/// Notations of a value.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// Nothing is written.
    Empty,
    /// Plain or in quotes.
    Scalar,
    /// After `|` or `>`.
    BlockScalar,
    /// `*name`
    Alias,
    /// A list.
    List { flow: bool, items: Vec<Member> },
    /// A table.
    Table { flow: bool, pairs: Vec<Member> },
}

/// An item of a list, or a key with its value.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// All of it, from the dash or the key to the end of the value.
    pub span: Span,
    /// The key and its text without quotes; `None` in a list.
    pub key: Option<(Span, String)>,
    /// Where the text of a missing value goes: after the colon or the dash. `None` if there is
    /// neither.
    pub gap: Option<usize>,
    /// The value.
    pub value: Syntax,
}

/// The syntax of a YAML text.
#[derive(Debug)]
pub(super) struct SyntaxTree {
    /// The value of the whole text.
    pub root: Syntax,
    /// Comments, from `#` to the end of the line.
    pub comments: Vec<Span>,
}

impl SyntaxTree {
    /// Refuses to lose a comment.
    ///
    /// # Errors
    /// There is one in `range`.
    pub(super) fn refuse_comment(&self, range: Span) -> Result<(), Refused> {
        match self.comments.iter().find(|one| one.overlaps(range)) {
            Some(comment) => Err(Refused::new(*comment, RefusalReason::Comment)),
            None => Ok(()),
        }
    }
}

/// Reads the syntax of `range` of `text`. `None` if it is not one YAML document.
pub(super) fn read(text: &str, range: Span) -> Option<SyntaxTree> {
    let options = granit_parser::options! { emit_comments: false };
    let parser = Parser::new_from_str_with_options(range.of(text), options);
    let mut events = Vec::new();
    for event in parser {
        let (event, place) = event.ok()?;
        events.push((
            event,
            shifted(&place, range.start)?,
            tag_of(&place, range.start),
        ));
    }
    let mut scalars = Vec::new();
    let skipped =
        |event: &Event<'_>| matches!(event, Event::StreamStart | Event::DocumentStart(..));
    let mut builder = Builder {
        text,
        end: range.end,
        events: events
            .into_iter()
            .skip_while(|(event, ..)| skipped(event))
            .collect::<Vec<_>>()
            .into_iter()
            .peekable(),
        scalars: &mut scalars,
    };
    let root = match builder.events.peek()? {
        (Event::StreamEnd, ..) => Syntax {
            span: Span::at(range.end),
            form: Form::Empty,
            tag: None,
        },
        _ => builder.value(range.start)?,
    };
    Some(SyntaxTree {
        root,
        comments: comments(text, range, &scalars),
    })
}

fn shifted(place: &Range_, by: usize) -> Option<Span> {
    let Range { start, end } = place.byte_range()?;
    Some(Span::new(start, end).shifted(by))
}

fn tag_of(place: &Range_, by: usize) -> Option<usize> {
    Some(place.tag_span()?.byte_range()?.start + by)
}

type PlacedEvent<'a> = (Event<'a>, Span, Option<usize>);

struct Builder<'a, 's> {
    text: &'a str,
    end: usize,
    events: Peekable<std::vec::IntoIter<PlacedEvent<'a>>>,
    /// The text of all scalars, in which a `#` begins no comment.
    scalars: &'s mut Vec<Span>,
}

impl Builder<'_, '_> {
    /// Reads a value that is written after `from`.
    fn value(&mut self, from: usize) -> Option<Syntax> {
        let (event, span, tag) = self.events.next()?;
        let (span, form) = match event {
            Event::Scalar(_, style, ..) => self.scalar(style, span, from),
            Event::Alias(_) => (span, Form::Alias),
            Event::SequenceStart(style, ..) => {
                self.list(style == StructureStyle::Flow, span, from)?
            }
            Event::MappingStart(style, ..) => self.table(style == StructureStyle::Flow, span)?,
            _ => return None,
        };
        Some(Syntax { span, form, tag })
    }

    fn scalar(&mut self, style: ScalarStyle, span: Span, from: usize) -> (Span, Form) {
        self.scalars.push(span);
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let start = block_header(self.text, from, span.start);
                let end = block_end(self.text, start, span);
                (Span::new(start, end), Form::BlockScalar)
            }
            _ if span.start == span.end => (span, Form::Empty),
            _ => (span, Form::Scalar),
        }
    }

    fn list(&mut self, flow: bool, open: Span, from: usize) -> Option<(Span, Form)> {
        let mut items: Vec<Member> = Vec::new();
        let mut at = if flow { open.end } else { from };
        loop {
            if let Some((Event::SequenceEnd, close, _)) = self.events.peek() {
                let close = *close;
                self.events.next();
                let span = covering(flow, open, close, &items);
                return Some((span, Form::List { flow, items }));
            }
            let start = if flow {
                at
            } else {
                find_dash(self.text, at, self.end)?
            };
            let gap = (!flow).then_some(start + 1);
            let value = self.value(gap.unwrap_or(start))?;
            let first = if flow { value.span.start } else { start };
            let last = value.span.end.max(gap.unwrap_or(0));
            let empty = matches!(value.form, Form::Empty);
            let end = if empty { gap.unwrap_or(last) } else { last };
            at = end;
            items.push(Member {
                span: Span::new(first, end),
                key: None,
                gap,
                value,
            });
        }
    }

    fn table(&mut self, flow: bool, open: Span) -> Option<(Span, Form)> {
        let mut pairs: Vec<Member> = Vec::new();
        loop {
            if let Some((Event::MappingEnd, close, _)) = self.events.peek() {
                let close = *close;
                self.events.next();
                // `[K7: reason]` is a table without braces.
                let braced = flow && open.of(self.text) == "{";
                let span = covering(braced, open, close, &pairs);
                return Some((span, Form::Table { flow, pairs }));
            }
            let (name, tag) = match self.events.peek()? {
                (Event::Scalar(name, ..), _, tag) => (name.to_string(), *tag),
                _ => (String::new(), None),
            };
            let key = self.value(open.start)?;
            let gap = colon(self.text, key.span.end);
            let value = self.value(gap.unwrap_or(key.span.end))?;
            let end = match value.form {
                Form::Empty => gap.unwrap_or(key.span.end),
                _ => value.span.end,
            };
            let start = tag.unwrap_or(key.span.start);
            pairs.push(Member {
                span: Span::new(start, end),
                key: Some((key.span, name)),
                gap,
                value,
            });
        }
    }
}

fn covering(bracketed: bool, open: Span, close: Span, members: &[Member]) -> Span {
    match (bracketed, members.first(), members.last()) {
        (false, Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::new(open.start, close.end),
    }
}

/// Past the colon after a key that ends at `from`.
fn colon(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let blank = rest.len() - rest.trim_start().len();
    rest[blank..].starts_with(':').then_some(from + blank + 1)
}

/// The next dash that begins an item: between blanks, and not in a comment.
fn find_dash(text: &str, from: usize, end: usize) -> Option<usize> {
    let mut is_comment = false;
    let mut after_blank = true;
    for (at, byte) in text[from..end].bytes().enumerate() {
        let next = text.as_bytes()[from..end].get(at + 1);
        let before_blank = next.is_none_or(u8::is_ascii_whitespace);
        match byte {
            b'\n' => is_comment = false,
            b'#' if after_blank => is_comment = true,
            b'-' if !is_comment && after_blank && before_blank => return Some(from + at),
            _ => {}
        }
        after_blank = byte.is_ascii_whitespace();
    }
    None
}

/// Where the `|` or `>` of a block scalar is, past anchor and tag.
fn block_header(text: &str, from: usize, content: usize) -> usize {
    let between = text.get(from..content).unwrap_or_default();
    let mut at = from;
    for word in between.split_inclusive(char::is_whitespace) {
        if word.starts_with(['|', '>']) {
            return at;
        }
        at += word.len();
    }
    content
}

/// Past the last line of a block scalar. Blank lines at its end are part of it only after `|+`.
fn block_end(text: &str, header: usize, content: Span) -> usize {
    // The indentation of the next line is reported as part of the scalar.
    let written = content.of(text).trim_end_matches([' ', '\t']);
    let mark = text[header..].split(char::is_whitespace).next();
    let kept = mark.is_some_and(|mark| mark.contains('+'));
    let words = content.of(text).trim_end().len();
    match (words, kept) {
        (_, true) if written.ends_with('\n') => content.start + written.len(),
        (0, _) => header + text[header..].find(char::is_whitespace).unwrap_or(0),
        _ => next_line(text, content.start + words).min(content.end),
    }
}

/// Comments: a `#` outside scalars at the beginning of a line or after a blank.
fn comments(text: &str, range: Span, scalars: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut scalars = scalars
        .iter()
        .filter(|span| span.start < span.end)
        .peekable();
    let mut at = range.start;
    let bytes = text.as_bytes();
    while at < range.end {
        while scalars.next_if(|span| span.end <= at).is_some() {}
        if let Some(scalar) = scalars.peek().filter(|span| span.start <= at) {
            at = scalar.end;
            continue;
        }
        let is_start = at == range.start || bytes[at - 1].is_ascii_whitespace();
        if bytes[at] == b'#' && is_start {
            let rest = &text[at..range.end];
            let end = at + rest.find(['\n', '\r']).unwrap_or(rest.len());
            found.push(Span::new(at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}
