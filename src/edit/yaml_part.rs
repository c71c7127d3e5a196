//! The YAML of a file, with its meaning and its spelling.

use super::keys::Planner;
use super::syntax::{self, SyntaxTree};
use super::write::Quoting;
use super::{Content, RefusalReason, Refused};
use crate::parse::{front_matter, yaml};
use crate::text::{Source, Span};

/// The YAML of a file: all of it, or the front matter of an entry.
#[derive(Debug)]
pub(super) struct YamlPart {
    /// Its bytes.
    pub range: Span,
    /// Its meaning.
    pub content: Content,
    /// Its spelling.
    pub syntax: SyntaxTree,
}

impl YamlPart {
    /// Reads the YAML of a file.
    pub(super) fn read(source: &Source, is_entry: bool) -> Result<Self, Refused> {
        let range = range(&source.text, is_entry)?;
        let content = content(source, range)?;
        let broken = || Refused::new(range, RefusalReason::NotExact);
        let syntax = syntax::read(&source.text, range).ok_or_else(broken)?;
        Ok(Self {
            range,
            content,
            syntax,
        })
    }

    /// Plans edits of this part.
    pub(super) fn planner<'a>(&'a self, text: &'a str, quoting: Quoting) -> Planner<'a> {
        Planner {
            text,
            range: self.range,
            syntax: &self.syntax,
            quoting,
        }
    }
}

/// What the YAML of a file means.
pub(super) fn read_content(source: &Source, is_entry: bool) -> Result<Content, Refused> {
    content(source, range(&source.text, is_entry)?)
}

fn content(source: &Source, range: Span) -> Result<Content, Refused> {
    let node = yaml::read(source, range).map_err(|fault| Refused::from_fault(*fault))?;
    Ok(Content::read(&node, source))
}

fn range(text: &str, is_entry: bool) -> Result<Span, Refused> {
    if is_entry {
        let parts = front_matter::split(text);
        return parts
            .map(|parts| parts.front_matter)
            .map_err(|(_, place)| Refused::new(place, RefusalReason::NoFrontMatter));
    }
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    Ok(Span::new(start, text.len()))
}

/// The text below the front matter; the whole text of an entry without front matter.
pub(super) fn body(text: &str) -> Span {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let all = Span::new(start, text.len());
    front_matter::split(text).map_or(all, |parts| parts.body)
}
