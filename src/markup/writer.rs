//! Turns Markdown events into events that contain only trusted HTML.

use std::collections::VecDeque;
use std::slice;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Tag, TagEnd, html};

use super::escape::escaped;
use super::footnotes::Footnotes;
use super::highlight;
use super::surroundings::{BodyContext, Picture};
use super::table::Tables;
use crate::model::Passage;
use crate::parse::{code_language, events, is_numbered_block, target};

/// Renders `markdown` as HTML. Its passages and the anchors of its headings are given in document
/// order.
#[must_use]
pub fn to_html(
    markdown: &str,
    passages: &[Passage],
    anchors: &[&str],
    around: &dyn BodyContext,
) -> String {
    let mut writer = Writer {
        around,
        passages: passages.iter(),
        anchors: anchors.iter(),
        out: VecDeque::new(),
        open_links: Vec::new(),
        paragraph: 0,
        tables: Tables::default(),
        footnotes: Footnotes::default(),
        code: None,
        raw: None,
        picture: None,
        at: 0,
    };
    // Events are written one by one: all events of a long table would take a hundred times its
    // size.
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

/// A code block up to the current event.
struct OpenCode {
    language: String,
    text: String,
    /// Its source line as an attribute.
    line: String,
}

/// A picture up to the current event, which is in its description.
struct OpenPicture {
    target: String,
    title: String,
    alt: String,
    /// Depth of nested pictures in the description.
    nested: usize,
}

struct Writer<'a> {
    around: &'a dyn BodyContext,
    passages: slice::Iter<'a, Passage>,
    anchors: slice::Iter<'a, &'a str>,
    /// Events to write next.
    out: VecDeque<Event<'a>>,
    /// The closing HTML of each open link.
    open_links: Vec<String>,
    paragraph: usize,
    tables: Tables,
    footnotes: Footnotes,
    code: Option<OpenCode>,
    /// Raw HTML of an open block.
    raw: Option<String>,
    picture: Option<OpenPicture>,
    /// Byte offset of the current event in the Markdown.
    at: usize,
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
            Event::FootnoteReference(name) => {
                let html = self.footnotes.refer(&name, self.around);
                self.html(html);
            }
            Event::TaskListMarker(done) => self.html(if done { "☑ " } else { "☐ " }),
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
                self.out.push_back(event);
            }
            _ => {}
        }
    }

    /// Whether an event is part of a picture's description, of which only the words are kept: no
    /// emphasis, links or nested pictures.
    fn is_inside_picture(&mut self, event: &Event<'_>) -> bool {
        let Some(picture) = &mut self.picture else {
            return false;
        };
        match event {
            Event::Start(Tag::Image { .. }) => picture.nested += 1,
            Event::End(TagEnd::Image) if picture.nested == 0 => return false,
            Event::End(TagEnd::Image) => picture.nested -= 1,
            _ => {}
        }
        true
    }

    /// Collects the text of an open code block, raw HTML or picture, and returns whether it did.
    fn collect(&mut self, event: &Event<'a>) -> bool {
        let text = match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                text.as_ref()
            }
            Event::SoftBreak | Event::HardBreak => " ",
            _ => return false,
        };
        let open = [
            self.code.as_mut().map(|code| &mut code.text),
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
            Tag::Paragraph => self.open_paragraph(),
            Tag::Heading { level, .. } => self.open_heading(level),
            Tag::CodeBlock(kind) => {
                self.code = Some(OpenCode {
                    language: code_language(&kind).unwrap_or_default().to_owned(),
                    text: String::new(),
                    line: self.line(),
                });
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
            } => self.open_link(&target(link_type, &dest_url), &titled(&title)),
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => self.open_picture(target(link_type, &dest_url).into_owned(), &title),
            Tag::FootnoteDefinition(name) => {
                let html = self.footnotes.open(&name, self.around);
                self.html(html);
            }
            Tag::Table(alignments) => {
                let classes = alignments.into_iter().map(alignment_class).collect();
                let html = self.tables.open(classes);
                self.html(html);
            }
            Tag::TableHead => {
                let html = self.tables.open_head();
                self.html(html);
            }
            Tag::TableRow => {
                let html = self.tables.open_row();
                self.html(html);
            }
            Tag::TableCell => {
                let html = self.tables.open_cell();
                self.html(html);
            }
            tag => self.out.push_back(Event::Start(tag)),
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.html("</p>\n"),
            TagEnd::Heading(level) => {
                let rank = self.rank(level);
                self.html(format!("</h{rank}>\n"));
            }
            TagEnd::CodeBlock => self.close_code(),
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
            TagEnd::FootnoteDefinition => self.html("</div>\n"),
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                let html = self.tables.close_head();
                self.html(html);
            }
            TagEnd::TableRow => self.html("</tr>"),
            TagEnd::TableCell => self.html(self.tables.close_cell()),
            end => self.out.push_back(Event::End(end)),
        }
    }

    /// The current source line as an attribute; empty if the page has no line numbers.
    fn line(&self) -> String {
        self.around
            .line(self.at)
            .map_or_else(String::new, |line| format!(" data-line=\"{line}\""))
    }

    /// The level of a heading on the page, whose title is level 1.
    fn rank(&self, level: HeadingLevel) -> u8 {
        ((level as u8).max(2) + self.around.heading_shift()).min(6)
    }

    fn open_paragraph(&mut self) {
        if self.around.numbers_paragraphs() {
            let (number, mut line) = (self.paragraph.to_string(), self.line());
            if let Some(anchor) = self.around.paragraph_anchor(self.at) {
                line.push_str(&self.id(anchor));
            }
            self.html(["<p", &line, "><span class=\"n\">¶", &number, "</span> "].concat());
        } else {
            self.html("<p>");
        }
    }

    /// An id on the page as an attribute, with a leading space.
    fn id(&self, anchor: &str) -> String {
        format!(" id=\"{}\"", escaped(&self.around.anchor(anchor)))
    }

    fn open_heading(&mut self, level: HeadingLevel) {
        let rank = self.rank(level);
        let anchor = self.anchors.next().map(|anchor| self.id(anchor));
        let anchor = anchor.unwrap_or_default();
        let line = self.line();
        self.html(format!("<h{rank}{anchor}{line}>"));
    }

    fn close_code(&mut self) {
        if let Some(code) = self.code.take() {
            let line = code.line;
            let code = highlight::code(&code.language, &code.text);
            self.html(format!(
                "<pre tabindex=\"0\"{line}><code>{code}</code></pre>\n"
            ));
        }
    }

    fn open_picture(&mut self, target: String, title: &str) {
        self.picture = Some(OpenPicture {
            target,
            title: title.to_owned(),
            alt: String::new(),
            nested: 0,
        });
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
                // Browsers treat a backslash as a slash.
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
        let Some(OpenPicture {
            target, title, alt, ..
        }) = self.picture.take()
        else {
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

fn alignment_class(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Right => " class=\"right\"",
        Alignment::Center => " class=\"centre\"",
        Alignment::Left | Alignment::None => "",
    }
}

/// The title of a link or picture as an attribute, with a leading space; empty if there is none.
fn titled(title: &str) -> String {
    if title.is_empty() {
        String::new()
    } else {
        format!(" title=\"{}\"", escaped(title))
    }
}

/// Removes comments, which are notes to the writer. All other HTML is shown as it was typed.
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
