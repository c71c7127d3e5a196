//! Texts, workbooks and slides of LibreOffice: a zip of parts.

use std::collections::BTreeSet;

use super::carried::{Carried, Part, Trace};
use super::office::picture_in;
use super::package::{self, Parts};
use super::xml::{self, Element, Step};
use super::{DocumentType, Refusal, picture};

/// What a document carries.
pub(super) fn read(kind: DocumentType, bytes: &[u8]) -> Result<Carried, Refusal> {
    let parts = opened(kind, bytes)?;
    let mut carried = Carried::default();
    for (name, bytes) in &parts {
        match role(name, bytes) {
            Role::Markup => {
                let mut reader = PartReader { carried: &mut carried, notes: false };
                xml::walk(bytes, &mut |step, round| reader.step(step, round))?;
            }
            Role::Picture => picture_in(bytes, &mut carried),
            Role::Trace(trace) => carried.note(trace),
            Role::Type => {}
        }
    }
    Ok(carried)
}

/// The document without what it says about itself.
pub(super) fn copy(kind: DocumentType, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let parts = opened(kind, bytes)?;
    let about = |name: &str| {
        name == "meta.xml"
            || name == "manifest.rdf"
            || name == "layout-cache"
            || name.starts_with("Thumbnails/")
            || name.starts_with("Configurations2/")
    };
    let gone: BTreeSet<&str> =
        parts.iter().map(|(name, _)| name.as_str()).filter(|name| about(name)).collect();
    let mut copy = Parts::new();
    for (name, bytes) in parts.iter().filter(|(name, _)| !about(name)) {
        let bytes = match role(name, bytes) {
            Role::Picture => picture::bare(bytes).ok_or(Refusal::Broken)?,
            Role::Markup if name == "META-INF/manifest.xml" => {
                let names_gone = |element: &Element| {
                    let path = element.get("full-path").unwrap_or_default();
                    element.name == "file-entry"
                        && (gone.contains(path) || (path.ends_with('/') && path != "/" && about(path)))
                };
                xml::without(bytes, &names_gone, &|_, _| false)?
            }
            Role::Markup if xml::root(bytes) == "document-settings" => {
                xml::without(bytes, &is_of_a_machine, &|_, _| false)?
            }
            _ => bytes.clone(),
        };
        copy.push((name.clone(), bytes));
    }
    package::packed(&copy)
}

/// Settings that say on which machine the document was.
fn is_of_a_machine(element: &Element) -> bool {
    let name = element.get("name").unwrap_or_default();
    element.name == "config-item" && (name.starts_with("Printer") || name.starts_with("CurrentDatabase"))
}

/// The parts, where they are a document of this type.
fn opened(kind: DocumentType, bytes: &[u8]) -> Result<Parts, Refusal> {
    let parts = package::parts(bytes)?;
    let meant = match kind {
        DocumentType::Odt => "application/vnd.oasis.opendocument.text",
        DocumentType::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/vnd.oasis.opendocument.presentation",
    };
    let told = parts.first().filter(|(name, _)| name == "mimetype").map(|(_, bytes)| bytes.as_slice());
    if told != Some(meant.as_bytes()) {
        return Err(Refusal::AnotherType);
    }
    let mut locked = false;
    for (_, bytes) in parts.iter().filter(|(name, _)| name == "META-INF/manifest.xml") {
        let mut look = |step: Step<'_>, _: &[Element]| {
            locked |= matches!(step, Step::Open(element) if element.name == "encryption-data");
        };
        xml::walk(bytes, &mut look)?;
    }
    if locked { Err(Refusal::Locked) } else { Ok(parts) }
}

enum Role {
    Type,
    Markup,
    Picture,
    Trace(Trace),
}

fn role(name: &str, bytes: &[u8]) -> Role {
    let lower = name.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    match ending {
        _ if name == "mimetype" => Role::Type,
        _ if lower.starts_with("basic/")
            || lower.starts_with("scripts/")
            || lower.starts_with("dialogs/") =>
        {
            Role::Trace(Trace::Macro)
        }
        _ if lower.starts_with("versions/") || lower == "versionlist.xml" => Role::Trace(Trace::HiddenText),
        _ if lower.starts_with("thumbnails/") => Role::Trace(Trace::Thumbnail),
        // How the program that wrote it laid out its pages and its own windows.
        _ if lower == "layout-cache" || lower.starts_with("configurations2/") => Role::Type,
        "xml" | "rdf" => Role::Markup,
        "png" | "jpg" | "jpeg" => Role::Picture,
        "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg" | "svm" | "webp" => {
            Role::Trace(Trace::OtherPicture)
        }
        _ if picture::read(bytes).is_some() => Role::Picture,
        _ => Role::Trace(Trace::Embedded),
    }
}

