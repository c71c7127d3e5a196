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
    state: HtmlState,
}

/// What the next character belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum HtmlState {
    #[default]
    Text,
    Tag,
    /// The contents of a comment are not rendered.
    Comment,
}

impl Embeds {
    /// Reads a piece of HTML at `span`, and calls `show` for each part outside tags and comments.
    pub(super) fn read(&mut self, html: &str, span: Span, mut show: impl FnMut(&str, Span)) {
        let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
        let mut at = 0;
        while at < html.len() {
            let rest = &html[at..];
            let (length, next) = match self.state {
                HtmlState::Text => {
                    let length = find_tag(rest).unwrap_or(rest.len());
                    show(&rest[..length], place(at, at + length));
                    let is_comment = rest[length..].starts_with("<!--");
                    self.record(&rest[length..], place(at + length, html.len()));
                    match (length < rest.len(), is_comment) {
                        (false, _) => (length, HtmlState::Text),
                        (true, false) => (length + 1, HtmlState::Tag),
                        (true, true) => (length + 4, HtmlState::Comment),
                    }
                }
                HtmlState::Tag => to_end(rest, ">", self.state),
                HtmlState::Comment => to_end(rest, "-->", self.state),
            };
            if next == HtmlState::Text && self.state != next {
                show(" ", place(at, at + length));
            }
            (at, self.state) = (at + length, next);
        }
    }

    /// Records the element of a tag that begins `html`.
    fn record(&mut self, html: &str, span: Span) {
        let tag = html.strip_prefix('<').and_then(find_element);
        self.found.extend(tag.map(|element| {
            Spanned::new(
                element,
                Span::new(span.start, span.start + 1 + element.len()),
            )
        }));
    }

    /// Ends a block, and with it an open tag or comment.
    pub(super) fn end(&mut self) {
        self.state = HtmlState::Text;
    }
}

/// The length up to and including `end`, and the state after it.
fn to_end(html: &str, end: &str, state: HtmlState) -> (usize, HtmlState) {
    match html.find(end) {
        Some(at) => (at + end.len(), HtmlState::Text),
        None => (html.len(), state),
    }
}

/// The place of the next tag or comment; a `<` before anything else is text.
fn find_tag(html: &str) -> Option<usize> {
    html.match_indices('<').map(|(at, _)| at).find(|at| {
        html[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next))
    })
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
                embeds.read(piece, Span::new(at, at + piece.len()), |_, _| {});
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

    #[test]
    fn parts_outside_tags_and_comments_are_shown() {
        let mut shown = String::new();
        let mut embeds = Embeds::default();
        for piece in [
            "<p class=\"a\n",
            "b\">Mrs<br>Oak<!-- x\n",
            "> y -->apple 3 < 4</p>",
        ] {
            embeds.read(piece, Span::default(), |text, _| shown.push_str(text));
        }
        assert_eq!(shown, " Mrs Oak apple 3 < 4 ");
    }
}
