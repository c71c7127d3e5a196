//! The text of one part of a Word document: the body, or the notes.

use std::collections::BTreeMap;
use std::mem::take;
use std::sync::Arc;

use super::builder::{BlockBuilder, ParagraphKind};
use super::fields::{Fields, link_target};
use super::lists::DocumentLists;
use super::manuscript::{LeftBehind, Manuscript, TextBlock, TextLook, TextPicture, TextPiece};
use super::styles::{Raised, RunFacts, WordStyle, WordStyles, has_ground};
use super::symbols::{is_symbol_font, raise, symbol};
use super::word::{NoteId, Relations};
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
pub(super) struct BodyReader<'a> {
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

impl<'a> BodyReader<'a> {
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
                self.alt = element.get("alt").unwrap_or_default().to_owned();
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

    fn note_alt(&mut self, element: &Element) {
        let words = element.get("descr").filter(|words| !words.is_empty());
        let words = words.or(element.get("title")).unwrap_or_default();
        if element.name == "docPr" || !words.is_empty() {
            words.clone_into(&mut self.alt);
        }
        if element.name == "docPr" && element.is("hidden") {
            self.drawing_hidden = true;
            self.builder.left.hidden += 1;
        }
    }

    fn add_symbol(&mut self, element: &Element) {
        let font = element.get("font").unwrap_or_default();
        let code = u32::from_str_radix(element.get("char").unwrap_or_default(), 16);
        match code.ok().and_then(|code| symbol(font, code)) {
            Some(letter) => self.add_words(letter.encode_utf8(&mut [0; 4])),
            None => self.builder.left.symbols += 1,
        }
    }

    fn add_note(&mut self, kind: &'static str, element: &Element) {
        let id = (kind, element.get("id").unwrap_or_default().to_owned());
        if !self.run_is_shown() {
            return;
        }
        let known = self.wanted_notes.iter().position(|known| *known == id);
        let at = known.unwrap_or_else(|| {
            self.wanted_notes.push(id);
            self.wanted_notes.len() - 1
        });
        self.builder.add_piece(TextPiece::Note(at));
    }

    fn add_picture(&mut self, id: Option<&str>) {
        if !self.run_is_shown() {
            return;
        }
        let target = id.and_then(|id| self.relations.get(id));
        let Some(target) = target.filter(|one| !one.is_outside) else {
            self.builder.left.lost_pictures += 1;
            return;
        };
        self.builder
            .add_piece(TextPiece::Picture(self.pictures.len()));
        self.pictures.push(TextPicture {
            bytes: target.target.clone().into_bytes(),
            alt: take(&mut self.alt),
        });
    }

    fn paragraph_style(&self) -> Option<&WordStyle> {
        self.styles.find(self.text.paragraph.style.as_deref())
    }

    /// The properties of the open run, with those of its styles.
    fn run_facts(&self) -> RunFacts {
        let mut facts = self.text.run.clone();
        let style = self.text.run_style.as_deref();
        if let Some(style) = style.and_then(|style| self.styles.find(Some(style))) {
            facts = facts.or(&style.run);
        }
        if let Some(style) = self.paragraph_style() {
            facts = facts.or(&style.run);
        }
        facts
    }

    /// Whether the open run can be seen. Its words are counted where they are added.
    fn run_is_shown(&self) -> bool {
        let facts = self.run_facts();
        let style_has_ground = self.paragraph_style().is_some_and(|style| style.ground);
        let row_has_ground = |row: &OpenRow| row.ground || row.has_style;
        let on_paper = !facts.ground.unwrap_or_default()
            && !self.text.paragraph.ground
            && !style_has_ground
            && !self.page_has_ground
            && !self.text.is_box
            && !self.rows.iter().any(row_has_ground);
        let is_pale = on_paper && facts.pale == Some(true);
        !self.text.run_deleted
            && !self.drawing_hidden
            && facts.hidden != Some(true)
            && facts.tiny != Some(true)
            && !is_pale
    }

