//! One part of an Office document.

use super::facts::{OfficeFacts, hides};
use super::names::{
    CHANGES, PRINT_HEADERS, has_no_size, is_cropped, is_text_attribute, words_of_header,
};
use crate::document::carried::{ContentKind, Contents, Part};
use crate::document::table::Headings;
use crate::document::xml::{Element, Step};

/// Reads one part.
pub(super) struct OfficePart<'a> {
    root: String,
    /// Whether the part is data of a program that the document does not show.
    is_custom: bool,
    facts: &'a OfficeFacts,
    carried: &'a mut Contents,
    /// Whether the text of this run is hidden.
    run_is_hidden: bool,
    has_words: bool,
    ground: Ground,
    /// The tables that are open, the outermost first.
    tables: Vec<OpenTable>,
    anchor: Anchor,
    /// The header or footer of a worksheet that is read.
    header: String,
}

/// Colours around the run that is read.
#[derive(Default)]
struct Ground {
    /// The colour of the run's letters.
    letters: String,
    run: bool,
    paragraph: bool,
    cell: bool,
}

/// A table that is read.
#[derive(Default)]
struct OpenTable {
    headings: Headings,
    cells: Vec<String>,
    /// Whether a style that is not looked into may colour its cells.
    has_style: bool,
}

/// An object that floats over the text of Word.
#[derive(Default)]
struct Anchor {
    left: i64,
    top: i64,
    width: i64,
    height: i64,
    /// Whether it lies in front of the text without moving it.
    is_in_front: bool,
    is_filled: bool,
    has_text: bool,
}

impl<'a> OfficePart<'a> {
    pub(super) fn new(
        name: &str,
        root: String,
        facts: &'a OfficeFacts,
        carried: &'a mut Contents,
    ) -> Self {
        match root.as_str() {
            "externalLink" | "connections" => carried.note(ContentKind::Outside),
            "macrosheet" | "ocx" => carried.note_once(ContentKind::Macro),
            "headers" | "revisions" => carried.note(ContentKind::Change),
            "pivotCacheRecords" => carried.note(ContentKind::HiddenTable),
            "people" | "personList" | "cmAuthorLst" | "authorLst" | "chgInfo" => {
                carried.note(ContentKind::People);
            }
            _ => {}
        }
        let is_custom = name.to_lowercase().starts_with("customxml/");
        Self {
            root,
            is_custom,
            facts,
            carried,
            run_is_hidden: false,
            has_words: false,
            ground: Ground::default(),
            tables: Vec::new(),
            anchor: Anchor::default(),
            header: String::new(),
        }
    }

    /// Whether the part has data of a program. Word adds an empty list of sources to many documents.
    pub(super) fn holds_program_data(&self) -> bool {
        let is_empty = matches!(
            self.root.as_str(),
            "Sources" | "datastoreItem" | "Relationships"
        );
        self.is_custom && (self.has_words || !is_empty)
    }

    pub(super) fn step(&mut self, step: Step<'_>, around: &[Element]) {
        match step {
            Step::Open(element) => self.open(element, around),
            Step::Text(text) => self.read_text(text, around),
            Step::Aside(text) => self.carried.line(Part::Hidden, text),
            Step::Close(element) => self.close(element, around),
        }
    }

