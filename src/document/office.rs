//! Word, Excel and PowerPoint: a zip of parts, read by what each part's outermost element says it is.

use std::collections::BTreeSet;

use super::carried::{Carried, Part, Trace};
use super::package::{self, Parts};
use super::part::{read_other, read_picture};
use super::xml::{self, Element, Step};
use super::{DocumentType, Refusal};

/// What a document carries.
pub(super) fn read(kind: DocumentType, bytes: &[u8]) -> Result<Carried, Refusal> {
    let parts = opened(kind, bytes)?;
    let mut carried = Carried::default();
    let mut hidden_styles = BTreeSet::new();
    for (_, bytes) in parts
        .iter()
        .filter(|(name, bytes)| is_markup(name) && xml::root(bytes) == "styles")
    {
        read_hidden_styles(bytes, &mut hidden_styles)?;
    }
    for (name, bytes) in &parts {
        match role(name) {
            Role::Markup => {
                let mut reader =
                    PartReader::new(name, xml::root(bytes), &hidden_styles, &mut carried);
                xml::walk(bytes, &mut |step, round| reader.step(step, round))?;
                if reader.holds_program_data() {
                    carried.note(Trace::ProgramData);
                }
            }
            // VML is written like HTML, and often not well-formed.
            Role::Drawing => carried.line(Part::Text, &words_of(bytes)),
            Role::Picture => read_picture(bytes, &mut carried),
            Role::Other(trace) => read_other(trace, bytes, &mut carried),
        }
    }
    Ok(carried)
}

/// The parts, where they are a document of this type.
fn opened(kind: DocumentType, bytes: &[u8]) -> Result<Parts, Refusal> {
    let parts = package::parts(bytes)?;
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
            let told = element.get("ContentType").unwrap_or_default();
            is_one |= told.contains(meant)
                && (told.ends_with("main+xml") || told.contains("macroEnabled"));
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
enum Role {
    Markup,
    Drawing,
    Picture,
    Other(Trace),
}

fn is_markup(name: &str) -> bool {
    matches!(role(name), Role::Markup)
}

fn role(name: &str) -> Role {
    let lower = name.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    match ending {
        "xml" | "rels" => Role::Markup,
        "vml" => Role::Drawing,
        _ if lower.contains("thumbnail") => Role::Other(Trace::Thumbnail),
        "png" | "jpg" | "jpeg" => Role::Picture,
        "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg" | "webp" | "wdp" => {
            Role::Other(Trace::OtherPicture)
        }
        _ if lower.contains("printersettings") => Role::Other(Trace::Printer),
        _ if lower.contains("vba") || lower.contains("activex") => Role::Other(Trace::Macro),
        _ => Role::Other(Trace::Embedded),
    }
}

/// Styles that do not show what is written in them.
fn read_hidden_styles(bytes: &[u8], hidden: &mut BTreeSet<String>) -> Result<(), Refusal> {
    let mut look = |step: Step<'_>, round: &[Element]| {
        if let Step::Open(element) = step
            && hides(element)
            && let Some(id) = round
                .iter()
                .find(|one| one.name == "style")
                .and_then(|one| one.get("styleId"))
        {
            hidden.insert(id.to_owned());
        }
    };
    xml::walk(bytes, &mut look)
}

/// Whether an element says that text does not show. Without a value it says so.
fn hides(element: &Element) -> bool {
    element.name == "vanish" && (element.get("val").is_none() || element.is("val"))
}

/// The words between the signs of a drawing.
fn words_of(bytes: &[u8]) -> String {
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
struct PartReader<'a> {
    root: String,
    /// Whether the part belongs to a program and not to what the document shows.
    is_custom: bool,
    hidden_styles: &'a BTreeSet<String>,
    carried: &'a mut Carried,
    /// Whether the words of this run do not show.
    run_is_hidden: bool,
    has_words: bool,
}

/// Elements by which Word notes what was changed, beside those whose names end with `Change`.
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

