//! Reads facts from an entry's Markdown: passages, headings, links, words.

use std::mem::take;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::blocks::Blocks;
use super::draft_body::{DraftBody, DraftBoldLine, DraftLink, DraftPassage};
use super::embeds::Embeds;
use super::events::{events, heading_id, is_numbered_block, target};
use super::mentions::find_mentions;
use crate::model::Section;
use crate::text::{ShownText, Span, Spanned, UniqueNames, VocabularyBuilder, short_hash, slug};

/// Ids that pages use for parts of their own.
const IDS_OF_PAGES: &[&str] = &["main", "annex", "filter", "search"];

/// Reads the body of an entry: `span` of `text`.
pub(super) fn read(text: &str, span: Span) -> DraftBody {
    let mut reader = BodyReader::new(text, span);
    reader.read_all(span);
    reader.finish()
}

/// The blocks of a body as they are shown: `span` of `text`. Descriptions of pictures and raw HTML
/// are blocks of their own.
pub(super) fn shown_blocks(text: &str, span: Span) -> Vec<ShownText> {
    let mut reader = BodyReader::new(text, span);
    reader.shown = Some(Vec::new());
    reader.read_all(span);
    reader.close_block();
    reader.shown.unwrap_or_default()
}

/// A longer bold line is no heading, in bytes.
const LONGEST_BOLD: usize = 80;

/// What the words of a block are: by prose a text is judged, all are searchable.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    Prose,
    Heading,
    Code,
}

/// A picture up to the current event. Of pictures within its description only the words count.
struct OpenImage {
    span: Span,
    description: ShownText,
    /// The index of its link.
    link: usize,
    /// Depth of nested pictures.
    nested: usize,
}

struct BodyReader<'a> {
    text: &'a str,
    body: DraftBody,
    /// The open block as it is shown.
    block: ShownText,
    kind: BlockKind,
    /// The places of passages and code in the open block, in order: their codes are no mentions.
    quoted: Vec<Span>,
    picture: Option<OpenImage>,
    open_sections: Vec<usize>,
    passage: Option<DraftPassage>,
    paragraph: usize,
    embeds: Embeds,
    blocks: Blocks,
    gathered: VocabularyBuilder,
    anchors: UniqueNames,
    /// The blocks so far, if they are asked for.
    shown: Option<Vec<ShownText>>,
}

impl<'a> BodyReader<'a> {
    fn new(text: &'a str, span: Span) -> Self {
        Self {
            text,
            body: DraftBody {
                span,
                ..DraftBody::default()
            },
            block: ShownText::default(),
            kind: BlockKind::Prose,
            quoted: Vec::new(),
            picture: None,
            open_sections: Vec::new(),
            passage: None,
            paragraph: 0,
            embeds: Embeds::default(),
            blocks: Blocks::default(),
            gathered: VocabularyBuilder::default(),
            anchors: UniqueNames::without(IDS_OF_PAGES),
            shown: None,
        }
    }

    fn read_all(&mut self, span: Span) {
        for (event, range) in events(span.of(self.text)) {
            self.handle(event, Span::new(range.start, range.end).shifted(span.start));
        }
    }

    /// Keeps a block, if blocks are asked for.
    fn keep(&mut self, block: impl FnOnce(&str) -> ShownText) {
        let text = self.text;
        if let Some(shown) = &mut self.shown {
            let block = block(text);
            if !block.text().is_empty() {
                shown.push(block);
            }
        }
    }

