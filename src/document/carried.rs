//! The results of an inspection.

use std::collections::{BTreeMap, BTreeSet};

use super::local_path::is_local_path;

/// A kind of content besides what a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentKind {
    /// The author or photographer.
    Author,
    /// The person who saved or printed it last.
    LastEditor,
    /// The owner of the camera.
    Owner,
    /// The serial number of a camera or a lens.
    Serial,
    /// A copyright notice.
    Copyright,
    /// The place where it was taken.
    Place,
    /// A person named as shown.
    PersonShown,
    /// Its title.
    Title,
    /// Its subject, description or caption.
    Subject,
    /// A company, a department, a manager.
    Company,
    /// Keywords.
    Keywords,
    /// The date when it was made, changed, printed or taken.
    Date,
    /// Another property.
    OtherProperty,
    /// Tracked insertions, deletions and changes of formatting.
    Change,
    /// Comments and marks.
    Comment,
    /// Hidden text, objects, rows or columns.
    HiddenText,
    /// Text in the colour of its ground, too small to read, or drawn without ink.
    Invisible,
    /// Text or objects outside the page or slide.
    OffPage,
    /// Text or objects under an opaque shape or picture.
    Covered,
    /// Pictures of which a part is cut off in the view and still in the file.
    Cropped,
    /// Values that the document stores under a name and need not show.
    Variable,
    /// Headers and footers that only a print shows.
    PrintHeader,
    /// Names of folders or files on a computer or network.
    UserPath,
    /// Views that bear the name of an editor.
    PersonalView,
    /// Hidden sheets.
    HiddenSheet,
    /// Hidden slides.
    HiddenSlide,
    /// Hidden layers.
    HiddenLayer,
    /// Speaker notes.
    Notes,
    /// Cached tables behind pivot tables.
    HiddenTable,
    /// The name of an editor outside the properties.
    Editor,
    /// A list of the people who worked on it.
    People,
    /// The printer that it was set up for.
    Printer,
    /// A thumbnail.
    Thumbnail,
    /// Metadata of pictures or pages in it.
    PictureProperties,
    /// Earlier versions that are still in the file.
    EarlierVersion,
    /// Objects that no page uses.
    Unused,
    /// Data after the end of the file.
    Trailing,
    /// Data of programs that no page shows.
    ProgramData,
    /// Macros, and controls that run code.
    Macro,
    /// Scripts and automatic actions.
    Script,
    /// Embedded files, or parts that cannot be inspected.
    Embedded,
    /// Content that is fetched from elsewhere when it is opened.
    Outside,
    /// Pictures of a kind whose metadata is not read.
    OtherPicture,
    /// A signature with a certificate, which names who signed.
    Signature,
    /// Fields of a form.
    Field,
    /// The pictures of an animation after the first.
    Animation,
}

/// What a trace means for publishing the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentClass {
    /// The file's own properties: published with it.
    Property,
    /// Tracked changes: any reader can undo them.
    Change,
    /// Comments.
    Comment,
    /// In the file and not visible.
    Hidden,
    /// Fetched from elsewhere, or not read by any reader here.
    Embedded,
    /// Runs by itself: never published.
    Active,
    /// Visible to the reader.
    Shown,
}

impl ContentClass {
    /// The sorts that hold a document back, the most serious first.
    pub const HOLDING: [Self; 5] = [
        Self::Active,
        Self::Embedded,
        Self::Hidden,
        Self::Comment,
        Self::Change,
    ];

    /// Whether the author may have it published by answering its rule with a reason.
    #[must_use]
    pub const fn is_answerable(self) -> bool {
        !matches!(self, Self::Active)
    }

    /// The name of the rule that reports it.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Property | Self::Shown => "document-properties",
            Self::Change => "tracked-changes",
            Self::Comment => "document-comments",
            Self::Hidden => "hidden-content",
            Self::Embedded | Self::Active => "embedded-content",
        }
    }
}

impl ContentKind {
    /// The sort of this kind.
    #[must_use]
    pub fn sort(self) -> ContentClass {
        match self {
            Self::Change => ContentClass::Change,
            Self::Comment => ContentClass::Comment,
            Self::HiddenText
            | Self::Invisible
            | Self::OffPage
            | Self::Covered
            | Self::Cropped
            | Self::Variable
            | Self::PrintHeader
            | Self::UserPath
            | Self::PersonalView
            | Self::HiddenSheet
            | Self::HiddenSlide
            | Self::HiddenLayer
            | Self::Notes
            | Self::HiddenTable
            | Self::Editor
            | Self::People
            | Self::Printer
            | Self::Thumbnail
            | Self::PictureProperties
            | Self::EarlierVersion
            | Self::Unused
            | Self::Trailing
            | Self::ProgramData => ContentClass::Hidden,
            Self::Embedded | Self::Outside | Self::OtherPicture | Self::Signature => {
                ContentClass::Embedded
            }
            Self::Macro | Self::Script => ContentClass::Active,
            Self::Field | Self::Animation => ContentClass::Shown,
            _ => ContentClass::Property,
        }
    }

