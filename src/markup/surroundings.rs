//! The context in which the Markdown of an author is rendered.

use crate::model::Passage;

/// A picture that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address, from the page.
    pub src: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Resolves the links, pictures and passages of a body.
pub trait BodyContext {
    /// The address of a link, from the page; `None` if it must not be followed.
    fn link(&self, target: &str) -> Option<String>;
    /// The picture at a path; `None` if it must not be shown.
    fn picture(&self, target: &str) -> Option<Picture>;
    /// Whether paragraphs carry their number.
    fn numbers_paragraphs(&self) -> bool {
        true
    }
    /// The id on the page for an anchor of the entry.
    fn anchor(&self, anchor: &str) -> String {
        anchor.to_owned()
    }
    /// The source line of a byte offset in the Markdown; `None` if the page has no line numbers.
    fn line(&self, _at: usize) -> Option<usize> {
        None
    }
    /// The anchor of the paragraph at a byte offset in the Markdown, if it has one.
    fn paragraph_anchor(&self, _at: usize) -> Option<&str> {
        None
    }
    /// How many levels headings are lowered.
    fn heading_shift(&self) -> u8 {
        0
    }
    /// Code and link, from the page, of each criterion that labels a passage.
    fn codes(&self, passage: &Passage) -> Vec<(String, String)>;
}
