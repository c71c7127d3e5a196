//! Texts, workbooks and slides of LibreOffice: a zip of parts.

use super::carried::{Carried, Part, Trace};
use super::package::{self, Parts};
use super::part::{read_other, read_picture};
use super::xml::{self, Element, Step};
use super::{DocumentType, Refusal, picture};

/// What a document carries.
pub(super) fn read(kind: DocumentType, bytes: &[u8]) -> Result<Carried, Refusal> {
    let parts = opened(kind, bytes)?;
    let mut carried = Carried::default();
    for (name, bytes) in &parts {
        match role(name, bytes) {
            Role::Markup => {
                let mut reader = PartReader {
                    carried: &mut carried,
                    notes: false,
                };
                xml::walk(bytes, &mut |step, round| reader.step(step, round))?;
            }
            Role::Picture => read_picture(bytes, &mut carried),
            Role::Other(trace) => read_other(trace, bytes, &mut carried),
            Role::Silent => {}
        }
    }
    Ok(carried)
}

/// Notes a setting that says on which machine the document was. Its other settings describe windows and layout.
fn read_setting(setting: &Element, value: &str, carried: &mut Carried) {
    match setting.get("name").unwrap_or_default() {
        "PrinterName" => carried.property(Trace::Printer, value),
        // Bytes of a driver, encoded: they hold no words.
        "PrinterSetup" => carried.note_once(Trace::Printer),
        name if name.starts_with("CurrentDatabase") && value.chars().any(char::is_alphabetic) => {
            carried.property(Trace::ProgramData, value);
        }
        _ => {}
    }
}

/// The parts, where they are a document of this type.
fn opened(kind: DocumentType, bytes: &[u8]) -> Result<Parts, Refusal> {
    let parts = package::parts(bytes)?;
    let meant = match kind {
        DocumentType::Odt => "application/vnd.oasis.opendocument.text",
        DocumentType::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/vnd.oasis.opendocument.presentation",
    };
    let told = parts
        .first()
        .filter(|(name, _)| name == "mimetype")
        .map(|(_, bytes)| bytes.as_slice());
    if told != Some(meant.as_bytes()) {
        return Err(Refusal::AnotherType);
    }
    let mut locked = false;
    for (_, bytes) in parts
        .iter()
        .filter(|(name, _)| name == "META-INF/manifest.xml")
    {
        let mut look = |step: Step<'_>, _: &[Element]| {
            locked |= matches!(step, Step::Open(element) if element.name == "encryption-data");
        };
        xml::walk(bytes, &mut look)?;
    }
    if locked {
        Err(Refusal::Locked)
    } else {
        Ok(parts)
    }
}

enum Role {
    /// Holds no words.
    Silent,
    Markup,
    Picture,
    Other(Trace),
}

fn role(name: &str, bytes: &[u8]) -> Role {
    let lower = name.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    match ending {
        // The type, and where pages broke when the document was saved.
        _ if name == "mimetype" || name == "layout-cache" => Role::Silent,
        _ if lower.starts_with("basic/")
            || lower.starts_with("scripts/")
            || lower.starts_with("dialogs/") =>
        {
            Role::Other(Trace::Macro)
        }
        _ if lower.starts_with("versions/") || lower == "versionlist.xml" => {
            Role::Other(Trace::EarlierVersion)
        }
        _ if lower.starts_with("thumbnails/") => Role::Other(Trace::Thumbnail),
        "xml" | "rdf" => Role::Markup,
        "png" | "jpg" | "jpeg" => Role::Picture,
        "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg" | "svm" | "webp" => {
            Role::Other(Trace::OtherPicture)
        }
        _ if picture::read(bytes).is_some() => Role::Picture,
        _ => Role::Other(Trace::Embedded),
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
            "changed-region" | "cell-content-change" | "movement" => {
                self.carried.note(Trace::Change)
            }
            "insertion" | "deletion"
                if round
                    .last()
                    .is_some_and(|one| one.name == "tracked-changes") =>
            {
                self.carried.note(Trace::Change);
            }
            "annotation" => self.carried.note(Trace::Comment),
            "hidden-text" | "hidden-paragraph" => self.carried.note(Trace::HiddenText),
            "script" | "event-listener" => self.carried.note(Trace::Script),
            "object-ole" | "plugin" | "applet" | "dde-connection" => {
                self.carried.note(Trace::Embedded)
            }
            "template" => {
                self.carried.property(
                    Trace::OtherProperty,
                    element.get("href").unwrap_or_default(),
                );
            }
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
            self.carried
                .line(Part::Text, element.get("name").unwrap_or_default());
        }
        // Cells keep their value beside what they show.
        for value in ["string-value", "value", "formula"]
            .into_iter()
            .filter_map(|key| element.get(key))
        {
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
            "text-properties" | "section" if says("display", "none") => {
                self.carried.note(Trace::HiddenText)
            }
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
            let trace = if within("annotation") {
                Trace::Comment
            } else {
                Trace::Change
            };
            self.carried.by(trace, text);
        } else if parent.name == "config-item" {
            read_setting(parent, text, self.carried);
        } else if parent.name == "date" && within("change-info") {
            // When a change was made.
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
            () if within("notes") || within("hidden-text") || within("hidden-paragraph") => {
                Part::Hidden
            }
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