    fn handle(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.handle_start(&tag, span),
            Event::End(end) => self.handle_end(end, span),
            Event::Text(text) => self.show(&text, span),
            Event::Code(text) => {
                self.quoted.push(span);
                let inner = span.of(self.text).find(&*text);
                let start = inner.map_or(span.start, |at| span.start + at);
                let end = inner.map_or(span.end, |_| start + text.len());
                self.show(&text, Span::new(start, end));
            }
            Event::SoftBreak | Event::HardBreak => self.show(" ", span),
            Event::Html(html) => {
                let shown = &mut self.blocks.html;
                let show = |part: &str, span: Span| shown.push(part, span, self.text);
                self.embeds.read(&html, span, show);
                self.keep(|text| ShownText::written(&html, span, text));
            }
            Event::InlineHtml(html) => {
                self.embeds.read(&html, span, |_, _| {});
                self.keep(|text| ShownText::written(&html, span, text));
                if !html.starts_with("<!--") {
                    self.show(" ", span);
                }
            }
            _ => {}
        }
    }

    fn handle_start(&mut self, tag: &Tag<'_>, span: Span) {
        if !is_inline(tag.to_end()) {
            self.close_block();
        }
        if is_numbered_block(tag) {
            self.paragraph += 1;
        }
        match tag {
            Tag::Heading { .. } => self.kind = BlockKind::Heading,
            Tag::CodeBlock(_) => self.kind = BlockKind::Code,
            Tag::Item => self.blocks.add_item(span, self.text),
            Tag::Image {
                link_type,
                dest_url,
                ..
            } => {
                self.open_picture(span);
                self.add_link(*link_type, dest_url, span, true);
            }
            // A link in alternative text is read aloud, and is no passage.
            Tag::Link { .. } if self.picture.is_some() => {}
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => match dest_url.strip_prefix("ksb:") {
                Some(codes) => self.passage = Some(self.open_passage(codes, span)),
                None => self.add_link(*link_type, dest_url, span, false),
            },
            _ => {}
        }
    }

    fn handle_end(&mut self, end: TagEnd, span: Span) {
        match end {
            TagEnd::Heading(level) => self.close_heading(level as u8, span),
            TagEnd::HtmlBlock => self.embeds.end(),
            TagEnd::Image => self.close_picture(),
            TagEnd::Link if self.picture.is_none() => self.close_passage(),
            _ => {}
        }
        if !is_inline(end) {
            self.close_block();
            match end {
                TagEnd::TableCell => self.blocks.close_cell(),
                TagEnd::TableHead => self.blocks.close_head(),
                TagEnd::TableRow => self.blocks.close_row(true),
                TagEnd::HtmlBlock => self.blocks.close_html(),
                TagEnd::Paragraph => self.note_bold_line(span),
                _ => {}
            }
        }
    }

    /// Appends to the open picture's description, or else to the open block.
    fn show(&mut self, text: &str, span: Span) {
        let shown = match &mut self.picture {
            Some(picture) => &mut picture.description,
            None => &mut self.block,
        };
        shown.push(text, span, self.text);
    }

    fn open_picture(&mut self, span: Span) {
        if let Some(picture) = &mut self.picture {
            picture.nested += 1;
            return;
        }
        self.show(" ", span);
        self.picture = Some(OpenImage {
            span,
            description: ShownText::default(),
            link: self.body.links.len(),
            nested: 0,
        });
    }

    fn close_picture(&mut self) {
        match &mut self.picture {
            Some(picture) if picture.nested > 0 => picture.nested -= 1,
            Some(picture) => {
                let description = picture.description.text();
                self.gathered.other(description);
                let bare = description.is_empty().then_some(picture.span);
                self.body.images_without_alt.extend(bare);
                description.clone_into(&mut self.body.links[picture.link].alt);
                let described = self.picture.take().map(|picture| picture.description);
                let described = described.unwrap_or_default();
                self.keep(|_| described.clone());
                self.blocks.add(described, false);
            }
            None => {}
        }
    }

    /// Reads the words of the open block, and begins one of prose.
    fn close_block(&mut self) {
        let kind = std::mem::replace(&mut self.kind, BlockKind::Prose);
        let (block, quoted) = (take(&mut self.block), take(&mut self.quoted));
        if kind == BlockKind::Prose {
            let words = self.gathered.prose(block.text());
            self.body.words += words;
            for &section in &self.open_sections {
                self.body.sections[section].words += words;
            }
        } else {
            self.gathered.other(block.text());
        }
        if kind != BlockKind::Code {
            self.body.mentions.extend(find_mentions(&block, &quoted));
        }
        self.keep(|_| block.clone());
        self.blocks.add(block, kind == BlockKind::Heading);
    }

    fn finish(mut self) -> DraftBody {
        self.close_block();
        (self.body.vocabulary, self.body.prose) = self.gathered.finish();
        self.body.embeds = self.embeds.found;
        self.body.blocks = self.blocks.finish(self.text, self.body.span);
        self.body.sections.shrink_to_fit();
        self.body
    }

    fn close_heading(&mut self, rank: u8, span: Span) {
        let heading = self.block.text().to_owned();
        while let Some(&open) = self.open_sections.last() {
            if self.body.sections[open].rank < rank {
                break;
            }
            self.open_sections.pop();
        }
        let id = heading_id(span.of(self.text).trim_end());
        let name = slug(id.map_or(&*heading, |(_, id)| id));
        let anchor = self
            .anchors
            .take(if name.is_empty() { "section" } else { &name });
        let shown = span.of(self.text).trim_end().len();
        self.open_sections.push(self.body.sections.len());
        self.body.before.push(self.gathered.prose_words());
        self.body.sections.push(Section {
            heading,
            rank,
            span: Span::new(span.start, span.start + shown),
            anchor,
            words: 0,
            commented: false,
            is_bold: false,
        });
    }

    /// Records a paragraph that is one bold line, which many write for a heading.
    fn note_bold_line(&mut self, span: Span) {
        let line = span.of(self.text).trim_end();
        let is_at_margin = span.start == 0 || self.text[..span.start].ends_with('\n');
        let bold = ["**", "__"].iter().find_map(|mark| {
            let inner = line.strip_prefix(mark)?.trim_end_matches([':', ' ']);
            inner.strip_suffix(mark)
        });
        let bold = bold.filter(|inner| is_at_margin && inner.len() <= LONGEST_BOLD);
        if let Some(words) = bold.filter(|inner| !inner.contains(['\n', '*', '_', '['])) {
            self.body.bold_lines.push(DraftBoldLine {
                words: words.trim_end_matches(':').to_owned(),
                span: Span::new(span.start, span.start + line.len()),
                before: self.gathered.prose_words(),
            });
        }
    }

    fn open_passage(&self, codes: &str, span: Span) -> DraftPassage {
        let written = span
            .of(self.text)
            .rfind(&format!("ksb:{codes}"))
            .map(|at| span.start + at + 4);
        let mut offset = 0;
        let mut typed = Vec::new();
        for code in codes.split(',') {
            let lead = code.len() - code.trim_start().len();
            let place = match written {
                Some(start) => {
                    let from = start + offset + lead;
                    Span::new(from, from + code.trim().len())
                }
                None => span,
            };
            offset += code.len() + 1;
            // A comma at the end separates nothing.
            if !code.trim().is_empty() || codes.trim_matches([',', ' ']).is_empty() {
                typed.push(Spanned::new(code.trim().to_owned(), place));
            }
        }
        DraftPassage {
            anchor: String::new(),
            text: String::new(),
            paragraph: self.paragraph,
            span,
            section: self.open_sections.last().copied(),
            codes: typed,
        }
    }

    fn close_passage(&mut self) {
        let Some(mut passage) = self.passage.take() else {
            return;
        };
        let shown = self.block.shown_of(passage.span);
        passage.text = String::from(self.block.text()[shown].trim());
        // Code within the passage is part of it.
        let is_before = |quoted: &Span| quoted.end <= passage.span.start;
        self.quoted.truncate(self.quoted.partition_point(is_before));
        self.quoted.push(passage.span);
        let name = format!("p-{}", short_hash(&passage.text.to_lowercase(), 8));
        passage.anchor = self.anchors.take(&name);
        self.body.passages.push(passage);
    }

    fn add_link(&mut self, kind: LinkType, written: &str, span: Span, image: bool) {
        let place = span.of(self.text).rfind(written).map(|at| span.start + at);
        let place = place.filter(|_| !written.is_empty());
        self.body.links.push(DraftLink {
            target: target(kind, written).into_owned(),
            span: place.map_or(span, |start| Span::new(start, start + written.len())),
            image,
            alt: String::new(),
        });
    }
}

