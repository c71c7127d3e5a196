//! From an entry's Markdown to HTML that is safe whatever the entry holds.
//!
//! Safety is by construction: raw HTML becomes text, links and pictures appear only where the caller says where
//! they lead, and every attribute is written here. Nothing that an author wrote is ever read as a template.

mod highlight;

use std::collections::VecDeque;

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd, html};

use crate::model::Passage;
use crate::parse::{code_language, events, is_numbered_block, target};

/// A picture that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Where it is, from the page.
    pub src: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// What a body's links, pictures and passages lead to.
pub trait Surroundings {
    /// Where a link leads, from the page; none where it may not be followed.
    fn link(&self, target: &str) -> Option<String>;
    /// The picture at a path; none where it may not be shown.
    fn picture(&self, target: &str) -> Option<Picture>;
    /// Whether paragraphs carry their number.
    fn numbers_paragraphs(&self) -> bool {
        true
    }
    /// What an anchor of the entry is called on the page.
    fn anchor(&self, anchor: &str) -> String {
        anchor.to_owned()
    }
    /// The line of the source that a place in the Markdown stands on, where pages tell it.
    fn line(&self, _at: usize) -> Option<usize> {
        None
    }
    /// How many ranks headings stand below their own.
    fn heading_shift(&self) -> u8 {
        0
    }
    /// The labels of a passage: code and link, from the page.
    fn codes(&self, passage: &Passage) -> Vec<(String, String)>;
}

/// The HTML of `markdown`, whose passages are `passages`, in order, and whose headings have `anchors`, in order.
#[must_use]
pub fn to_html(
    markdown: &str,
    passages: &[Passage],
    anchors: &[&str],
    around: &dyn Surroundings,
) -> String {
    let mut writer = Writer {
        around,
        passages: passages.iter(),
        anchors: anchors.iter(),
        out: VecDeque::new(),
        open_links: Vec::new(),
        paragraph: 0,
        tables: 0,
        alignments: Vec::new(),
        cell: 0,
        in_head: false,
        code: None,
        raw: None,
        picture: None,
        pictures_within: 0,
        at: 0,
        code_line: String::new(),
    };
    // Each event is written before the next is made: all events of a long table take a hundred times its size.
    let mut events = events(markdown);
    let written = std::iter::from_fn(|| {
        while writer.out.is_empty() {
            let (event, range) = events.next()?;
            writer.at = range.start;
            writer.event(event);
        }
        writer.out.pop_front()
    });
    let mut html = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut html, written);
    html
}

/// The HTML of a short text without passages, such as feedback.
#[must_use]
pub fn plain_html(markdown: &str) -> String {
    struct Nothing;
    impl Surroundings for Nothing {
        fn link(&self, _: &str) -> Option<String> {
            None
        }
        fn picture(&self, _: &str) -> Option<Picture> {
            None
        }
        fn numbers_paragraphs(&self) -> bool {
            false
        }
        fn codes(&self, _: &Passage) -> Vec<(String, String)> {
            Vec::new()
        }
    }
    to_html(markdown, &[], &[], &Nothing)
}

/// `text` with the five signs that mean something in HTML written as entities.
#[must_use]
pub fn escaped(text: &str) -> String {
    // Most of what is put into attributes is an address or a code.
    if text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"#-./_ ".contains(&byte))
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            sign if sign.is_control() && !matches!(sign, '\n' | '\t') => out.push('\u{fffd}'),
            sign => out.push(sign),
        }
    }
    out
}

/// A picture whose description is not read to its end yet.
struct OpenPicture {
    target: String,
    title: String,
    alt: String,
}

struct Writer<'a> {
    around: &'a dyn Surroundings,
    passages: std::slice::Iter<'a, Passage>,
    anchors: std::slice::Iter<'a, &'a str>,
    /// What is written next.
    out: VecDeque<Event<'a>>,
    /// What closes each open link.
    open_links: Vec<String>,
    paragraph: usize,
    tables: usize,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Language and text of an open code block.
    code: Option<(String, String)>,
    /// Raw HTML collected so far.
    raw: Option<String>,
    /// An open picture.
    picture: Option<OpenPicture>,
    /// How deep we are in pictures within its description.
    pictures_within: usize,
    /// Where in the Markdown we are.
    at: usize,
    /// The line of an open code block, as an attribute.
    code_line: String,
}