    fn read_text(&mut self, text: &str, around: &[Element]) {
        match around.last().map(|one| one.name.as_str()) {
            Some("t") => self.add_words(text),
            Some("instrText") => self.fields.add_code(text),
            _ => {}
        }
    }

    fn add_piece(&mut self, piece: TextPiece) {
        if self.run_is_shown() {
            self.builder.add_piece(piece);
        }
    }

    fn add_words(&mut self, text: &str) {
        if text.is_empty() || self.fields.is_in_code() {
            return;
        }
        if !self.run_is_shown() {
            let is_counted = !self.text.run_deleted && !text.trim().is_empty();
            self.builder.left.hidden += u32::from(is_counted && !self.was_hidden);
            self.was_hidden |= is_counted;
            return;
        }
        self.was_hidden = false;
        let facts = self.run_facts();
        let text = self.shown_letters(text, &facts);
        let look = TextLook {
            bold: facts.bold == Some(true),
            italic: facts.italic == Some(true),
            struck: facts.struck == Some(true),
        };
        let link = self.text.links.last().cloned().flatten();
        let link = link.or_else(|| self.fields.link());
        self.builder.add_words(&text, look, link);
    }

    /// Letters of symbol fonts as what they show, and raised figures as such.
    fn shown_letters(&mut self, text: &str, facts: &RunFacts) -> String {
        let font = facts.font.as_deref().filter(|font| is_symbol_font(font));
        let mut shown = String::with_capacity(text.len());
        for letter in text.chars() {
            let code = u32::from(letter);
            let is_private = (0xf000..=0xf0ff).contains(&code);
            match (font, facts.raised) {
                // Without a font they are Wingdings in most documents.
                _ if is_private => match symbol(font.unwrap_or("Wingdings"), code) {
                    Some(letter) => shown.push(letter),
                    None => self.builder.left.symbols += 1,
                },
                (Some(font), _) if code < 0x100 => match symbol(font, code) {
                    Some(letter) => shown.push(letter),
                    None => self.builder.left.symbols += 1,
                },
                (_, Some(Raised::Above)) => shown.push(raise(letter, true)),
                (_, Some(Raised::Below)) => shown.push(raise(letter, false)),
                _ if letter == '\u{ad}' => {}
                _ => shown.push(letter),
            }
        }
        shown
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

    fn paragraph_kind(&mut self) -> ParagraphKind {
        let facts = &self.text.paragraph;
        let style = self.paragraph_style();
        let name = style.map_or("", |style| style.name.as_str());
        let outline = facts.outline.or(style.and_then(|style| style.outline));
        let heading = name
            .strip_prefix("heading ")
            .and_then(|level| level.parse::<u8>().ok());
        let heading = outline
            .filter(|level| *level < 9)
            .map(|level| level + 1)
            .or(heading.filter(|_| outline.is_none()));
        let is_contents = name
            .strip_prefix("toc ")
            .is_some_and(|level| level.parse::<u8>().is_ok());
        match name {
            _ if is_contents => return ParagraphKind::Dropped,
            "toc heading" | "table of figures" => return ParagraphKind::Dropped,
            "title" => return ParagraphKind::Title,
            _ => {}
        }
        if let Some(level) = heading {
            return ParagraphKind::Heading(level);
        }
        let list = facts
            .list
            .clone()
            .or_else(|| style.and_then(|style| style.list.clone()));
        if let Some(list) = list.filter(|list| list != "0") {
            let level = facts
                .list_level
                .or(style.and_then(|style| style.list_level));
            let own = facts.style.as_deref().unwrap_or_default();
            let level = level.unwrap_or_else(|| self.lists.level_of_style(&list, own));
            return self.lists.count(&list, level);
        }
        match name {
            "quote" | "intense quote" | "block text" | "block quote" | "quotations" => {
                ParagraphKind::Quotation
            }
            "html preformatted" | "source code" | "macro text" => ParagraphKind::Code,
            _ => ParagraphKind::Plain,
        }
    }
}
