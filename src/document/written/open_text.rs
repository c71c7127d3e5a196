//! OpenDocument texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::builder::{BlockBuilder, ParagraphKind};
use super::fields::link_target;
use super::manuscript::{Manuscript, TextBlock, TextLook, TextPicture, TextPiece};
use super::open_text_parts::{read_formulas, read_saved, refuse_locked};
use super::open_text_styles::{ListStart, OpenStyles};
use super::picture_name::description;
use super::styles::{Raised, RunFacts};
use super::symbols::raise;
use crate::document::package::Parts;
use crate::document::refusal::Refusal;
use crate::document::xml::{self, Element, Step};

/// Elements whose contents are no text of the author.
const SKIPPED: [&str; 16] = [
    "tracked-changes",
    "annotation",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "note-citation",
    "ruby-text",
    "forms",
    "script",
    "placeholder",
    "hidden-text",
    "covered-table-cell",
    "binary-data",
];

/// Whether a package is an OpenDocument text.
pub(super) fn is_open_text(parts: &Parts) -> bool {
    let kind = parts.iter().find(|(name, _)| name == "mimetype");
    kind.is_some_and(|(_, kind)| kind.starts_with(b"application/vnd.oasis.opendocument.text"))
}

/// Reads an OpenDocument text.
pub(super) fn read(parts: Parts) -> Result<Manuscript, Refusal> {
    let find = |name: &str| {
        let found = parts.iter().find(|(path, _)| path == name);
        found.map(|(_, bytes)| bytes.as_slice())
    };
    let content = find("content.xml").ok_or(Refusal::Broken)?;
    refuse_locked(find("META-INF/manifest.xml"))?;
    let mut styles = OpenStyles::default();
    if let Some(bytes) = find("styles.xml") {
        styles.read(bytes)?;
    }
    styles.read(content)?;
    let saved = find("meta.xml").map_or(Ok(None), read_saved)?;
    let formulas = read_formulas(&parts)?;
    let mut reader = OpenTextReader::new(&styles, &formulas);
    reader.builder.open_level();
    xml::walk(content, &mut |step, around| reader.step(step, around))?;
    let mut manuscript = Manuscript {
        blocks: reader.builder.close_level(),
        notes: reader.notes,
        pictures: reader.pictures,
        saved,
        left: reader.builder.left,
    };
    let parts: BTreeMap<String, Vec<u8>> = parts.into_iter().collect();
    for picture in &mut manuscript.pictures {
        let name = String::from_utf8_lossy(&picture.bytes).into_owned();
        let bytes = parts.get(name.trim_start_matches("./"));
        picture.bytes = bytes.cloned().unwrap_or_default();
        picture.alt = description(&picture.alt);
    }
    Ok(manuscript)
}

/// A list that is open.
#[derive(Debug, Default)]
struct OpenList {
    style: String,
    last: Option<u32>,
    /// The mark of the open item, until its first paragraph has it.
    mark: Option<ListStart>,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct OpenTextParagraph {
    kind: ParagraphKind,
    run: RunFacts,
    /// Styles of the spans around the text.
    spans: Vec<RunFacts>,
    links: Vec<Option<Arc<str>>>,
    is_hidden: bool,
}

struct OpenTextReader<'a> {
    styles: &'a OpenStyles,
    formulas: &'a BTreeMap<String, String>,
    builder: BlockBuilder,
    skipped: usize,
    in_changes: bool,
    paragraphs: Vec<OpenTextParagraph>,
    lists: Vec<OpenList>,
    /// The last number of each list style and level, for lists that continue.
    counted: BTreeMap<(String, usize), u32>,
    list_number: u32,
    columns: Vec<usize>,
    /// Cells that the one before covers, in each open table.
    covered: Vec<usize>,
    notes: Vec<Vec<TextBlock>>,
    pictures: Vec<TextPicture>,
    /// Whether the open frame has shown a picture.
    frame_has_picture: bool,
}

