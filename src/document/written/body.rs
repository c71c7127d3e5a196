//! The text of one part of a Word document: the body, or the notes.

mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::builder::BlockBuilder;
use super::fields::{Fields, link_target};
use super::lists::DocumentLists;
use super::manuscript::{LeftBehind, Manuscript, TextBlock, TextPicture, TextPiece};
use super::relations::{NoteId, Relations};
use super::styles::{RunFacts, WordStyles, has_ground};
use crate::document::refusal::Refusal;
use crate::document::xml::{self, Element, Step};

/// Namespaces of drawings that are understood, so that a drawing is not read in its older form.
const KNOWN_DRAWINGS: [&str; 12] = [
    "wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "a14", "pic", "wp", "v", "wp15",
];

/// Elements whose contents are no text of today: earlier properties, and what was deleted or moved
/// away.
const SKIPPED: [&str; 14] = [
    "del",
    "moveFrom",
    "delText",
    "delInstrText",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tcPrChange",
    "trPrChange",
    "tblGridChange",
    "numberingChange",
    "rt",
];

/// Facts about a paragraph.
#[derive(Debug, Default)]
struct ParagraphFacts {
    style: Option<String>,
    list: Option<String>,
    list_level: Option<usize>,
    outline: Option<u8>,
    ground: bool,
    /// Whether it goes on in the next paragraph.
    joins_next: bool,
}

/// What is open while a text is read. A text box begins anew within a paragraph.
#[derive(Debug, Default)]
struct OpenText {
    paragraph: ParagraphFacts,
    run: RunFacts,
    run_style: Option<String>,
    run_deleted: bool,
    links: Vec<Option<Arc<str>>>,
    is_box: bool,
}

/// A row of a table that is read.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own, not a state of one machine"
)]
struct OpenRow {
    is_dropped: bool,
    cell_dropped: bool,
    continues_above: bool,
    columns: usize,
    ground: bool,
    /// Whether a style that is not looked into may colour the cells.
    has_style: bool,
}

/// Reads the text of a part.
pub(super) struct WordBody<'a> {
    styles: &'a WordStyles,
    lists: &'a mut DocumentLists,
    relations: &'a Relations,
    builder: BlockBuilder,
    /// The number of open elements that are skipped.
    skipped: usize,
    text: OpenText,
    outer: Vec<OpenText>,
    rows: Vec<OpenRow>,
    /// For each open choice between drawings, whether one was taken.
    choices: Vec<bool>,
    /// For each open content control, whether its content is a prompt.
    controls: Vec<bool>,
    fields: Fields,
    alt: String,
    moves: [u32; 2],
    /// Whether the last words were hidden, so that a passage of several runs is counted once.
    was_hidden: bool,
    /// Whether the open drawing is hidden.
    drawing_hidden: bool,
    page_has_ground: bool,
    pictures: Vec<TextPicture>,
    wanted_notes: Vec<NoteId>,
    notes: BTreeMap<NoteId, Vec<TextBlock>>,
    blocks: Vec<TextBlock>,
}

impl<'a> WordBody<'a> {
    pub(super) fn new(
        styles: &'a WordStyles,
        lists: &'a mut DocumentLists,
        relations: &'a Relations,
        left: LeftBehind,
    ) -> Self {
        Self {
            styles,
            lists,
            relations,
            builder: BlockBuilder::counting_on(left),
            skipped: 0,
            text: OpenText::default(),
            outer: Vec::new(),
            rows: Vec::new(),
            choices: Vec::new(),
            controls: Vec::new(),
            fields: Fields::default(),
            alt: String::new(),
            moves: [0; 2],
            was_hidden: false,
            drawing_hidden: false,
            page_has_ground: false,
            pictures: Vec::new(),
            wanted_notes: Vec::new(),
            notes: BTreeMap::new(),
            blocks: Vec::new(),
        }
    }

    pub(super) fn read_body(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.builder.open_level();
        xml::walk(bytes, &mut |step, around| self.step(step, around, ""))?;
        self.blocks = self.builder.close_level();
        Ok(())
    }

