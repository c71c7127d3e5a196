//! OpenDocument texts, spreadsheets and presentations: a zip of parts.

use super::carried::{ContentKind, Contents, Part};
use super::document_type::DocumentType;
use super::odf_look::{SlideSize, has_dark_ground, hidden_by_look, length_of};
use super::package::{self, Parts};
use super::part::{read_other, read_picture};
use super::picture;
use super::refusal::Refusal;
use super::table::Headings;
use super::xml::{self, Element, Step};

/// Inspects a document.
pub(super) fn read(kind: DocumentType, bytes: &[u8]) -> Result<Contents, Refusal> {
    let parts = open(kind, bytes)?;
    let mut carried = Contents::default();
    let is_markup = |name: &str, bytes: &[u8]| matches!(part_role(name, bytes), OdfRole::Markup);
    let mut page = SlideSize::default();
    let mut is_dark = false;
    for (_, bytes) in parts.iter().filter(|(name, bytes)| is_markup(name, bytes)) {
        is_dark |= has_dark_ground(bytes, &mut page)?;
    }
    for (name, bytes) in &parts {
        match part_role(name, bytes) {
            OdfRole::Markup => {
                let mut reader = OdfPart {
                    carried: &mut carried,
                    has_notes: false,
                    is_dark,
                    page: Some(page).filter(|_| kind == DocumentType::Odp),
                    prints_headers: kind == DocumentType::Ods,
                    header: String::new(),
                    tables: Vec::new(),
                };
                xml::walk(bytes, &mut |step, around| reader.step(step, around))?;
            }
            OdfRole::Picture => read_picture(bytes, &mut carried),
            OdfRole::Other(trace) => read_other(trace, bytes, &mut carried),
            OdfRole::Ignored => {}
        }
    }
    Ok(carried)
}

/// Records a setting that says on which machine the document was edited. All others describe windows
/// and layout.
fn read_setting(setting: &Element, value: &str, carried: &mut Contents) {
    match setting.get("name").unwrap_or_default() {
        "PrinterName" => carried.property(ContentKind::Printer, value),
        // Encoded bytes of a driver, without text.
        "PrinterSetup" => carried.note_once(ContentKind::Printer),
        name if name.starts_with("CurrentDatabase") && value.chars().any(char::is_alphabetic) => {
            carried.property(ContentKind::ProgramData, value);
        }
        _ => carried.note_path(value),
    }
}

