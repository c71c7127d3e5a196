//! Drawings in VML, which is often not well-formed XML.

use crate::document::carried::{Contents, Part};

/// Records the text between the tags of a drawing, and paths in their attributes.
pub(super) fn read(bytes: &[u8], carried: &mut Contents) {
    let text = String::from_utf8_lossy(bytes);
    let mut words = Vec::new();
    for piece in text.split('<') {
        let Some((tag, after)) = piece.split_once('>') else {
            continue;
        };
        // Values are every second piece between the quotation marks.
        for value in tag.split('"').skip(1).step_by(2) {
            carried.note_path(value);
        }
        if !after.trim().is_empty() {
            words.push(after.trim());
        }
    }
    carried.line(Part::Text, &words.join("\n"));
}