impl<'a> OpenTextReader<'a> {
    fn new(styles: &'a OpenStyles, formulas: &'a BTreeMap<String, String>) -> Self {
        Self {
            styles,
            formulas,
            builder: BlockBuilder::default(),
            skipped: 0,
            in_changes: false,
            paragraphs: Vec::new(),
            lists: Vec::new(),
            counted: BTreeMap::new(),
            list_number: 0,
            columns: Vec::new(),
            covered: Vec::new(),
            notes: Vec::new(),
            pictures: Vec::new(),
            frame_has_picture: false,
        }
    }

    fn step(&mut self, step: Step<'_>, around: &[Element]) {
        match step {
            Step::Open(element) if self.skipped > 0 => {
                self.skipped += 1;
                self.count_change(element);
            }
            Step::Close(_) if self.skipped > 0 => {
                self.skipped -= 1;
                self.in_changes &= self.skipped > 0;
            }
            Step::Text(_) if self.skipped > 0 => {}
            Step::Open(element) if self.is_skipped(element) => self.skipped = 1,
            Step::Open(element) => self.open(element),
            Step::Text(text) => self.read_text(text, around),
            Step::Close(element) => self.close(element),
            Step::Aside(_) => {}
        }
    }

    fn count_change(&mut self, element: &Element) {
        let left = &mut self.builder.left;
        match element.name.as_str() {
            _ if !self.in_changes => {}
            "insertion" => left.insertions += 1,
            "deletion" => left.deletions += 1,
            "format-change" => left.formats += 1,
            _ => {}
        }
    }

    fn is_skipped(&mut self, element: &Element) -> bool {
        let left = &mut self.builder.left;
        match element.name.as_str() {
            "tracked-changes" => self.in_changes = true,
            "annotation" => left.comments += 1,
            "hidden-text" => left.hidden += 1,
            "covered-table-cell" => self.cover_cell(element),
            "section" if is_hidden_section(element) => {
                left.hidden += 1;
                return true;
            }
            _ => {}
        }
        SKIPPED.contains(&element.name.as_str())
    }

    /// Adds an empty cell below one that covers several rows.
    fn cover_cell(&mut self, element: &Element) {
        let repeated = number(element, "number-columns-repeated").unwrap_or(1);
        for _ in 0..repeated.min(64) {
            match self.covered.last_mut() {
                Some(covered) if *covered > 0 => *covered -= 1,
                _ => self.builder.add_cell(Vec::new(), 1),
            }
        }
    }

