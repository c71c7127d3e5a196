//! The text of an entry for excerpts in search results, taken from its finished page: it cannot
//! contain what the page does not show.

use std::borrow::Cow;

use serde::Serialize;

use crate::privacy::Mask;
use crate::view::entry::EntryPage;

/// A run of text.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum TextRun {
    /// Words outside headings and passages. A line feed ends a block.
    Plain(String),
    /// A heading, a passage or a claim: its anchor, its codes separated by spaces, its words.
    Marked(String, String, String),
}

impl TextRun {
    /// Covers identifiers. An anchor is made from words as well, and leads nowhere once covered.
    pub(super) fn cover(&mut self, cover: &Mask) {
        match self {
            Self::Plain(text) => *text = cover.over(text),
            Self::Marked(anchor, _, text) => {
                *text = cover.over(text);
                if cover.over(anchor) != *anchor {
                    anchor.clear();
                }
            }
        }
    }
}

/// The text of an entry: body, attachments, reasons, details, actions and feedback.
pub(super) fn collect_runs(page: &EntryPage) -> Vec<TextRun> {
    let mut runs = Runs::default();
    runs.add_html(&page.body);
    for one in &page.attachments {
        runs.add_line(&one.alt);
        runs.add_line(&one.caption);
    }
    for claim in &page.claims {
        runs.flush();
        let code = claim.code.clone();
        let reason = claim.justification.clone();
        runs.done.push(TextRun::Marked(String::new(), code, reason));
        runs.end_block();
    }
    for detail in &page.details {
        runs.add_line(&format!("{}: {}", detail.name, detail.value));
    }
    for action in &page.actions {
        runs.add_line(&action.what);
    }
    for decision in &page.decisions {
        runs.add_html(&decision.feedback);
    }
    runs.flush();
    runs.done
}

/// The words of HTML that `markup` wrote.
pub(super) fn text_of(html: &str) -> String {
    let mut runs = Runs::default();
    runs.add_html(html);
    runs.flush();
    let words = runs.done.into_iter().map(|run| match run {
        TextRun::Plain(text) | TextRun::Marked(_, _, text) => text,
    });
    words.collect()
}

/// Collects runs from HTML that `markup` wrote.
#[derive(Default)]
struct Runs {
    done: Vec<TextRun>,
    plain: String,
    /// The heading or passage that is open.
    open: Option<(String, String)>,
    /// Whether the codes of the last passage may follow.
    in_codes: bool,
    /// Whether the text is a code of the last passage.
    is_code: bool,
}

impl Runs {
    fn add_line(&mut self, text: &str) {
        if !text.is_empty() {
            self.plain.push_str(text);
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        let before = match self.plain.as_bytes().last() {
            Some(last) => *last != b'\n',
            None => !self.done.is_empty(),
        };
        if before {
            self.plain.push('\n');
        }
    }

    fn add_html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.add_text(&rest[..at]);
            rest = &rest[at + 1..];
            let end = rest.find('>').unwrap_or(rest.len());
            self.add_tag(&rest[..end]);
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        self.add_text(rest);
        self.end_block();
    }

    fn add_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.is_code {
            if let Some(TextRun::Marked(_, codes, _)) = self.done.last_mut() {
                if !codes.is_empty() {
                    codes.push(' ');
                }
                codes.push_str(&unescape(text));
            }
            return;
        }
        match text {
            " " if self.in_codes => return,
            "\n" => return self.end_block(),
            _ => {}
        }
        self.in_codes = false;
        let text = unescape(text);
        match &mut self.open {
            Some((_, words)) => words.push_str(&text),
            None => self.plain.push_str(&text),
        }
    }

    fn add_tag(&mut self, tag: &str) {
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "mark" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                let anchor = attribute(tag, "id").map_or_else(String::new, Cow::into_owned);
                self.open = Some((anchor, String::new()));
            }
            "" if tag == "/mark" => {
                self.close();
                self.in_codes = true;
            }
            "" if tag == "/a" => self.is_code = false,
            "" if tag.starts_with("/h") => {
                self.close();
                self.end_block();
            }
            "" if matches!(tag, "/p" | "/li" | "/pre" | "/tr" | "/blockquote") => self.end_block(),
            "" if matches!(tag, "/td" | "/th") => self.plain.push(' '),
            "a" => self.is_code = self.in_codes && tag.contains("class=\"code\""),
            "br" => self.add_text("\n"),
            "img" => {
                let alt = attribute(tag, "alt").unwrap_or_default().into_owned();
                self.plain.push_str(&alt);
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        if let Some((anchor, words)) = self.open.take() {
            self.done
                .push(TextRun::Marked(anchor, String::new(), words));
        }
    }

    fn flush(&mut self) {
        self.close();
        if !self.plain.is_empty() {
            self.done
                .push(TextRun::Plain(std::mem::take(&mut self.plain)));
        }
    }
}

/// The value of an attribute that `markup` wrote.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let (_, rest) = tag.split_once(&[" ", name, "=\""].concat())?;
    Some(unescape(rest.split('"').next()?))
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&");
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs_of(html: &str) -> Vec<TextRun> {
        let mut runs = Runs::default();
        runs.add_html(html);
        runs.flush();
        runs.done
    }

    fn marked(anchor: &str, codes: &str, words: &str) -> TextRun {
        TextRun::Marked(anchor.to_owned(), codes.to_owned(), words.to_owned())
    }

    #[test]
    fn passages_carry_their_codes_and_headings_their_anchors() {
        let html = "<h2 id=\"analysis\">Analysis</h2>\n<p data-n=\"1\">Then <mark id=\"p-1\">I <em>read</em> \
                    it</mark> <a class=\"code\" href=\"../c/k7.html\">K7</a> <a class=\"code\" \
                    href=\"../c/b1.html\">B1</a>, and <a href=\"x.html\">more</a> &amp; on.</p>\n";
        let plain = |text: &str| TextRun::Plain(text.to_owned());
        assert_eq!(
            runs_of(html),
            [
                marked("analysis", "", "Analysis"),
                plain("\nThen "),
                marked("p-1", "K7 B1", "I read it"),
                plain(", and more & on.\n"),
            ]
        );
    }

    #[test]
    fn pictures_are_read_by_their_description_and_markup_is_no_text() {
        let html = "<p>See <img src=\"a.png\" alt=\"the &quot;chart&quot;\" width=\"1\">.</p>";
        assert_eq!(
            runs_of(html),
            [TextRun::Plain("See the \"chart\".\n".to_owned())]
        );
    }
}