struct PartReader<'a> {
    carried: &'a mut Carried,
    /// Whether the notes of this slide have a word.
    notes: bool,
}

impl PartReader<'_> {
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
        match name {
            "changed-region" | "cell-content-change" | "movement" => self.carried.note(Trace::Change),
            "insertion" | "deletion" if round.last().is_some_and(|one| one.name == "tracked-changes") => {
                self.carried.note(Trace::Change);
            }
            "annotation" => self.carried.note(Trace::Comment),
            "hidden-text" | "hidden-paragraph" => self.carried.note(Trace::HiddenText),
            "script" | "event-listener" => self.carried.note(Trace::Script),
            "object-ole" | "plugin" | "applet" | "dde-connection" => self.carried.note(Trace::Embedded),
            "template" => {
                self.carried.property(Trace::OtherProperty, element.get("href").unwrap_or_default());
            }
            "config-item" if is_of_a_machine(element) => self.carried.note_once(Trace::Printer),
            _ => {}
        }
        self.display(element);
        let href = element.get("href").unwrap_or_default();
        if !href.is_empty() && href.contains(':') {
            self.carried.line(Part::Text, href);
            if name != "a" && name != "template" {
                self.carried.note(Trace::Outside);
            }
        }
        if matches!(name, "tab" | "line-break" | "s") {
            self.put(" ", round);
        }
        if matches!(name, "table" | "page" | "frame" | "section") {
            self.carried.line(Part::Text, element.get("name").unwrap_or_default());
        }
        // Cells keep their value beside what they show.
        for value in ["string-value", "value", "formula"].into_iter().filter_map(|key| element.get(key)) {
            self.carried.line(Part::Text, value);
        }
    }

    /// Notes what a style says does not show.
    fn display(&mut self, element: &Element) {
        let says = |key: &str, value: &str| element.get(key) == Some(value);
        match element.name.as_str() {
            "table-properties" if says("display", "false") => self.carried.note(Trace::HiddenSheet),
            "drawing-page-properties" if says("visibility", "hidden") => {
                self.carried.note(Trace::HiddenSlide);
            }
            "text-properties" | "section" if says("display", "none") => self.carried.note(Trace::HiddenText),
            "table-row" | "table-column"
                if says("visibility", "collapse") || says("visibility", "filter") =>
            {
                self.carried.note(Trace::HiddenText);
            }
            "layer" if says("display", "none") => self.carried.note(Trace::HiddenLayer),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, round: &[Element]) {
        let Some(parent) = round.last() else { return };
        if text.trim().is_empty() && parent.name != "span" && parent.name != "p" {
            return;
        }
        let within = |name: &str| round.iter().any(|one| one.name == name);
        if within("meta") {
            let trace = match parent.name.as_str() {
                "initial-creator" => Trace::Author,
                "creator" | "printed-by" => Trace::LastEditor,
                "title" => Trace::Title,
                "subject" | "description" => Trace::Subject,
                "keyword" => Trace::Keywords,
                "creation-date" | "date" | "print-date" => Trace::Date,
                "generator" | "editing-cycles" | "editing-duration" | "language" => return,
                _ => Trace::OtherProperty,
            };
            self.carried.property(trace, text);
        } else if matches!(parent.name.as_str(), "creator" | "creator-initials") {
            let trace = if within("annotation") { Trace::Comment } else { Trace::Change };
            self.carried.by(trace, text);
        } else if parent.name == "config-item" || (parent.name == "date" && within("change-info")) {
            // What a window looked like, and when a change was made.
        } else {
            self.notes |= within("notes") && !text.trim().is_empty() && !within("page-number");
            self.put(text, round);
        }
    }

    fn put(&mut self, text: &str, round: &[Element]) {
        let within = |name: &str| round.iter().any(|one| one.name == name);
        let part = match () {
            () if within("annotation") => Part::Comment,
            () if within("deletion") || within("tracked-changes") => Part::Change,
            () if within("notes") || within("hidden-text") || within("hidden-paragraph") => Part::Hidden,
            () => Part::Text,
        };
        self.carried.text(part, text);
    }

    fn close(&mut self, element: &Element, round: &[Element]) {
        match element.name.as_str() {
            "p" | "h" | "list-item" | "table-row" => self.put("\n", round),
            "table-cell" => self.put("\t", round),
            "notes" if std::mem::take(&mut self.notes) => self.carried.note(Trace::Notes),
            _ => {}
        }
    }
}