    /// The part of a document that its text belongs to.
    fn part(self) -> Part {
        match self.sort() {
            ContentClass::Change => Part::Change,
            ContentClass::Comment => Part::Comment,
            ContentClass::Property => Part::Property,
            ContentClass::Hidden
            | ContentClass::Embedded
            | ContentClass::Active
            | ContentClass::Shown => Part::Hidden,
        }
    }

    /// One of it, and several.
    #[rustfmt::skip]
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Author => ("author", "authors"),
            Self::LastEditor => ("last editor", "last editors"),
            Self::Owner => ("owner of the camera", "owner of the camera"),
            Self::Serial => ("serial number of the camera", "serial numbers of the camera"),
            Self::Copyright => ("copyright", "copyright"),
            Self::Place => ("place where it was taken", "places where it was taken"),
            Self::PersonShown => ("person shown", "people shown"),
            Self::Title => ("title", "titles"),
            Self::Subject => ("description", "descriptions"),
            Self::Company => ("company or manager", "company and manager"),
            Self::Keywords => ("keywords", "keywords"),
            Self::Date => ("date", "dates"),
            Self::OtherProperty => ("other property", "other properties"),
            Self::Change => ("tracked change", "tracked changes"),
            Self::Comment => ("comment or mark", "comments or marks"),
            Self::HiddenText => ("hidden text, row or object", "hidden texts, rows or objects"),
            Self::Invisible => ("text too pale, too small or without ink", "texts too pale, too small or without ink"),
            Self::OffPage => ("text or object outside the page", "texts or objects outside the page"),
            Self::Covered => ("text or object under a shape or picture", "texts or objects under a shape or picture"),
            Self::Cropped => ("cropped picture", "cropped pictures"),
            Self::Variable => ("stored variable", "stored variables"),
            Self::PrintHeader => ("header or footer of prints", "headers or footers of prints"),
            Self::UserPath => ("path of a folder or file on a computer", "paths of folders or files on a computer"),
            Self::PersonalView => ("personal view", "personal views"),
            Self::HiddenSheet => ("hidden sheet", "hidden sheets"),
            Self::HiddenSlide => ("hidden slide", "hidden slides"),
            Self::HiddenLayer => ("hidden layer", "hidden layers"),
            Self::Notes => ("page of speaker notes", "pages of speaker notes"),
            Self::HiddenTable => ("hidden copy of a table", "hidden copies of tables"),
            Self::Editor => ("name of an editor", "names of editors"),
            Self::People => ("list of editors", "lists of editors"),
            Self::Printer => ("printer setting", "printer settings"),
            Self::Thumbnail => ("thumbnail", "thumbnails"),
            Self::PictureProperties => ("picture or page with metadata", "pictures or pages with metadata"),
            Self::EarlierVersion => ("earlier version", "earlier versions"),
            Self::Unused => ("object that no page shows", "objects that no page shows"),
            Self::Trailing => ("block of data after its end", "blocks of data after its end"),
            Self::ProgramData => ("block of program data", "blocks of program data"),
            Self::Macro => ("set of macros or controls", "sets of macros or controls"),
            Self::Script => ("script or action of its own", "scripts or actions of its own"),
            Self::Embedded => ("embedded file", "embedded files"),
            Self::Outside => ("thing fetched from elsewhere", "things fetched from elsewhere"),
            Self::OtherPicture => ("picture that cannot be inspected", "pictures that cannot be inspected"),
            Self::Signature => ("digital signature", "digital signatures"),
            Self::Field => ("form field", "form fields"),
            Self::Animation => ("picture of an animation after the first", "pictures of an animation after the first"),
        }
    }

    /// A number of them, in words.
    #[must_use]
    pub fn words(self, count: usize) -> String {
        let (one, several) = self.names();
        let name = if count == 1 { one } else { several };
        if self.sort() == ContentClass::Property {
            name.to_owned()
        } else {
            format!("{count} {name}")
        }
    }
}

/// A part of a file that has text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Visible text.
    Text,
    /// Deleted text that can be restored.
    Change,
    /// Comments.
    Comment,
    /// Hidden text.
    Hidden,
    /// Its properties.
    Property,
}

impl Part {
    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Change => "tracked changes",
            Self::Comment => "comments",
            Self::Hidden => "hidden part",
            Self::Property => "properties",
        }
    }
}

