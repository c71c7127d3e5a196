//! An entry as written in its file.

use super::draft_body::DraftBody;
use crate::model::FrontMatter;
use crate::text::{Source, SourcePath, Span, Spanned, printable};

/// One entry as written, with codes and links as typed.
#[derive(Debug)]
pub struct DraftEntry {
    /// The file.
    pub path: SourcePath,
    /// The id, or the file's stem if there is none.
    pub id: Spanned<String>,
    /// Its front matter, except for codes and the model.
    pub front_matter: FrontMatter,
    /// The reflection model it names.
    pub model: Option<Spanned<String>>,
    /// Codes, with reasons.
    pub tags: Vec<DraftTag>,
    /// The body.
    pub body: DraftBody,
    /// Ranges that must never be shown.
    pub masked: Vec<Span>,
    /// The places of dates that the format asks for, which are no identifiers.
    pub dates: Vec<Span>,
    /// Ranges that may change without invalidating a decision.
    pub volatile: Vec<Span>,
}

/// A code in the front matter, as typed.
#[derive(Debug)]
pub struct DraftTag {
    /// The code.
    pub code: Spanned<String>,
    /// The learner's reason.
    pub justification: Option<String>,
}

impl DraftEntry {
    /// An entry without front matter or body, named after its file.
    pub fn new(source: &Source) -> Self {
        let stem = &printable(source.path.stem());
        let mut title = stem.replace(['-', '_'], " ");
        if let Some(first) = title.get(..1) {
            title = first.to_uppercase() + &title[1..];
        }
        Self {
            path: source.path.clone(),
            id: Spanned::new(stem.clone().into_owned(), Span::default()),
            front_matter: FrontMatter::new(title, Span::default()),
            model: None,
            tags: Vec::new(),
            body: DraftBody::default(),
            masked: Vec::new(),
            dates: Vec::new(),
            volatile: Vec::new(),
        }
    }
}