impl<'a> Writer<'a> {
    fn event(&mut self, event: Event<'a>) {
        if self.collect(&event) || self.is_inside_picture(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::InlineHtml(html) | Event::Html(html) => {
                let text = without_comments(&html);
                self.out.push_back(Event::Text(text.into()));
            }
            Event::TaskListMarker(done) => self.html(if done { "☑ " } else { "☐ " }),
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
                self.out.push_back(event);
            }
            _ => {}
        }
    }

    /// Of what stands in the description of a picture only the words are kept: neither emphasis, nor links, nor
    /// pictures within it.
    fn is_inside_picture(&mut self, event: &Event<'_>) -> bool {
        if self.picture.is_none() {
            return false;
        }
        match event {
            Event::Start(Tag::Image { .. }) => self.pictures_within += 1,
            Event::End(TagEnd::Image) if self.pictures_within == 0 => return false,
            Event::End(TagEnd::Image) => self.pictures_within -= 1,
            _ => {}
        }
        true
    }

    /// Text of code blocks, pictures and raw HTML is kept until they close.
    fn collect(&mut self, event: &Event<'a>) -> bool {
        let text = match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                text.as_ref()
            }
            Event::SoftBreak | Event::HardBreak => " ",
            _ => return false,
        };
        let open = [
            self.code.as_mut().map(|(_, code)| code),
            self.raw.as_mut(),
            self.picture.as_mut().map(|picture| &mut picture.alt),
        ];
        match open.into_iter().flatten().next() {
            Some(collected) => {
                collected.push_str(text);
                true
            }
            None => false,
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push_back(Event::InlineHtml(html.into()));
    }

    fn start(&mut self, tag: Tag<'a>) {
        if is_numbered_block(&tag) {
            self.paragraph += 1;
        }
        match tag {
            Tag::Paragraph if !self.around.numbers_paragraphs() => self.html("<p>"),
            Tag::Paragraph => {
                let (number, line) = (self.paragraph.to_string(), self.line());
                self.html(["<p data-n=\"", &number, "\"", &line, ">"].concat());
            }
            Tag::Heading { level, .. } => {
                let rank = self.rank(level as u8);
                let anchor = self.anchors.next().map_or_else(String::new, |anchor| {
                    format!(" id=\"{}\"", escaped(&self.around.anchor(anchor)))
                });
                let line = self.line();
                self.html(format!("<h{rank}{anchor}{line}>"));
            }
            Tag::CodeBlock(kind) => {
                self.code = Some((
                    code_language(&kind).unwrap_or_default().to_owned(),
                    String::new(),
                ));
                self.code_line = self.line();
            }
            Tag::Item if self.around.line(self.at).is_some() => {
                let line = self.line();
                self.html(format!("\n<li{line}>"));
            }
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.open_link(&target(link_type, &dest_url), &titled(&title));
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                let (target, title) = (dest_url.to_string(), title.to_string());
                self.picture = Some(OpenPicture {
                    target,
                    title,
                    alt: String::new(),
                });
            }
            Tag::Table(alignments) => {
                self.tables += 1;
                let number = self.tables;
                self.alignments = alignments;
                self.html(format!(
                    "<div class=\"scroll\" role=\"group\" aria-label=\"Table {number}\" tabindex=\"0\"><table>"
                ));
            }
            Tag::TableHead => {
                (self.in_head, self.cell) = (true, 0);
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            tag => self.out.push_back(Event::Start(tag)),
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.html("</p>\n"),
            TagEnd::Heading(level) => {
                let rank = self.rank(level as u8);
                self.html(format!("</h{rank}>\n"));
            }
            TagEnd::CodeBlock => {
                if let Some((language, code)) = self.code.take() {
                    let code = highlight::code(&language, &code);
                    let line = std::mem::take(&mut self.code_line);
                    self.html(format!(
                        "<pre tabindex=\"0\"{line}><code>{code}</code></pre>\n"
                    ));
                }
            }
            TagEnd::HtmlBlock => {
                let text = without_comments(&self.raw.take().unwrap_or_default());
                if !text.trim().is_empty() {
                    self.html(format!("<p>{}</p>\n", escaped(text.trim())));
                }
            }
            TagEnd::Link => {
                let closing = self.open_links.pop().unwrap_or_default();
                self.html(closing);
            }
            TagEnd::Image => self.close_picture(),
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.html("</tr></thead><tbody>");
            }
            TagEnd::TableRow => self.html("</tr>"),
            TagEnd::TableCell => self.html(if self.in_head { "</th>" } else { "</td>" }),
            end => self.out.push_back(Event::End(end)),
        }
    }

    /// The line that we are on, as an attribute, where pages tell it.
    fn line(&self) -> String {
        self.around
            .line(self.at)
            .map_or_else(String::new, |line| format!(" data-line=\"{line}\""))
    }

    /// The rank of a heading on the page, whose own heading is the first.
    fn rank(&self, rank: u8) -> u8 {
        (rank.max(2) + self.around.heading_shift()).min(6)
    }

    fn open_cell(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"centre\"",
            _ => "",
        };
        self.cell += 1;
        let open = if self.in_head {
            format!("<th scope=\"col\"{class}>")
        } else {
            format!("<td{class}>")
        };
        self.html(open);
    }

    fn open_link(&mut self, target: &str, title: &str) {
        if target.starts_with("ksb:") {
            let passage = self.passages.next();
            let codes = passage.map_or_else(Vec::new, |passage| self.around.codes(passage));
            let Some(passage) = passage.filter(|_| !codes.is_empty()) else {
                self.open_links.push(String::new());
                return;
            };
            let anchor = self.around.anchor(&passage.anchor);
            self.html(["<mark id=\"", &escaped(&anchor), "\"", title, ">"].concat());
            let mut closing = "</mark>".to_owned();
            for (code, href) in codes {
                let (href, code) = (escaped(&href), escaped(&code));
                for part in [" <a class=\"code\" href=\"", &href, "\">", &code, "</a>"] {
                    closing.push_str(part);
                }
            }
            self.open_links.push(closing);
            return;
        }
        match self.around.link(target) {
            Some(href) => {
                // A browser takes a backslash for a slash.
                self.html(format!(
                    "<a href=\"{}\"{title}>",
                    escaped(&href.replace('\\', "%5C"))
                ));
                self.open_links.push("</a>".to_owned());
            }
            None => self.open_links.push(String::new()),
        }
    }

    fn close_picture(&mut self) {
        let Some(OpenPicture { target, title, alt }) = self.picture.take() else {
            return;
        };
        let (alt, title) = (escaped(&alt), titled(&title));
        let html = match self.around.picture(&target) {
            Some(Picture { src, width, height }) => format!(
                "<img src=\"{}\" alt=\"{alt}\"{title} width=\"{width}\" height=\"{height}\" loading=\"lazy\">",
                escaped(&src)
            ),
            None if alt.is_empty() => {
                "<span class=\"withheld\">[picture left out]</span>".to_owned()
            }
            None => format!("<span class=\"withheld\">[picture left out: {alt}]</span>"),
        };
        self.html(html);
    }
}

