//! Word, Excel and PowerPoint: a zip of parts. The outermost element of a part decides how it is read.

use std::collections::BTreeSet;

use super::carried::{ContentKind, Contents, Part};
use super::document_type::DocumentType;
use super::package::{self, Parts};
use super::part::{read_other, read_picture};
use super::refusal::Refusal;
use super::xml::{self, Element, Step};

/// Inspects a document.
pub(super) fn read(kind: DocumentType, bytes: &[u8]) -> Result<Contents, Refusal> {
    let parts = open(kind, bytes)?;
    let mut carried = Contents::default();
    let mut hidden_styles = BTreeSet::new();
    for (_, bytes) in parts
        .iter()
        .filter(|(name, bytes)| is_markup(name) && xml::root_name(bytes) == "styles")
    {
        read_hidden_styles(bytes, &mut hidden_styles)?;
    }
    for (name, bytes) in &parts {
        match part_role(name) {
            OfficeRole::Markup => {
                let mut reader =
                    OfficePart::new(name, xml::root_name(bytes), &hidden_styles, &mut carried);
                xml::walk(bytes, &mut |step, around| reader.step(step, around))?;
                if reader.holds_program_data() {
                    carried.note(ContentKind::ProgramData);
                }
            }
            // VML is often not well-formed XML.
            OfficeRole::Drawing => carried.line(Part::Text, &text_of_drawing(bytes)),
            OfficeRole::Picture => read_picture(bytes, &mut carried),
            OfficeRole::Other(trace) => read_other(trace, bytes, &mut carried),
        }
    }
    Ok(carried)
}

/// Unpacks a document and checks that it is of this type.
fn open(kind: DocumentType, bytes: &[u8]) -> Result<Parts, Refusal> {
    let parts = package::unpack(bytes)?;
    let types = parts
        .iter()
        .find(|(name, _)| name == "[Content_Types].xml")
        .ok_or(Refusal::AnotherType)?;
    let meant = match kind {
        DocumentType::Docx => "wordprocessingml.document.",
        DocumentType::Xlsx => "spreadsheetml.sheet.",
        _ => "presentationml.",
    };
    let mut is_one = false;
    let mut look = |step: Step<'_>, _: &[Element]| {
        if let Step::Open(element) = step {
            let declared = element.get("ContentType").unwrap_or_default();
            is_one |= declared.contains(meant)
                && (declared.ends_with("main+xml") || declared.contains("macroEnabled"));
        }
    };
    xml::walk(&types.1, &mut look)?;
    if is_one {
        Ok(parts)
    } else {
        Err(Refusal::AnotherType)
    }
}

/// How a part is read.
enum OfficeRole {
    Markup,
    Drawing,
    Picture,
    Other(ContentKind),
}

fn is_markup(name: &str) -> bool {
    matches!(part_role(name), OfficeRole::Markup)
}

fn part_role(name: &str) -> OfficeRole {
    let lower = name.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    match ending {
        "xml" | "rels" => OfficeRole::Markup,
        "vml" => OfficeRole::Drawing,
        _ if lower.contains("thumbnail") => OfficeRole::Other(ContentKind::Thumbnail),
        "png" | "jpg" | "jpeg" => OfficeRole::Picture,
        "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg" | "webp" | "wdp" => {
            OfficeRole::Other(ContentKind::OtherPicture)
        }
        _ if lower.contains("printersettings") => OfficeRole::Other(ContentKind::Printer),
        _ if lower.contains("vba") || lower.contains("activex") => {
            OfficeRole::Other(ContentKind::Macro)
        }
        _ => OfficeRole::Other(ContentKind::Embedded),
    }
}

/// Collects the ids of styles that hide text.
fn read_hidden_styles(bytes: &[u8], hidden: &mut BTreeSet<String>) -> Result<(), Refusal> {
    let mut look = |step: Step<'_>, around: &[Element]| {
        if let Step::Open(element) = step
            && hides(element)
            && let Some(id) = around
                .iter()
                .find(|one| one.name == "style")
                .and_then(|one| one.get("styleId"))
        {
            hidden.insert(id.to_owned());
        }
    };
    xml::walk(bytes, &mut look)
}

/// Whether an element hides text. Without a value it does.
fn hides(element: &Element) -> bool {
    element.name == "vanish" && (element.get("val").is_none() || element.is("val"))
}