impl<'a> PartReader<'a> {
    fn new(
        name: &str,
        root: String,
        hidden_styles: &'a BTreeSet<String>,
        carried: &'a mut Carried,
    ) -> Self {
        match root.as_str() {
            "externalLink" | "connections" => carried.note(Trace::Outside),
            "macrosheet" | "ocx" => carried.note_once(Trace::Macro),
            "headers" | "revisions" => carried.note(Trace::Change),
            "pivotCacheRecords" => carried.note(Trace::HiddenTable),
            "people" | "personList" | "cmAuthorLst" | "authorLst" => carried.note(Trace::People),
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

    /// Whether the part is data of a program. Word adds an empty list of sources to many documents.
    fn holds_program_data(&self) -> bool {
        let is_empty = matches!(
            self.root.as_str(),
            "Sources" | "datastoreItem" | "Relationships"
        );
        self.is_custom && (self.has_words || !is_empty)
    }

    fn step(&mut self, step: Step<'_>, round: &[Element]) {
        match step {
            Step::Open(element) => self.open(element, round),
            Step::Text(text) => self.text(text, round),
            Step::Aside(text) => self.carried.line(Part::Hidden, text),
            Step::Close(element) => self.close(element, round),
        }
    }

    fn open(&mut self, element: &Element, round: &[Element]) {
        let name = element.name.as_str();
        let parent = round.last().map_or("", |one| one.name.as_str());
        let by = element.get("author");
        match name {
            _ if CHANGES.contains(&name) || (name.ends_with("PrChange") && by.is_some()) => {
                self.carried.note_by(Trace::Change, by);
            }
            "comment" if self.root == "comments" => self.carried.note_by(Trace::Comment, by),
            "cm" | "threadedComment" => self.carried.note(Trace::Comment),
            "person" | "author" | "cmAuthor" => {
                let names = [by, element.get("displayName"), element.get("name")];
                names
                    .into_iter()
                    .flatten()
                    .for_each(|who| self.carried.by(Trace::People, who));
            }
            "sheet" if element.get("state").is_some_and(|state| state != "visible") => {
                self.carried.note(Trace::HiddenSheet);
            }
            "sld"
                if round.is_empty()
                    && element
                        .get("show")
                        .is_some_and(|show| show == "0" || show == "false") =>
            {
                self.carried.note(Trace::HiddenSlide);
            }
            "row" | "col" | "cNvPr" if element.is("hidden") => self.carried.note(Trace::HiddenText),
            "docVar" => self.carried.note(Trace::HiddenText),
            "rStyle" | "pStyle"
                if self
                    .hidden_styles
                    .contains(element.get("val").unwrap_or_default()) =>
            {
                self.hide_run();
            }
            // The mark of a paragraph may vanish without a word of it.
            "vanish"
                if hides(element) && parent == "rPr" && round.iter().any(|one| one.name == "r") =>
            {
                self.hide_run();
            }
            "altChunk" | "OLEObject" | "oleObj" | "control" => self.carried.note(Trace::Embedded),
            "Override" | "Default" if self.root == "Types" => {
                self.macros(element.get("ContentType").unwrap_or_default());
            }
            "Relationship" => self.relationship(element),
            "pivotCacheDefinition" => {
                self.carried.property(
                    Trace::Editor,
                    element.get("refreshedBy").unwrap_or_default(),
                );
            }
            "tab" | "br" | "cr" => self.put(" ", round),
            _ => {}
        }
        for (key, value) in &element.attributes {
            let told = matches!(
                key.as_str(),
                "descr"
                    | "alt"
                    | "tooltip"
                    | "prompt"
                    | "promptTitle"
                    | "error"
                    | "errorTitle"
                    | "userName"
            ) || (key == "title" && name != "Relationship")
                || (key == "name"
                    && matches!(name, "sheet" | "cNvPr" | "docPr" | "docVar" | "definedName"))
                || (key == "val" && matches!(name, "docVar" | "alias" | "tag" | "author"));
            if told {
                self.carried.line(Part::Text, value);
            }
        }
    }

    fn hide_run(&mut self) {
        if self.root != "styles" && !self.run_is_hidden {
            self.run_is_hidden = true;
            self.carried.note(Trace::HiddenText);
        }
    }

    /// Notes macros by the type of a part, which no part name can hide.
    fn macros(&mut self, part_type: &str) {
        let part_type = part_type.to_lowercase();
        if part_type.contains("macroenabled") || part_type.contains("vbaproject") {
            self.carried.note_once(Trace::Macro);
        }
    }

    /// Notes targets outside the document. A reader follows hyperlinks; programs fetch all others.
    fn relationship(&mut self, element: &Element) {
        self.macros(element.get("Type").unwrap_or_default());
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
                self.carried.note(Trace::Outside);
            }
        }
    }

    fn text(&mut self, text: &str, round: &[Element]) {
        let Some(parent) = round.last() else { return };
        if text.trim().is_empty() && parent.name != "t" {
            return;
        }
        match (self.root.as_str(), parent.name.as_str()) {
            ("coreProperties", name) => self.core_property(name, text),
            // What a program wrote, and how many words there are, says nothing about anybody.
            ("Properties", "Company" | "Manager") => self.carried.property(Trace::Company, text),
            ("Properties", "Template" | "HyperlinkBase") => {
                self.carried.property(Trace::OtherProperty, text)
            }
            ("Properties", _) => {
                if round.iter().any(|one| one.name == "property") {
                    self.carried.property(Trace::OtherProperty, text);
                } else if round.iter().any(|one| one.name == "TitlesOfParts") {
                    self.carried.line(Part::Property, text);
                }
            }
            // The number of a string, and no number of anything else.
            (_, "v")
                if round
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|cell| cell.get("t") == Some("s")) => {}
            (_, "posOffset" | "pctHeight" | "pctWidth" | "pctPosHOffset" | "pctPosVOffset") => {}
            ("comments", "author") => self.carried.by(Trace::Comment, text),
            _ => {
                self.has_words |=
                    !text.trim().is_empty() && !round.iter().any(|one| one.name == "fld");
                self.put(text, round);
            }
        }
    }

    fn core_property(&mut self, name: &str, text: &str) {
        let trace = match name {
            "creator" => Trace::Author,
            "lastModifiedBy" => Trace::LastEditor,
            "title" => Trace::Title,
            "subject" | "description" | "category" => Trace::Subject,
            "keywords" => Trace::Keywords,
            "created" | "modified" | "lastPrinted" => Trace::Date,
            "revision" | "language" => return,
            _ => Trace::OtherProperty,
        };
        self.carried.property(trace, text);
    }

    fn put(&mut self, text: &str, round: &[Element]) {
        let in_one_of = |names: &[&str]| round.iter().any(|one| names.contains(&one.name.as_str()));
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

    fn close(&mut self, element: &Element, round: &[Element]) {
        match element.name.as_str() {
            "p" | "si" | "row" | "comment" | "text" | "definedName" | "oddHeader" | "oddFooter" => {
                self.put("\n", round);
            }
            "c" | "tc" | "v" | "f" => self.put("\t", round),
            "r" if self.run_is_hidden => self.run_is_hidden = false,
            "notes" if round.is_empty() && self.has_words => self.carried.note(Trace::Notes),
            _ => {}
        }
    }
}