    /// Reads the notes of a kind: `footnote` or `endnote`.
    pub(super) fn read_notes(&mut self, bytes: &[u8], kind: &'static str) -> Result<(), Refusal> {
        xml::walk(bytes, &mut |step, around| self.step(step, around, kind))
    }

    /// The counts so far.
    pub(super) fn counts(&self) -> LeftBehind {
        let mut left = self.builder.left;
        // A move is where the text was and where it is.
        left.moves += self.moves[0].max(self.moves[1]);
        left
    }

    pub(super) fn into_notes(self) -> BTreeMap<NoteId, Vec<TextBlock>> {
        self.notes
    }

    /// The text with those notes that it refers to. Pictures have the names of their parts in place
    /// of bytes.
    pub(super) fn finish(self, mut notes: BTreeMap<NoteId, Vec<TextBlock>>) -> Manuscript {
        let left = self.counts();
        let wanted = self.wanted_notes.iter();
        Manuscript {
            notes: wanted
                .map(|id| notes.remove(id).unwrap_or_default())
                .collect(),
            blocks: self.blocks,
            pictures: self.pictures,
            saved: None,
            left,
        }
    }

    fn step(&mut self, step: Step<'_>, around: &[Element], notes: &'static str) {
        match step {
            Step::Open(_) if self.skipped > 0 => self.skipped += 1,
            Step::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Step::Text(_) if self.skipped > 0 => {}
            Step::Open(element) => self.open(element, around, notes),
            Step::Text(text) => self.read_text(text, around),
            Step::Close(element) => self.close(element, notes),
            Step::Aside(_) => {}
        }
    }

    fn open(&mut self, element: &Element, around: &[Element], notes: &'static str) {
        let parent = around.last().map_or("", |one| one.name.as_str());
        if self.note_change(element, around, parent) || self.is_skipped(element, parent) {
            self.skipped = 1;
            return;
        }
        match element.name.as_str() {
            "p" => {
                self.text.paragraph = ParagraphFacts::default();
                self.builder.open_paragraph();
            }
            "r" => {
                self.text.run = RunFacts::default();
                self.text.run_style = None;
                self.text.run_deleted = false;
            }
            "tbl" => {
                self.builder.open_table();
                self.rows.push(OpenRow::default());
            }
            "tr" | "tc" => self.open_cell(element),
            "footnote" | "endnote" if element.name == notes => self.builder.open_level(),
            "txbxContent" => {
                let inner = OpenText {
                    is_box: true,
                    ..OpenText::default()
                };
                self.outer.push(std::mem::replace(&mut self.text, inner));
                self.builder.open_level();
            }
            "AlternateContent" => self.choices.push(false),
            "sdt" => self.controls.push(false),
            "hyperlink" => {
                let target = element.get("id").and_then(|id| self.relations.get(id));
                let target = target.filter(|one| one.is_outside);
                let link = target.and_then(|one| link_target(&one.target));
                self.text.links.push(link);
            }
            "background" => self.page_has_ground = true,
            _ if parent == "rPr" => self.note_run_property(element, around),
            _ if parent == "pPr" || parent == "numPr" => self.note_paragraph(element),
            _ if matches!(parent, "tblPr" | "trPr" | "tcPr") => self.note_table(element),
            _ => self.open_in_run(element, parent),
        }
    }

    /// Counts a tracked change. Returns whether its contents are left out.
    fn note_change(&mut self, element: &Element, around: &[Element], parent: &str) -> bool {
        let is_mark = parent == "rPr";
        let left = &mut self.builder.left;
        match element.name.as_str() {
            "ins" | "cellIns" => left.insertions += 1,
            "del" | "cellDel" => {
                left.deletions += 1;
                self.delete_marked(element, around, parent);
            }
            "moveTo" => self.moves[1] += u32::from(!is_mark),
            "moveFrom" => {
                self.moves[0] += u32::from(!is_mark);
                self.delete_marked(element, around, parent);
            }
            "cellMerge" | "numberingChange" => left.formats += 1,
            name if name.ends_with("PrChange") || name == "tblGridChange" => left.formats += 1,
            _ => {}
        }
        SKIPPED.contains(&element.name.as_str())
    }