/// The text between the tags of a drawing.
fn text_of_drawing(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let words = text
        .split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, words)| words.trim());
    words
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Reads one part.
struct OfficePart<'a> {
    root: String,
    /// Whether the part is data of a program that the document does not show.
    is_custom: bool,
    hidden_styles: &'a BTreeSet<String>,
    carried: &'a mut Contents,
    /// Whether the text of this run is hidden.
    run_is_hidden: bool,
    has_words: bool,
}

/// Whether an attribute has text that is searched.
fn is_text_attribute(element: &str, key: &str) -> bool {
    match key {
        "descr" | "alt" | "tooltip" | "prompt" | "promptTitle" | "error" | "errorTitle"
        | "userName" => true,
        "title" => element != "Relationship",
        "name" => matches!(
            element,
            "sheet" | "cNvPr" | "docPr" | "docVar" | "definedName"
        ),
        "val" => matches!(element, "docVar" | "alias" | "tag" | "author"),
        _ => false,
    }
}

/// Elements for tracked changes, besides those whose names end with `PrChange`.
const CHANGES: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "cellIns",
    "cellDel",
    "cellMerge",
    "numberingChange",
];

impl<'a> OfficePart<'a> {
    fn new(
        name: &str,
        root: String,
        hidden_styles: &'a BTreeSet<String>,
        carried: &'a mut Contents,
    ) -> Self {
        match root.as_str() {
            "externalLink" | "connections" => carried.note(ContentKind::Outside),
            "macrosheet" | "ocx" => carried.note_once(ContentKind::Macro),
            "headers" | "revisions" => carried.note(ContentKind::Change),
            "pivotCacheRecords" => carried.note(ContentKind::HiddenTable),
            "people" | "personList" | "cmAuthorLst" | "authorLst" => {
                carried.note(ContentKind::People);
            }
            _ => {}
        }
        let is_custom = name.to_lowercase().starts_with("customxml/");
        Self {
            root,
            is_custom,
            hidden_styles,
            carried,
            run_is_hidden: false,
            has_words: false,
        }
    }

    /// Whether the part has data of a program. Word adds an empty list of sources to many documents.
    fn holds_program_data(&self) -> bool {
        let is_empty = matches!(
            self.root.as_str(),
            "Sources" | "datastoreItem" | "Relationships"
        );
        self.is_custom && (self.has_words || !is_empty)
    }

    fn step(&mut self, step: Step<'_>, around: &[Element]) {
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
            "person" | "author" | "cmAuthor" => {
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
            _ => self.read_hidden_element(element, around),
        }
        for (key, value) in &element.attributes {
            if is_text_attribute(name, key) {
                self.carried.line(Part::Text, value);
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
            "row" | "col" | "cNvPr" if element.is("hidden") => {
                self.carried.note(ContentKind::HiddenText);
            }
            "docVar" => self.carried.note(ContentKind::HiddenText),
            "rStyle" | "pStyle"
                if self
                    .hidden_styles
                    .contains(element.get("val").unwrap_or_default()) =>
            {
                self.hide_run();
            }
            // A paragraph mark may be hidden without hiding text.
            "vanish"
                if hides(element)
                    && parent == "rPr"
                    && around.iter().any(|one| one.name == "r") =>
            {
                self.hide_run();
            }
            _ => {}
        }
    }

    fn hide_run(&mut self) {
        if self.root != "styles" && !self.run_is_hidden {
            self.run_is_hidden = true;
            self.carried.note(ContentKind::HiddenText);
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
            (_, "posOffset" | "pctHeight" | "pctWidth" | "pctPosHOffset" | "pctPosVOffset") => {}
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
    }

    fn close(&mut self, element: &Element, around: &[Element]) {
        match element.name.as_str() {
            "p" | "si" | "row" | "comment" | "text" | "definedName" | "oddHeader" | "oddFooter" => {
                self.add_text("\n", around);
            }
            "c" | "tc" | "v" | "f" => self.add_text("\t", around),
            "r" if self.run_is_hidden => self.run_is_hidden = false,
            "notes" if around.is_empty() && self.has_words => self.carried.note(ContentKind::Notes),
            _ => {}
        }
    }
}