    fn open(&mut self, element: &Element) {
        match element.name.as_str() {
            "p" | "h" => self.open_paragraph(element),
            "span" => {
                let style = element.get("style-name").unwrap_or_default();
                let facts = self.styles.find("text", style).run;
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.spans.push(facts);
                }
            }
            "a" => {
                let link = element.get("href").and_then(link_target);
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.links.push(link);
                }
            }
            "s" => {
                let count = number(element, "c").unwrap_or(1).clamp(1, 1000);
                self.add_words(&" ".repeat(count));
            }
            "tab" => self.add_words(" "),
            "line-break" => self.add_piece(TextPiece::LineBreak),
            "hidden-paragraph" if element.get("is-hidden") != Some("false") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.is_hidden = true;
                    self.builder.left.hidden += 1;
                }
            }
            "list" => self.open_list(element),
            "list-item" => self.open_item(element),
            "table" => {
                self.builder.open_table();
                self.columns.push(1);
                self.covered.push(0);
            }
            "table-cell" => self.open_cell(element),
            "text-box" | "note-body" => self.builder.open_level(),
            "frame" => self.frame_has_picture = false,
            "image" => self.add_picture(element),
            "object" | "object-ole" | "plugin" => self.add_object(element),
            _ => {}
        }
    }

    fn open_paragraph(&mut self, element: &Element) {
        let name = element.get("style-name").unwrap_or_default();
        let style = self.styles.find("paragraph", name);
        let heading = (element.name == "h").then(|| number(element, "outline-level").unwrap_or(1));
        let level = self.lists.len().saturating_sub(1);
        let mark = self.lists.last_mut().and_then(|list| list.mark.take());
        let kind = match (heading, mark) {
            (Some(level), _) => ParagraphKind::Heading(u8::try_from(level).unwrap_or(9)),
            (None, Some(mark)) => ParagraphKind::Item {
                level: u8::try_from(level).unwrap_or(u8::MAX),
                number: mark,
                list: self.list_number,
            },
            (None, None) => match style.name.as_str() {
                "title" => ParagraphKind::Title,
                "quotations" | "quote" => ParagraphKind::Quotation,
                "preformatted text" => ParagraphKind::Code,
                _ => ParagraphKind::Plain,
            },
        };
        self.paragraphs.push(OpenTextParagraph {
            kind,
            run: style.run,
            ..OpenTextParagraph::default()
        });
        self.builder.open_paragraph();
    }

    fn open_list(&mut self, element: &Element) {
        let inherited = self.lists.last().map(|list| list.style.clone());
        if inherited.is_none() {
            self.list_number += 1;
        }
        let style = element.get("style-name").map(str::to_owned);
        let style = style.or(inherited).unwrap_or_default();
        let continues = element.is("continue-numbering") || element.get("continue-list").is_some();
        let key = (style.clone(), self.lists.len());
        self.lists.push(OpenList {
            last: self.counted.get(&key).copied().filter(|_| continues),
            style,
            mark: None,
        });
    }

    fn open_item(&mut self, element: &Element) {
        let level = self.lists.len().saturating_sub(1);
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let start = self.styles.list_start(&list.style, level);
        let number = start.map(|start| {
            let next = list.last.map_or(start, |last| last.saturating_add(1));
            let given = number(element, "start-value");
            given
                .and_then(|given| given.try_into().ok())
                .unwrap_or(next)
        });
        list.last = number;
        list.mark = Some(number);
        if let Some(number) = number {
            self.counted.insert((list.style.clone(), level), number);
        }
    }

    fn open_cell(&mut self, element: &Element) {
        let spanned = number(element, "number-columns-spanned").unwrap_or(1);
        let spanned = spanned.clamp(1, 64);
        if let (Some(columns), Some(covered)) = (self.columns.last_mut(), self.covered.last_mut()) {
            *columns = spanned;
            *covered = spanned - 1;
        }
        self.builder.open_level();
    }

    /// Adds the words of a formula; other objects are counted.
    fn add_object(&mut self, element: &Element) {
        let name = element.get("href").unwrap_or_default();
        match self.formulas.get(name.trim_start_matches("./")) {
            Some(formula) if !formula.is_empty() => {
                // The frame has a picture of the formula too.
                self.frame_has_picture = true;
                self.add_words(&formula.clone());
            }
            _ => self.builder.left.objects += 1,
        }
    }

    fn add_picture(&mut self, element: &Element) {
        if std::mem::replace(&mut self.frame_has_picture, true) || !self.is_shown() {
            return;
        }
        let name = element.get("href").unwrap_or_default();
        if name.is_empty() || name.contains(':') {
            self.builder.left.lost_pictures += 1;
            return;
        }
        let piece = TextPiece::Picture(self.pictures.len());
        self.pictures.push(TextPicture {
            bytes: name.as_bytes().to_vec(),
            alt: String::new(),
        });
        if self.paragraphs.is_empty() {
            self.builder.open_paragraph();
            self.builder.add_piece(piece);
            self.builder.close_paragraph(&ParagraphKind::Plain, false);
        } else {
            self.builder.add_piece(piece);
        }
    }

    fn run_facts(&self) -> RunFacts {
        let Some(paragraph) = self.paragraphs.last() else {
            return RunFacts::default();
        };
        let spans = paragraph.spans.iter().rev();
        let facts = spans.fold(RunFacts::default(), super::styles::RunFacts::or);
        facts.or(&paragraph.run)
    }

    /// Whether words here can be seen. Tables and text boxes may have a ground of their own.
    fn is_shown(&self) -> bool {
        let facts = self.run_facts();
        let on_paper =
            facts.ground != Some(true) && self.columns.is_empty() && self.paragraphs.len() == 1;
        facts.hidden != Some(true)
            && facts.tiny != Some(true)
            && !(on_paper && facts.pale == Some(true))
    }

    fn read_text(&mut self, text: &str, around: &[Element]) {
        let parent = around.last().map_or("", |one| one.name.as_str());
        if matches!(parent, "title" | "desc") && around.iter().any(|one| one.name == "frame") {
            // The description is after the title, and says more.
            if let Some(picture) = self.pictures.last_mut() {
                text.clone_into(&mut picture.alt);
            }
        } else if !self.paragraphs.is_empty() && around.iter().any(|one| one.name == "body") {
            let mut words = String::with_capacity(text.len());
            for letter in text.chars() {
                let is_space = matches!(letter, ' ' | '\t' | '\n' | '\r');
                if !is_space {
                    words.push(letter);
                } else if !words.ends_with(' ') {
                    words.push(' ');
                }
            }
            self.add_words(&words);
        }
    }

    fn add_piece(&mut self, piece: TextPiece) {
        if self.is_shown() {
            self.builder.add_piece(piece);
        }
    }

    fn add_words(&mut self, text: &str) {
        if self.paragraphs.is_empty() {
            return;
        }
        if !self.is_shown() {
            self.builder.left.hidden += u32::from(!text.trim().is_empty());
            return;
        }
        let facts = self.run_facts();
        let look = TextLook {
            bold: facts.bold == Some(true),
            italic: facts.italic == Some(true),
            struck: facts.struck == Some(true),
        };
        let links = self.paragraphs.last().map(|one| &one.links);
        let link = links.and_then(|links| links.last().cloned().flatten());
        let text: String = text
            .chars()
            .filter(|letter| *letter != '\u{ad}')
            .map(|letter| match facts.raised {
                Some(Raised::Above) => raise(letter, true),
                Some(Raised::Below) => raise(letter, false),
                _ => letter,
            })
            .collect();
        self.builder.add_words(&text, look, link);
    }

    fn close(&mut self, element: &Element) {
        match element.name.as_str() {
            "p" | "h" => {
                let paragraph = self.paragraphs.pop().unwrap_or_default();
                let kind = if paragraph.is_hidden {
                    ParagraphKind::Dropped
                } else {
                    paragraph.kind
                };
                self.builder.close_paragraph(&kind, false);
            }
            "span" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.spans.pop();
                }
            }
            "a" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.links.pop();
                }
            }
            "list" => drop(self.lists.pop()),
            "table-cell" => {
                let blocks = self.builder.close_level();
                let columns = self.columns.last().copied().unwrap_or(1);
                self.builder.add_cell(blocks, columns);
            }
            "table-row" => self.builder.close_row(true),
            "table" => {
                self.columns.pop();
                self.covered.pop();
                self.builder.close_table();
            }
            "text-box" => {
                let blocks = self.builder.close_level();
                self.builder.add_blocks(blocks);
            }
            "note-body" => {
                let blocks = self.builder.close_level();
                let piece = TextPiece::Note(self.notes.len());
                if self.is_shown() {
                    self.notes.push(blocks);
                    self.builder.add_piece(piece);
                }
            }
            _ => {}
        }
    }
}

fn number(element: &Element, key: &str) -> Option<usize> {
    element.get(key).and_then(|number| number.parse().ok())
}

/// Whether a section is hidden, now or under a condition that holds.
fn is_hidden_section(element: &Element) -> bool {
    match element.get("display") {
        Some("none") => true,
        Some("condition") => element.get("is-hidden") != Some("false"),
        _ => false,
    }
}