/// Unpacks a document and checks that it is of this type and not encrypted.
fn open(kind: DocumentType, bytes: &[u8]) -> Result<Parts, Refusal> {
    let parts = package::unpack(bytes)?;
    let meant = match kind {
        DocumentType::Odt => "application/vnd.oasis.opendocument.text",
        DocumentType::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/vnd.oasis.opendocument.presentation",
    };
    let declared = parts
        .first()
        .filter(|(name, _)| name == "mimetype")
        .map(|(_, bytes)| bytes.as_slice());
    if declared != Some(meant.as_bytes()) {
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

enum OdfRole {
    /// Has no text.
    Ignored,
    Markup,
    Picture,
    Other(ContentKind),
}

/// How a part is read, by its name and contents.
fn part_role(name: &str, bytes: &[u8]) -> OdfRole {
    let lower = name.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    match ending {
        // The type, and the page breaks of the last layout.
        _ if name == "mimetype" || name == "layout-cache" => OdfRole::Ignored,
        _ if lower.starts_with("basic/")
            || lower.starts_with("scripts/")
            || lower.starts_with("dialogs/") =>
        {
            OdfRole::Other(ContentKind::Macro)
        }
        _ if lower.starts_with("versions/") || lower == "versionlist.xml" => {
            OdfRole::Other(ContentKind::EarlierVersion)
        }
        _ if lower.starts_with("thumbnails/") => OdfRole::Other(ContentKind::Thumbnail),
        "xml" | "rdf" => OdfRole::Markup,
        "png" | "jpg" | "jpeg" => OdfRole::Picture,
        "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg" | "svm" | "webp" => {
            OdfRole::Other(ContentKind::OtherPicture)
        }
        _ if picture::read(bytes).is_some() => OdfRole::Picture,
        _ => OdfRole::Other(ContentKind::Embedded),
    }
}

struct OdfPart<'a> {
    carried: &'a mut Contents,
    /// Whether the notes of this slide have text.
    has_notes: bool,
    /// Whether something in the document colours its ground, so that pale text may show.
    is_dark: bool,
    /// The slide, if places are counted from its corner.
    page: Option<SlideSize>,
    /// Whether headers and footers show in prints alone.
    prints_headers: bool,
    /// The words of the header or footer that is read, without its fields.
    header: String,
    /// The tables that are open, the outermost first, with the cells of the row that is read.
    tables: Vec<(Headings, Vec<String>)>,
}

/// The most cells of a row that have headings; empty ones are repeated to the last column.
const MOST_LABELLED: usize = 512;

impl OdfPart<'_> {
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
        match name {
            "changed-region" | "cell-content-change" | "movement" => {
                self.carried.note(ContentKind::Change);
            }
            "insertion" | "deletion"
                if around
                    .last()
                    .is_some_and(|one| one.name == "tracked-changes") =>
            {
                self.carried.note(ContentKind::Change);
            }
            "annotation" => self.carried.note(ContentKind::Comment),
            "hidden-text" | "hidden-paragraph" => self.carried.note(ContentKind::HiddenText),
            "user-field-decl" | "variable-decl" => self.carried.note(ContentKind::Variable),
            "table" => self.tables.push(Default::default()),
            "table-cell" | "covered-table-cell" => {
                let repeated = element.get("number-columns-repeated");
                let repeated = repeated.and_then(|number| number.parse().ok()).unwrap_or(1);
                if let Some((_, cells)) = self.tables.last_mut() {
                    let count = (cells.len() + repeated).min(MOST_LABELLED);
                    cells.resize(count, String::new());
                }
            }
            "script" | "event-listener" => self.carried.note(ContentKind::Script),
            "object-ole" | "plugin" | "applet" | "dde-connection" => {
                self.carried.note(ContentKind::Embedded);
            }
            _ => {}
        }
        self.read_display(element);
        self.read_link(element);
        self.read_place(element, around);
        for (_, value) in &element.attributes {
            self.carried.note_path(value);
        }
        if matches!(name, "tab" | "line-break" | "s") {
            self.add_text(" ", around);
        }
        if matches!(name, "table" | "page" | "frame" | "section") {
            self.carried
                .line(Part::Text, element.get("name").unwrap_or_default());
        }
        // Cells store their value besides the text that they show.
        for value in ["string-value", "value", "formula"]
            .into_iter()
            .filter_map(|key| element.get(key))
        {
            self.carried.line(Part::Text, value);
        }
    }

    /// Records a link; programs fetch all but hyperlinks and templates.
    fn read_link(&mut self, element: &Element) {
        let Some(href) = element.get("href") else {
            return;
        };
        let name = element.name.as_str();
        if name == "template" {
            self.carried.property(ContentKind::OtherProperty, href);
        }
        if href.contains(':') {
            self.carried.line(Part::Text, href);
            if name != "a" && name != "template" {
                self.carried.note(ContentKind::Outside);
            }
        }
    }

    /// Records an object outside its slide.
    fn read_place(&mut self, element: &Element, around: &[Element]) {
        let is_on_slide = around.last().is_some_and(|one| one.name == "page");
        let Some(page) = self.page.filter(|_| is_on_slide) else {
            return;
        };
        let length = |key: &str| element.get(key).and_then(length_of);
        if let Some((left, top)) = length("x").zip(length("y")) {
            let right = left + length("width").unwrap_or_default();
            let bottom = top + length("height").unwrap_or_default();
            if page.is_outside(left, top, right, bottom) {
                self.carried.note(ContentKind::OffPage);
            }
        }
    }

    /// Records that a style hides something.
    fn read_display(&mut self, element: &Element) {
        let says = |key: &str, value: &str| element.get(key) == Some(value);
        match element.name.as_str() {
            "table-properties" if says("display", "false") => {
                self.carried.note(ContentKind::HiddenSheet);
            }
            "drawing-page-properties" if says("visibility", "hidden") => {
                self.carried.note(ContentKind::HiddenSlide);
            }
            "text-properties" | "section" if says("display", "none") => {
                self.carried.note(ContentKind::HiddenText);
            }
            "table-row" | "table-column"
                if says("visibility", "collapse") || says("visibility", "filter") =>
            {
                self.carried.note(ContentKind::HiddenText);
            }
            "layer" if says("display", "none") => self.carried.note(ContentKind::HiddenLayer),
            _ => {
                if let Some(kind) = hidden_by_look(element, self.is_dark) {
                    self.carried.note(kind);
                }
            }
        }
    }

    fn read_text(&mut self, text: &str, around: &[Element]) {
        let Some(parent) = around.last() else { return };
        if text.trim().is_empty() && parent.name != "span" && parent.name != "p" {
            return;
        }
        let within = |name: &str| around.iter().any(|one| one.name == name);
        if within("meta") {
            let trace = match parent.name.as_str() {
                "initial-creator" => ContentKind::Author,
                "creator" | "printed-by" => ContentKind::LastEditor,
                "title" => ContentKind::Title,
                "subject" | "description" => ContentKind::Subject,
                "keyword" => ContentKind::Keywords,
                "creation-date" | "date" | "print-date" => ContentKind::Date,
                "generator" | "editing-cycles" | "editing-duration" | "language" => return,
                _ => ContentKind::OtherProperty,
            };
            self.carried.property(trace, text);
        } else if matches!(parent.name.as_str(), "creator" | "creator-initials") {
            let trace = if within("annotation") {
                ContentKind::Comment
            } else {
                ContentKind::Change
            };
            self.carried.by(trace, text);
        } else if parent.name == "config-item" {
            read_setting(parent, text, self.carried);
        } else if parent.name == "date" && within("change-info") {
            // The date of a change is visible to every reader.
        } else {
            self.has_notes |= within("notes") && !text.trim().is_empty() && !within("page-number");
            self.add_text(text, around);
        }
    }

    fn add_text(&mut self, text: &str, around: &[Element]) {
        let within = |name: &str| around.iter().any(|one| one.name == name);
        if self.prints_headers && within("master-page") {
            let is_field = around
                .last()
                .is_some_and(|one| !matches!(one.name.as_str(), "p" | "span" | "a" | "s"));
            self.header.push_str(if is_field { " " } else { text });
            return;
        }
        let part = match () {
            () if within("annotation") => Part::Comment,
            () if within("deletion") || within("tracked-changes") => Part::Change,
            () if within("notes") || within("hidden-text") || within("hidden-paragraph") => {
                Part::Hidden
            }
            () => Part::Text,
        };
        self.carried.text(part, text);
        let cell = self
            .tables
            .last_mut()
            .and_then(|(_, cells)| cells.last_mut());
        if let Some(cell) = cell.filter(|_| part == Part::Text && text != "\n") {
            cell.push_str(text);
        }
    }

    fn close(&mut self, element: &Element, around: &[Element]) {
        match element.name.as_str() {
            "table-row" => {
                self.add_text("\n", around);
                let table = self.tables.last_mut();
                let labelled =
                    table.and_then(|(headings, cells)| headings.label(&std::mem::take(cells)));
                self.carried.line(Part::Text, &labelled.unwrap_or_default());
            }
            "table" => drop(self.tables.pop()),
            "master-page" if !self.header.is_empty() => {
                let words = std::mem::take(&mut self.header);
                self.carried.note_print_header(&words);
            }
            "p" | "h" | "list-item" => self.add_text("\n", around),
            "table-cell" => self.add_text("\t", around),
            "notes" if std::mem::take(&mut self.has_notes) => self.carried.note(ContentKind::Notes),
            _ => {}
        }
    }
}
