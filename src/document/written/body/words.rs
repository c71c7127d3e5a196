//! Words, pictures and notes of a run, and the kind of a paragraph.

use std::mem::take;

use super::{OpenRow, WordBody};
use crate::document::written::builder::ParagraphKind;
use crate::document::written::manuscript::{TextLook, TextPicture, TextPiece};
use crate::document::written::styles::{Raised, RunFacts, WordStyle};
use crate::document::written::symbols::{is_symbol_font, raise, symbol};
use crate::document::xml::Element;

impl WordBody<'_> {
    pub(super) fn note_alt(&mut self, element: &Element) {
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

    pub(super) fn add_symbol(&mut self, element: &Element) {
        let font = element.get("font").unwrap_or_default();
        let code = u32::from_str_radix(element.get("char").unwrap_or_default(), 16);
        match code.ok().and_then(|code| symbol(font, code)) {
            Some(letter) => self.add_words(letter.encode_utf8(&mut [0; 4])),
            None => self.builder.left.symbols += 1,
        }
    }

    pub(super) fn add_note(&mut self, kind: &'static str, element: &Element) {
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

    pub(super) fn add_picture(&mut self, id: Option<&str>) {
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

    pub(super) fn paragraph_style(&self) -> Option<&WordStyle> {
        self.styles.find(self.text.paragraph.style.as_deref())
    }

    /// The properties of the open run, with those of its styles.
    pub(super) fn run_facts(&self) -> RunFacts {
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
    pub(super) fn run_is_shown(&self) -> bool {
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

    pub(super) fn add_piece(&mut self, piece: TextPiece) {
        if self.run_is_shown() {
            self.builder.add_piece(piece);
        }
    }

    pub(super) fn add_words(&mut self, text: &str) {
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
    pub(super) fn shown_letters(&mut self, text: &str, facts: &RunFacts) -> String {
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

    pub(super) fn paragraph_kind(&mut self) -> ParagraphKind {
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