/// Whether this is part of a block, and ends none.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "intro\n\n## Description\n\nOne [two **three**](ksb:K7,st0215:S7) four.\n\n### Detail\n\nfive <!-- six -->\n\n## Analysis\n\n```rust\nlet not = words;\n```\n![alt words](../pain.png) [next](next.md)\n";

    #[test]
    fn a_number_at_the_beginning_of_a_line_goes_on_from_the_line_before() {
        for (text, whole) in [
            ("- rang 01632 960\n227. Then", "rang 01632 960 227"),
            ("1. rang 01632 960\n227) Then", "rang 01632 960 227"),
        ] {
            let body = read(text, Span::new(0, text.len()));
            let blocks = body.blocks.iter().map(|block| block.text.text());
            assert!(blocks.into_iter().any(|block| block == whole), "{text}");
        }
        let text = "1. one\n12. two\n";
        assert_eq!(read(text, Span::new(0, text.len())).blocks.len(), 2);
    }

    #[test]
    fn finds_passages_sections_links_and_words() {
        let body = read(TEXT, Span::new(0, TEXT.len()));
        let passage = &body.passages[0];
        assert_eq!(passage.text, "two three");
        assert_eq!(passage.span.of(TEXT), "[two **three**](ksb:K7,st0215:S7)");
        let codes: Vec<&str> = passage
            .codes
            .iter()
            .map(|code| code.span.of(TEXT))
            .collect();
        assert_eq!(codes, ["K7", "st0215:S7"]);
        let sections: Vec<_> = body
            .sections
            .iter()
            .map(|s| (s.heading.as_str(), s.words))
            .collect();
        assert_eq!(
            sections,
            [("Description", 5), ("Detail", 1), ("Analysis", 1)]
        );
        assert_eq!(body.words, 7);
        let links: Vec<_> = body
            .links
            .iter()
            .map(|l| (l.span.of(TEXT), l.image))
            .collect();
        assert_eq!(links, [("../pain.png", true), ("next.md", false)]);
    }

    #[test]
    fn places_of_codes_are_within_their_link() {
        for text in [
            "[a](ksb:S20ksb:S20)",
            "[a](ksb:K&#49;)",
            "[ksb:K1][k]\n\n[k]: ksb:K1,K2\n",
        ] {
            let body = read(text, Span::new(0, text.len()));
            let places: Vec<&str> = body.passages[0]
                .codes
                .iter()
                .map(|code| code.span.of(text))
                .collect();
            let link = body.passages[0].span.of(text);
            assert!(
                places.iter().all(|place| link.contains(place)),
                "{places:?}"
            );
        }
        let body = read("[a](ksb:S20ksb:S20)", Span::new(0, 19));
        assert_eq!(body.passages[0].codes[0].span, Span::new(8, 18));
    }

    #[test]
    fn anchors_do_not_depend_on_text_before_them() {
        let moved = format!("A new paragraph.\n\n{TEXT}");
        let anchor = |text: &str| {
            read(text, Span::new(0, text.len())).passages[0]
                .anchor
                .clone()
        };
        assert_eq!(anchor(TEXT), anchor(&moved));
    }
}
