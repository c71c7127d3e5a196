//! Raw HTML that would load something from elsewhere. It is shown as text, and reported.

use crate::text::{Span, Spanned};

/// Elements that load something from elsewhere.
const LOADING: [&str; 14] = [
    "img", "picture", "source", "video", "audio", "track", "iframe", "frame", "embed", "object",
    "applet", "script", "link", "style",
];

/// Reads pieces of raw HTML, one after the other.
#[derive(Debug, Default)]
pub(super) struct Embeds {
    /// The elements found, at the start of their tags.
    pub found: Vec<Spanned<&'static str>>,
    /// Whether a comment is open. Its contents are not rendered.
    commented: bool,
}

impl Embeds {
    /// Reads a piece of HTML at `span`.
    pub(super) fn read(&mut self, html: &str, span: Span) {
        let mut at = 0;
        while at < html.len() {
            let rest = &html[at..];
            let mark = if self.commented { "-->" } else { "<" };
            let Some(next) = rest.find(mark) else { return };
            at += next + mark.len();
            if self.commented {
                self.commented = false;
            } else if html[at..].starts_with("!--") {
                self.commented = true;
            } else if let Some(element) = find_element(&html[at..]) {
                let start = span.start + at - 1;
                self.found.push(Spanned::new(
                    element,
                    Span::new(start, start + 1 + element.len()),
                ));
            }
        }
    }

    /// Ends a block, and with it an open comment.
    pub(super) fn end(&mut self) {
        self.commented = false;
    }
}

/// The element of a tag, after its `<`, if it is one of `LOADING`.
fn find_element(tag: &str) -> Option<&'static str> {
    let letters = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    LOADING
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(&tag[..letters]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_loading_elements_outside_comments() {
        let read = |pieces: &[&str]| {
            let mut embeds = Embeds::default();
            let mut at = 0;
            for piece in pieces {
                embeds.read(piece, Span::new(at, at + piece.len()));
                at += piece.len();
            }
            embeds
                .found
                .into_iter()
                .map(|one| (one.value, one.span.start))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            read(&["<b>x</b> <IFRAME src=x>", "</iframe>"]),
            [("iframe", 9)]
        );
        assert_eq!(read(&["<!-- <img> -->", "<imgs><img>"]), [("img", 20)]);
        assert_eq!(
            read(&["<!-- a\n", "<script>\n", "--> <video>"]),
            [("video", 20)]
        );
    }
}
