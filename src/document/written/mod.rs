//! Documents as text: what their authors wrote, as blocks that an entry can be made of.
//!
//! Tracked changes are read as if all were accepted. Comments, hidden text, headers and footers are
//! left out and counted.

mod body;
mod builder;
mod fields;
mod lists;
mod manuscript;
mod open_text;
mod open_text_parts;
mod open_text_styles;
mod picture_name;
mod relations;
mod styles;
mod symbols;
mod word;

use super::package::Parts;
use super::refusal::Refusal;
pub use manuscript::{
    LeftBehind, Manuscript, TextBlock, TextCell, TextLook, TextPicture, TextPiece, plain_words,
};

/// Reads a Word or OpenDocument text from its parts.
pub(super) fn read(parts: Parts) -> Result<Manuscript, Refusal> {
    if open_text::is_open_text(&parts) {
        open_text::read(parts)
    } else if word::is_word(&parts) {
        word::read(parts)
    } else {
        Err(Refusal::AnotherType)
    }
}