    /// Notes that the paragraph's end, the row, the cell or the run around a mark is deleted.
    fn delete_marked(&mut self, element: &Element, around: &[Element], parent: &str) {
        let above = around.iter().rev().nth(1).map_or("", |one| &one.name);
        match (parent, above) {
            ("rPr", "pPr") => self.text.paragraph.joins_next = true,
            ("rPr", "r") => self.text.run_deleted = true,
            ("trPr", _) => {
                if let Some(row) = self.rows.last_mut() {
                    row.is_dropped = true;
                }
            }
            ("tcPr", _) if element.name == "cellDel" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cell_dropped = true;
                }
            }
            _ => {}
        }
    }

    /// Whether an element is not read: a drawing in another form, a prompt, a hidden object.
    fn is_skipped(&mut self, element: &Element, parent: &str) -> bool {
        match element.name.as_str() {
            "Choice" | "Fallback" if parent == "AlternateContent" => {
                let required = element.get("Requires").unwrap_or_default();
                let mut required = required.split_whitespace();
                let is_known = required.all(|name| KNOWN_DRAWINGS.contains(&name));
                let taken = self.choices.last_mut();
                taken.is_none_or(|taken| std::mem::replace(taken, *taken || is_known) || !is_known)
            }
            "showingPlcHdr" => {
                let is_prompt = element.get("val").is_none() || element.is("val");
                if let Some(control) = self.controls.last_mut() {
                    *control |= is_prompt;
                }
                true
            }
            "sdtContent" => {
                let is_prompt = self.controls.last() == Some(&true);
                if is_prompt && self.rows.last().is_some_and(|row| row.columns == 0) {
                    self.builder.add_cell(Vec::new(), 1);
                }
                is_prompt
            }
            "shape" | "rect" | "oval" | "roundrect" => {
                let style = element.get("style").unwrap_or_default();
                element
                    .get("alt")
                    .unwrap_or_default()
                    .clone_into(&mut self.alt);
                let hidden = style.replace(' ', "").contains("visibility:hidden");
                self.builder.left.hidden += u32::from(hidden);
                hidden
            }
            "chart" | "relIds" | "altChunk" | "OLEObject" => {
                self.builder.left.objects += 1;
                true
            }
            _ => false,
        }
    }

    fn open_cell(&mut self, element: &Element) {
        if let Some(row) = self.rows.last_mut() {
            let has_style = row.has_style;
            if element.name == "tr" {
                *row = OpenRow {
                    has_style,
                    ..OpenRow::default()
                };
            } else {
                row.columns = 1;
                row.cell_dropped = false;
                row.continues_above = false;
                row.ground = false;
                self.builder.open_level();
            }
        }
    }

    fn note_run_property(&mut self, element: &Element, around: &[Element]) {
        let above = around.iter().rev().nth(1).map_or("", |one| &one.name);
        if above != "r" {
            return;
        }
        if element.name == "rStyle" {
            self.text.run_style = element.get("val").map(str::to_owned);
        } else {
            self.text.run.note(element);
        }
    }

    fn note_paragraph(&mut self, element: &Element) {
        let value = element.get("val").unwrap_or_default();
        let paragraph = &mut self.text.paragraph;
        match element.name.as_str() {
            "pStyle" => paragraph.style = Some(value.to_owned()),
            "outlineLvl" => paragraph.outline = value.parse().ok(),
            "numId" => paragraph.list = Some(value.to_owned()),
            "ilvl" => paragraph.list_level = value.parse().ok(),
            "shd" => paragraph.ground = has_ground(element),
            // A large first letter is a paragraph of its own.
            "framePr" if element.get("dropCap").is_some_and(|kind| kind != "none") => {
                paragraph.joins_next = true;
            }
            _ => {}
        }
    }

    fn note_table(&mut self, element: &Element) {
        let value = element.get("val").unwrap_or_default();
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        match element.name.as_str() {
            "tblStyle" => row.has_style = !matches!(value, "TableGrid" | "TableNormal"),
            "gridSpan" => row.columns = value.parse().unwrap_or(1).clamp(1, 64),
            "vMerge" => row.continues_above = value.is_empty() || value == "continue",
            "hidden" if value.is_empty() || element.is("val") => {
                row.is_dropped = true;
                self.builder.left.hidden += 1;
            }
            "shd" => row.ground = has_ground(element),
            _ => {}
        }
    }

    fn open_in_run(&mut self, element: &Element, parent: &str) {
        match element.name.as_str() {
            "tab" | "ptab" if parent == "r" => self.add_words(" "),
            "br" | "cr" if parent == "r" => self.add_piece(TextPiece::LineBreak),
            "noBreakHyphen" => self.add_words("\u{2011}"),
            "sym" => self.add_symbol(element),
            "footnoteReference" => self.add_note("footnote", element),
            "endnoteReference" => self.add_note("endnote", element),
            "docPr" | "cNvPr" => self.note_alt(element),
            "blip" => self.add_picture(element.get("embed")),
            "imagedata" => self.add_picture(element.get("id")),
            // Fractions, powers and roots of a formula, on one line.
            "num" if parent == "f" => self.add_words("("),
            "den" if parent == "f" => self.add_words(")/("),
            "sup" if parent.starts_with('s') => self.add_words("^"),
            "sub" if parent.starts_with('s') => self.add_words("_"),
            "rad" => self.add_words("√"),
            "srcRect" => {
                let sides = ["l", "t", "r", "b"].into_iter();
                let mut sides = sides.filter_map(|side| element.get(side)?.parse::<f64>().ok());
                self.builder.left.cropped += u32::from(sides.any(|side| side > 0.0));
            }
            "fldChar" | "fldSimple" => {
                let words = self.fields.step(element);
                self.add_words(&words);
            }
            _ => self.fields.note(element),
        }
    }

    fn read_text(&mut self, text: &str, around: &[Element]) {
        match around.last().map(|one| one.name.as_str()) {
            Some("t") => self.add_words(text),
            Some("instrText") => self.fields.add_code(text),
            _ => {}
        }
    }

    fn close(&mut self, element: &Element, notes: &'static str) {
        match element.name.as_str() {
            "p" => self.close_paragraph(),
            "tc" => self.close_cell(),
            "tr" => {
                let is_kept = self.rows.last().is_none_or(|row| !row.is_dropped);
                self.builder.close_row(is_kept);
                if let Some(row) = self.rows.last_mut() {
                    row.columns = 0;
                }
            }
            "tbl" => {
                self.rows.pop();
                self.builder.close_table();
            }
            "txbxContent" => {
                let blocks = self.builder.close_level();
                self.text = self.outer.pop().unwrap_or_default();
                self.builder.add_blocks(blocks);
            }
            "den" => self.add_words(")"),
            "AlternateContent" => drop(self.choices.pop()),
            "sdt" => drop(self.controls.pop()),
            "hyperlink" => drop(self.text.links.pop()),
            "drawing" => self.drawing_hidden = false,
            "fldSimple" => self.fields.end(),
            "footnote" | "endnote" if element.name == notes => {
                let blocks = self.builder.close_level();
                let is_note = matches!(element.get("type"), None | Some("normal"));
                if is_note && let Some(id) = element.get("id") {
                    self.notes.insert((notes, id.to_owned()), blocks);
                }
            }
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        let blocks = self.builder.close_level();
        let Some(row) = self.rows.last() else { return };
        if row.cell_dropped {
            return;
        }
        // The cell above covers this one.
        let blocks = if row.continues_above {
            Vec::new()
        } else {
            blocks
        };
        self.builder.add_cell(blocks, row.columns);
        if let Some(row) = self.rows.last_mut() {
            row.columns = 0;
        }
    }

    fn close_paragraph(&mut self) {
        let kind = self.paragraph_kind();
        let joins_next = self.text.paragraph.joins_next;
        self.builder.close_paragraph(&kind, joins_next);
        self.fields.end_paragraph();
        self.text.run = RunFacts::default();
        self.text.run_style = None;
        self.was_hidden = false;
    }
}