    fn open(&mut self, element: &Element, around: &[Element]) {
        let name = element.name.as_str();
        let by = element.get("author");
        match name {
            _ if CHANGES.contains(&name) || (name.ends_with("PrChange") && by.is_some()) => {
                self.carried.note_by(ContentKind::Change, by);
            }
            "comment" if self.root == "comments" => self.carried.note_by(ContentKind::Comment, by),
            "cm" | "threadedComment" => self.carried.note(ContentKind::Comment),
            "person" | "author" | "cmAuthor" | "chgData" => {
                let names = [by, element.get("displayName"), element.get("name")];
                names
                    .into_iter()
                    .flatten()
                    .for_each(|who| self.carried.by(ContentKind::People, who));
            }
            "altChunk" | "OLEObject" | "oleObj" | "control" => {
                self.carried.note(ContentKind::Embedded);
            }
            "Override" | "Default" if self.root == "Types" => {
                self.read_part_type(element.get("ContentType").unwrap_or_default());
            }
            "Relationship" => self.read_relationship(element),
            "pivotCacheDefinition" => {
                self.carried.property(
                    ContentKind::Editor,
                    element.get("refreshedBy").unwrap_or_default(),
                );
            }
            "tab" | "br" | "cr" => self.add_text(" ", around),
            "tbl" => self.tables.push(OpenTable::default()),
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cells.push(String::new());
                }
            }
            _ => self.read_hidden_element(element, around),
        }
        for (key, value) in &element.attributes {
            if is_text_attribute(name, key) {
                self.carried.line(Part::Text, value);
            }
            // Recorded whatever it looks like.
            if name != "absPath" {
                self.carried.note_path(value);
            }
        }
    }

    /// Records that an element hides something.
    fn read_hidden_element(&mut self, element: &Element, around: &[Element]) {
        let parent = around.last().map_or("", |one| one.name.as_str());
        match element.name.as_str() {
            "sheet" if element.get("state").is_some_and(|state| state != "visible") => {
                self.carried.note(ContentKind::HiddenSheet);
            }
            "sld"
                if around.is_empty()
                    && element
                        .get("show")
                        .is_some_and(|show| show == "0" || show == "false") =>
            {
                self.carried.note(ContentKind::HiddenSlide);
            }
            "row" | "col" | "cNvPr" if element.is("hidden") || has_no_size(element) => {
                self.carried.note(ContentKind::HiddenText);
            }
            "sheetFormatPr" if element.is("zeroHeight") => {
                self.carried.note(ContentKind::HiddenText);
            }
            "definedName"
                if element.is("hidden")
                    && !element
                        .get("name")
                        .is_some_and(|name| name.starts_with("_xlnm.")) =>
            {
                self.carried.note(ContentKind::Variable);
            }
            "docVar" => self.carried.note(ContentKind::Variable),
            "absPath" => self.carried.note_text(
                ContentKind::UserPath,
                &element.get("url").unwrap_or_default().replace("%20", " "),
            ),
            "fileSharing" => self.note_named(ContentKind::Editor, element.get("userName")),
            "customWorkbookView" => {
                self.note_named(ContentKind::PersonalView, element.get("name"));
            }
            "srcRect" if is_cropped(element) => self.carried.note(ContentKind::Cropped),
            "rStyle" | "pStyle"
                if self
                    .facts
                    .hidden_styles
                    .contains(element.get("val").unwrap_or_default()) =>
            {
                self.hide_run(ContentKind::HiddenText);
            }
            // A paragraph mark may be hidden without hiding text.
            "vanish"
                if hides(element)
                    && parent == "rPr"
                    && around.iter().any(|one| one.name == "r") =>
            {
                self.hide_run(ContentKind::HiddenText);
            }
            _ => self.read_look(element, around, parent),
        }
    }

    /// Notes the colours and sizes of Word, and where its objects float.
    fn read_look(&mut self, element: &Element, around: &[Element], parent: &str) {
        let value = element.get("val").unwrap_or_default();
        let number = |key: &str| element.get(key).and_then(|size| size.parse::<i64>().ok());
        let in_run = parent == "rPr" && around.iter().any(|one| one.name == "r");
        match element.name.as_str() {
            "color" if in_run => {
                value.clone_into(&mut self.ground.letters);
            }
            // Half points.
            "sz" if in_run && number("val").is_some_and(|size| size <= 4) => {
                self.hide_run(ContentKind::Invisible);
            }
            "highlight" if in_run => self.ground.run = true,
            "shd" => {
                let fill = element.get("fill").unwrap_or("auto").to_lowercase();
                let is_dark = fill != "auto" && fill != "ffffff";
                match parent {
                    "rPr" => self.ground.run |= is_dark,
                    "pPr" => self.ground.paragraph = is_dark,
                    "tcPr" => self.ground.cell = is_dark,
                    _ => {}
                }
            }
            "tblStyle" => {
                if let Some(table) = self.tables.last_mut() {
                    table.has_style = !matches!(value, "TableGrid" | "TableNormal");
                }
            }
            "anchor" if self.root != "worksheet" => {
                self.anchor = Anchor {
                    is_in_front: element.get("behindDoc").is_some_and(|is| is == "0"),
                    ..Anchor::default()
                };
            }
            "extent" if parent == "anchor" => {
                self.anchor.width = number("cx").unwrap_or_default();
                self.anchor.height = number("cy").unwrap_or_default();
            }
            "wrapSquare" | "wrapTight" | "wrapThrough" | "wrapTopAndBottom" => {
                self.anchor.is_in_front = false;
            }
            "solidFill" if parent == "spPr" => self.anchor.is_filled = true,
            "alpha" if around.iter().any(|one| one.name == "spPr") => {
                self.anchor.is_filled &= around.iter().any(|one| one.name == "ln");
            }
            _ => {}
        }
    }

    /// Hides the run if its letters are white on white. Styles of tables and drawings may colour the
    /// ground, so text in those is not judged.
    fn judge_colour(&mut self, around: &[Element]) {
        let ground = &self.ground;
        let is_unknown = self.tables.last().is_some_and(|table| table.has_style)
            || around
                .iter()
                .any(|one| matches!(one.name.as_str(), "txbxContent" | "textbox"));
        let is_white = ground.letters.eq_ignore_ascii_case("ffffff");
        if is_white && !ground.run && !ground.paragraph && !ground.cell && !is_unknown {
            self.hide_run(ContentKind::Invisible);
        }
        self.ground.letters.clear();
        self.ground.run = false;
    }

    /// Records a floating object outside the page, or laid over the text.
    fn judge_anchor(&mut self) {
        let anchor = std::mem::take(&mut self.anchor);
        let Some((width, height)) = self.facts.page else {
            return;
        };
        // Places may count from a margin, which is at most some 8 cm wide.
        let margin = 3_000_000;
        let is_outside = anchor.left >= width
            || anchor.top >= height
            || anchor.left.saturating_add(anchor.width) < -margin
            || anchor.top.saturating_add(anchor.height) < -margin;
        if is_outside {
            self.carried.note(ContentKind::OffPage);
        } else if anchor.is_in_front && anchor.is_filled && !anchor.has_text {
            self.carried.note(ContentKind::Covered);
        }
    }

    fn note_named(&mut self, trace: ContentKind, name: Option<&str>) {
        if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
            self.carried.note_text(trace, name);
        }
    }

    fn hide_run(&mut self, trace: ContentKind) {
        if self.root != "styles" && !self.run_is_hidden {
            self.run_is_hidden = true;
            self.carried.note(trace);
        }
    }

    /// Records macros by the type of a part, whatever its name.
    fn read_part_type(&mut self, part_type: &str) {
        let part_type = part_type.to_lowercase();
        if part_type.contains("macroenabled") || part_type.contains("vbaproject") {
            self.carried.note_once(ContentKind::Macro);
        }
    }

    /// Records targets outside the document. Programs fetch all but hyperlinks.
    fn read_relationship(&mut self, element: &Element) {
        self.read_part_type(element.get("Type").unwrap_or_default());
        let target = element.get("Target").unwrap_or_default();
        if element
            .get("TargetMode")
            .is_some_and(|mode| mode.eq_ignore_ascii_case("external"))
        {
            self.carried.line(Part::Text, target);
            if !element
                .get("Type")
                .unwrap_or_default()
                .ends_with("/hyperlink")
            {
                self.carried.note(ContentKind::Outside);
            }
        }
    }

    fn read_text(&mut self, text: &str, around: &[Element]) {
        let Some(parent) = around.last() else { return };
        if text.trim().is_empty() && parent.name != "t" {
            return;
        }
        match (self.root.as_str(), parent.name.as_str()) {
            ("coreProperties", name) => self.read_core_property(name, text),
            // Names of programs and counts of words identify no person.
            ("Properties", "Company" | "Manager") => {
                self.carried.property(ContentKind::Company, text);
            }
            ("Properties", "Template" | "HyperlinkBase") => {
                self.carried.property(ContentKind::OtherProperty, text);
            }
            ("Properties", _) => {
                if around.iter().any(|one| one.name == "property") {
                    self.carried.property(ContentKind::OtherProperty, text);
                } else if around.iter().any(|one| one.name == "TitlesOfParts") {
                    self.carried.line(Part::Property, text);
                }
            }
            // An index into the table of strings.
            (_, "v")
                if around
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|cell| cell.get("t") == Some("s")) => {}
            (_, "posOffset") => {
                let place = text.trim().parse().unwrap_or_default();
                if around.iter().any(|one| one.name == "positionH") {
                    self.anchor.left = place;
                } else {
                    self.anchor.top = place;
                }
            }
            // Cells are read by themselves.
            ("worksheet", "v" | "t")
            | (_, "pctHeight" | "pctWidth" | "pctPosHOffset" | "pctPosVOffset") => {}
            ("worksheet" | "chartsheet", name) if PRINT_HEADERS.contains(&name) => {
                self.header.push_str(text);
            }
            (_, "instrText") => {
                self.carried.note_path(text);
                self.add_text(text, around);
            }
            ("comments", "author") => self.carried.by(ContentKind::Comment, text),
            _ => {
                self.has_words |=
                    !text.trim().is_empty() && !around.iter().any(|one| one.name == "fld");
                self.add_text(text, around);
            }
        }
    }

    fn read_core_property(&mut self, name: &str, text: &str) {
        let trace = match name {
            "creator" => ContentKind::Author,
            "lastModifiedBy" => ContentKind::LastEditor,
            "title" => ContentKind::Title,
            "subject" | "description" | "category" => ContentKind::Subject,
            "keywords" => ContentKind::Keywords,
            "created" | "modified" | "lastPrinted" => ContentKind::Date,
            "revision" | "language" => return,
            _ => ContentKind::OtherProperty,
        };
        self.carried.property(trace, text);
    }

    fn add_text(&mut self, text: &str, around: &[Element]) {
        let in_one_of =
            |names: &[&str]| around.iter().any(|one| names.contains(&one.name.as_str()));
        let part = match self.root.as_str() {
            "comments" | "cmLst" | "ThreadedComments" => Part::Comment,
            _ if in_one_of(&["del", "moveFrom"]) => Part::Change,
            "headers" | "revisions" => Part::Change,
            "notes" | "pivotCacheRecords" | "pivotCacheDefinition" => Part::Hidden,
            _ if self.run_is_hidden || self.is_custom => Part::Hidden,
            _ => Part::Text,
        };
        self.carried.text(part, text);
        self.anchor.has_text |= !text.trim().is_empty();
        let cell = self
            .tables
            .last_mut()
            .and_then(|table| table.cells.last_mut());
        if let Some(cell) = cell.filter(|_| part == Part::Text) {
            cell.push_str(if text == "\n" { " " } else { text });
        }
    }

    fn close(&mut self, element: &Element, around: &[Element]) {
        match element.name.as_str() {
            "p" | "si" | "row" | "comment" | "text" | "definedName" => {
                self.add_text("\n", around);
                if element.name == "p" {
                    self.ground.paragraph = false;
                }
            }
            "tr" => {
                let table = self.tables.last_mut();
                let labelled =
                    table.and_then(|table| table.headings.label(&std::mem::take(&mut table.cells)));
                self.carried.line(Part::Text, &labelled.unwrap_or_default());
            }
            "tbl" => drop(self.tables.pop()),
            "tc" => {
                self.ground.cell = false;
                self.carried.text(Part::Text, "\t");
            }
            "c" | "v" | "f" => self.add_text("\t", around),
            "rPr" if around.last().is_some_and(|one| one.name == "r") => {
                self.judge_colour(around);
            }
            name if PRINT_HEADERS.contains(&name) => {
                let words = words_of_header(&std::mem::take(&mut self.header));
                self.carried.note_print_header(&words);
            }
            "anchor" if self.root != "worksheet" => self.judge_anchor(),
            "r" if self.run_is_hidden => self.run_is_hidden = false,
            "notes" if around.is_empty() && self.has_words => self.carried.note(ContentKind::Notes),
            _ => {}
        }
    }
}