/// The contents of a file, with the texts to search for identifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    traces: BTreeMap<ContentKind, usize>,
    people: BTreeMap<ContentKind, BTreeSet<String>>,
    texts: BTreeMap<Part, String>,
    unread: Option<&'static str>,
}

/// The most bytes of text of one part that are kept.
const MOST_TEXT: usize = 4 * 1024 * 1024;

impl Contents {
    /// The traces of one sort with their counts.
    pub fn of(&self, sort: ContentClass) -> impl Iterator<Item = (ContentKind, usize)> {
        let all = self.traces.iter().map(|(trace, count)| (*trace, *count));
        all.filter(move |(trace, _)| trace.sort() == sort)
    }

    /// All traces in words: `author, 2 comments or marks`; empty if there are none.
    #[must_use]
    pub fn words(&self) -> String {
        let words = self.traces.iter().map(|(trace, count)| trace.words(*count));
        words.collect::<Vec<_>>().join(", ")
    }

    /// The number of people named as the authors of a trace.
    #[must_use]
    pub fn people(&self, trace: ContentKind) -> usize {
        self.people.get(&trace).map_or(0, BTreeSet::len)
    }

    /// The texts by part.
    pub fn texts(&self) -> impl Iterator<Item = (Part, &str)> {
        self.texts.iter().map(|(part, text)| (*part, text.as_str()))
    }

    /// Why some of the text was not read; `None` if all was.
    #[must_use]
    pub fn unread(&self) -> Option<&'static str> {
        self.unread
    }

    /// Drops the texts and the names of people; their number stays.
    #[must_use]
    pub fn without_texts(mut self) -> Self {
        self.texts.clear();
        for people in self.people.values_mut() {
            *people = (0..people.len()).map(|number| number.to_string()).collect();
        }
        self
    }

    /// Counts one more trace of a kind.
    pub(super) fn note(&mut self, trace: ContentKind) {
        *self.traces.entry(trace).or_insert(0) += 1;
    }

    /// Records a kind of trace that is not counted.
    pub(super) fn note_once(&mut self, trace: ContentKind) {
        self.traces.entry(trace).or_insert(1);
    }

    /// Counts one more trace of a kind, with its author.
    pub(super) fn note_by(&mut self, trace: ContentKind, who: Option<&str>) {
        self.note(trace);
        if let Some(who) = who {
            self.by(trace, who);
        }
    }

    /// Records an author of traces of a kind.
    pub(super) fn by(&mut self, trace: ContentKind, who: &str) {
        if !who.trim().is_empty() && self.people.entry(trace).or_default().insert(who.to_owned()) {
            self.line(trace.part(), who);
        }
    }

    /// Records a property unless it is empty.
    pub(super) fn property(&mut self, trace: ContentKind, value: &str) {
        if !value.trim().is_empty() {
            self.note_once(trace);
            // Dates of files would be found as dates of birth.
            if trace != ContentKind::Date {
                self.line(trace.part(), value);
            }
            self.note_path(value);
        }
    }

    /// Counts a trace of a kind, with its text.
    pub(super) fn note_text(&mut self, trace: ContentKind, text: &str) {
        self.note(trace);
        self.line(trace.part(), text);
    }

    /// Records a header or footer of prints. Counts it if it has words besides the number of a page.
    pub(super) fn note_print_header(&mut self, text: &str) {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        let is_own = |word: &str| !matches!(word.to_lowercase().as_str(), "" | "page" | "of");
        if words.clone().any(is_own) {
            self.note(ContentKind::PrintHeader);
        }
        self.line(Part::Hidden, text);
    }

    /// Counts a value if it is the path of a folder or file on a computer.
    pub(super) fn note_path(&mut self, value: &str) {
        if is_local_path(value) {
            self.note_text(ContentKind::UserPath, &value.replace("%20", " "));
        }
    }

    /// Adds a line to the text of a part.
    pub(super) fn line(&mut self, part: Part, text: &str) {
        self.text(part, "\n");
        self.text(part, text);
        self.text(part, "\n");
    }

    /// Adds to the text of a part.
    pub(super) fn text(&mut self, part: Part, text: &str) {
        let whole = self.texts.entry(part).or_default();
        if whole.len() + text.len() > MOST_TEXT {
            self.leave_unread("it holds more text than is read");
        } else {
            whole.push_str(text);
        }
    }

    /// Records that some text was not read; the first reason is kept.
    pub(super) fn leave_unread(&mut self, why: &'static str) {
        self.unread.get_or_insert(why);
    }

    /// Adds the contents of a picture or page inside the file.
    pub(super) fn add_part(&mut self, part: &Self) {
        if !part.traces.is_empty() {
            self.note(ContentKind::PictureProperties);
        }
        for (_, text) in part.texts() {
            self.line(Part::Hidden, text);
        }
    }
}