/// The title of a link or picture as an attribute with a space before it.
fn titled(title: &str) -> String {
    if title.is_empty() {
        String::new()
    } else {
        format!(" title=\"{}\"", escaped(title))
    }
}

/// Comments are notes to the writer; everything else that looks like HTML is shown as it was typed.
fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        kept.push_str(&rest[..start]);
        rest = rest[start..]
            .find("-->")
            .map_or("", |end| &rest[start + end + 3..]);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_an_author_wrote_becomes_an_element_or_attribute() {
        for hostile in [
            "<script>alert(1)</script>",
            "text <img src=x onerror=alert(1)> text",
            "[click](javascript:alert(1))",
            "[click](data:text/html;base64,PHN2Zz4=)",
            "![x](https://example.org/x.png \"t\")",
            "# heading {onclick=alert(1)}",
            "<javascript:alert(1)>",
            "{{ config }} {% raw %}",
            "```\"><script>\n</code></pre><script>alert(1)</script>\n```",
            "<svg/onload=alert(1)>",
            "<!-- --><script>alert(1)</script>",
            "| a |\n|---|\n| <b onmouseover=x> |",
        ] {
            let html = plain_html(hostile);
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<b ",
                "href=",
                "onclick=alert(1)>",
            ] {
                assert!(!html.contains(bad), "{hostile} became {html}");
            }
        }
    }

    #[test]
    fn titles_of_links_and_pictures_are_kept_and_escaped() {
        struct Open;
        impl Surroundings for Open {
            fn link(&self, target: &str) -> Option<String> {
                Some(target.to_owned())
            }
            fn picture(&self, target: &str) -> Option<Picture> {
                Some(Picture {
                    src: target.to_owned(),
                    width: 1,
                    height: 2,
                })
            }
            fn codes(&self, _: &Passage) -> Vec<(String, String)> {
                Vec::new()
            }
        }
        let html = to_html(
            "[a](b 'the \"c\" <d>') ![e](f \"g\") [h](i \"\")",
            &[],
            &[],
            &Open,
        );
        assert!(
            html.contains("<a href=\"b\" title=\"the &quot;c&quot; &lt;d&gt;\">a</a>"),
            "{html}"
        );
        assert!(html.contains("alt=\"e\" title=\"g\" width"), "{html}");
        assert!(html.contains("<a href=\"i\">h</a>"), "{html}");
        assert_eq!(plain_html("[a](b \"c\")"), "<p>a</p>\n");
    }

    #[test]
    fn comments_vanish_and_tables_have_no_inline_style() {
        let html = plain_html(
            "A <!-- prompt --> b\n\n<!-- a\nprompt -->\n\n| x | y |\n|--:|:-:|\n| 1 | 2 |\n",
        );
        assert!(
            !html.contains("prompt") && !html.contains("style="),
            "{html}"
        );
        assert!(html.contains("<td class=\"right\">1</td>"), "{html}");
    }

    #[test]
    fn code_is_highlighted_by_class() {
        let html = plain_html("```python\ntotal = 1 # sum\n```\n");
        assert!(html.contains("class=\"s-"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
