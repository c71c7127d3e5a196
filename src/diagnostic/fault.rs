//! Faults: problems found while parsing and resolving.
//!
//! Stages below the checks never word a message. They record a fault with its place, and a rule
//! turns it into a finding, so that words, level and documentation of a rule are in one file.

use super::Place;
use crate::text::{SourcePath, Span};

/// A problem and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place.
    pub place: Place,
    /// The problem.
    pub kind: FaultKind,
}

/// Why a file is not read that its author takes for part of the portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stray {
    /// A text among the entries whose name does not end in `.md`.
    Text,
    /// A document that can be imported.
    Document,
    /// A document that cannot.
    OldDocument,
    /// No text: a picture, a document or another file, outside the folder of evidence.
    NoText,
    /// What a desktop or a cloud has in place of a file.
    Shortcut,
    /// A zip.
    Archive,
    /// An entry outside the folder of entries.
    Elsewhere,
    /// A folder that should have this name.
    Folder(&'static str),
}

/// Text as other programs write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untidy {
    /// Another line than `---` round the keys.
    Fence,
    /// Blank lines before the keys.
    BlankStart,
    /// Curly quotes round a value.
    CurlyQuotes,
    /// A `#` in a value, which begins a remark.
    Remark,
    /// Bullets of a word processor.
    Bullets,
    /// Columns made with tabs.
    Columns,
    /// A callout of Obsidian.
    Callout,
    /// A comment of Obsidian.
    Comment,
    /// A link whose address has a space in it.
    SpacedAddress,
}

impl Untidy {
    /// A word that identifies it.
    fn word(self) -> &'static str {
        match self {
            Self::Fence => "fence",
            Self::BlankStart => "blank start",
            Self::CurlyQuotes => "curly quotes",
            Self::Remark => "remark",
            Self::Bullets => "bullets",
            Self::Columns => "columns",
            Self::Callout => "callout",
            Self::Comment => "comment",
            Self::SpacedAddress => "address",
        }
    }
}

impl Stray {
    /// A word that identifies the reason.
    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Document => "document",
            Self::OldDocument => "old document",
            Self::NoText => "no text",
            Self::Shortcut => "shortcut",
            Self::Archive => "archive",
            Self::Elsewhere => "elsewhere",
            Self::Folder(meant) => meant,
        }
    }
}

/// A common YAML mistake, with the line as it was most likely meant if it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A value that needs quotes.
    Quote(Option<String>),
    /// A tab where spaces belong.
    Tab,
    /// A list or a table in brackets that is never closed.
    Unclosed(Option<String>),
    /// Another sign than YAML takes.
    Sign(OddSign, Option<String>),
}

/// A sign in the place of one that YAML takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OddSign {
    /// Between a key and its value: `title= A`, `title:A`, a wide colon.
    Colon,
    /// Before an item of a list: `* K7`.
    Bullet,
    /// A comma with nothing before it.
    Comma,
}

impl Slip {
    /// The same mistake without the line, which may contain identifiers.
    #[must_use]
    pub fn without_line(self) -> Self {
        match self {
            Self::Quote(_) => Self::Quote(None),
            Self::Tab => Self::Tab,
            Self::Unclosed(_) => Self::Unclosed(None),
            Self::Sign(sign, _) => Self::Sign(sign, None),
        }
    }
}

/// The ways in which a file can fail to say what its author meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// An entry does not begin with `---`.
    NoFrontMatter,
    /// The opening `---` is never closed.
    UnclosedFrontMatter,
    /// The YAML could not be read from here on.
    BrokenYaml {
        /// The message of the parser.
        reason: String,
        /// The most likely cause, if it is a common one.
        slip: Option<Slip>,
    },
    /// The file is not UTF-8 from here on.
    NotUtf8,
    /// It is a link, and links are not followed: they may lead out of the workspace.
    Link,
    /// It is a folder or a device, and a file is expected.
    NotAFile,
    /// Its name, or that of a folder on the way to it, is not UTF-8.
    UnreadableName,
    /// A folder so far down that nothing below it is read.
    TooDeep {
        /// How many folders may lie in each other.
        limit: usize,
    },
    /// A folder with so much in it that not all is read.
    TooMany {
        /// How many files and folders are looked at.
        limit: usize,
    },
    /// The file is larger than what is read.
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A file or folder that is not read, because its name is only nearly right.
    Misnamed {
        /// The name that it should have.
        meant: &'static str,
    },
    /// A copy that a sync program made of another file. It is not read.
    SyncCopy {
        /// The file that it is a copy of.
        of: SourcePath,
        /// Whether their bytes differ.
        differs: bool,
    },
    /// The marks that git leaves in a text where two versions of it could not be merged.
    ConflictMarkers {
        /// How many conflicts there are.
        conflicts: usize,
    },
    /// A file or folder that is not read, because of its ending or its place.
    Stray(Stray),
    /// A text in another encoding than UTF-8, which can be saved anew.
    OtherEncoding {
        /// The name of the encoding, as editors show it.
        name: &'static str,
        /// Whether the text was read all the same. Only entries are.
        is_read: bool,
    },
    /// Text that another program writes in its own way.
    UntidyText {
        /// What it is.
        what: Untidy,
        /// The text to write instead, if only one reading is possible.
        by: Option<String>,
    },
    /// A text with more Markdown in it than is parsed.
    TooDense {
        /// The limit, in characters that mean something to Markdown.
        limit: usize,
    },
    /// A key that this kind of file does not have.
    UnknownKey {
        /// As written.
        key: String,
        /// The known key that was probably meant.
        nearest: Option<&'static str>,
        /// All keys that are allowed here.
        known: Vec<&'static str>,
    },
    /// A handed-in entry in a folder that is named as one for drafts.
    DraftFolder {
        /// The folder's name.
        name: String,
    },
    /// A key that must be there.
    MissingKey {
        /// Its name.
        key: &'static str,
    },
    /// A key that is there twice.
    DuplicateKey {
        /// Its name.
        key: String,
        /// The first place.
        first: Span,
    },
    /// A value of another kind than the key asks for.
    WrongType {
        /// The key.
        key: String,
        /// The expected kind of value.
        expected: String,
        /// The kind of value that is there.
        found: String,
    },
    /// A value that was meant as a date and cannot be read as one.
    BadDate {
        /// The key.
        key: String,
        /// The date it most likely means, as `YYYY-MM-DD`.
        meant: Option<String>,
    },
    /// A day that its month does not have.
    NoSuchDay {
        /// The key.
        key: String,
        /// The day in words.
        day: String,
    },
    /// A date whose day and month could be swapped.
    AmbiguousDate {
        /// The key.
        key: String,
        /// The two days it could mean, as `YYYY-MM-DD`.
        readings: [String; 2],
    },
    /// A word that YAML takes for something else.
    ImplicitType {
        /// The key.
        key: String,
        /// As written.
        typed: String,
        /// The value that YAML reads.
        read_as: String,
        /// The spelling to use instead.
        write: String,
    },
    /// A word that is not among the allowed ones.
    UnknownWord {
        /// The key.
        key: String,
        /// As written.
        word: String,
        /// The allowed word that was probably meant.
        nearest: Option<&'static str>,
        /// All allowed words.
        allowed: Vec<&'static str>,
    },
    /// A code that no standard of the portfolio has.
    UnknownCode {
        /// As written.
        code: String,
        /// The range of codes it would belong to, in words.
        range: Option<String>,
        /// Codes that may have been meant, nearest first.
        meant: Vec<String>,
    },
    /// A group of criteria, such as a duty, in the place of a code.
    GroupAsCode {
        /// As written.
        code: String,
        /// Its codes.
        criteria: Vec<String>,
    },
    /// A code that its standard has replaced.
    SupersededCode {
        /// As written.
        code: String,
        /// The codes that replace it.
        by: Vec<String>,
    },
    /// A code of the version before the standard's present one, which a map gives another code.
    RevisedCode {
        /// As written.
        code: String,
        /// As it is written now.
        now: String,
    },
    /// A standard that is not known.
    UnknownStandard {
        /// As written.
        id: String,
        /// The known one that was probably meant.
        nearest: Option<String>,
    },
    /// A bare code that several standards have.
    AmbiguousCode {
        /// As written.
        code: String,
        /// The unambiguous spellings.
        choices: Vec<String>,
    },
    /// A code tagged twice in one entry's front matter.
    DuplicateCode {
        /// The canonical code.
        code: String,
        /// The bytes to cut without losing a word, if that is possible.
        cut: Option<Span>,
    },
    /// A code in another spelling than the standard's.
    NonCanonicalCode {
        /// As written.
        written: String,
        /// As the standard writes it.
        canonical: String,
    },
    /// Two entries with one id.
    DuplicateEntryId {
        /// The id.
        id: String,
        /// The other entry.
        other: Place,
    },
    /// An attachment or image that is not in the portfolio.
    MissingFile {
        /// The path as written.
        file: String,
        /// A file of the portfolio that was probably meant.
        nearest: Option<String>,
    },
    /// A file that is there under a name of other capitals.
    WrongCase {
        /// The path as written.
        file: String,
        /// As the file is called.
        actual: String,
    },
    /// A link that leads to nothing.
    BrokenLink {
        /// The target as written.
        target: String,
        /// An entry that was probably meant.
        nearest: Option<String>,
        /// Whether an entry's id is asked for, and no path.
        takes_id: bool,
    },
    /// A link or image whose scheme does not reach the site.
    UnsafeLink {
        /// The scheme, in lower case.
        scheme: String,
    },
    /// Raw HTML that would load something from elsewhere.
    Embed {
        /// The name of its element.
        element: &'static str,
    },
    /// A standard, reflection model or guidance file that contradicts itself.
    InvalidStandard {
        /// The contradiction.
        problem: String,
        /// The advice.
        fix: String,
    },
    /// An entry that names an unknown reflection model.
    UnknownModel {
        /// As written.
        id: String,
        /// The known one that was probably meant.
        nearest: Option<String>,
        /// All known ones.
        known: Vec<String>,
    },
    /// A setting, waiver or scope line that names an unknown criterion.
    UnknownSetting {
        /// As written.
        name: String,
        /// The kind of thing that it names.
        what: &'static str,
        /// The known one that was probably meant.
        nearest: Option<String>,
    },
    /// A waiver without a reason.
    WaiverWithoutReason {
        /// The code that it would waive.
        code: String,
    },
    /// A decision that cannot be bound to what it decides.
    UnboundDecision {
        /// Why not.
        problem: String,
    },
    /// A line of the allowed signers, or of the revoked keys, that cannot be used.
    UnusableSigner {
        /// Why not.
        problem: String,
    },
    /// A consent reference that the register does not have.
    UnknownConsent {
        /// As written.
        id: String,
        /// The known one that was probably meant.
        nearest: Option<String>,
    },
    /// Something that must go is in the repository's history.
    InHistory {
        /// What is in the history.
        what: &'static str,
        /// How it is taken out.
        remedy: String,
    },
}

impl FaultKind {
    /// The facts that identify the fault in its file, whatever its message says. There are none if
    /// the rule and the file say it all, or if a stage below words the fault: such faults differ
    /// only by their order.
    #[must_use]
    pub fn facts(&self) -> Vec<&str> {
        match self {
            Self::NoFrontMatter => vec!["none"],
            Self::UnclosedFrontMatter => vec!["unclosed"],
            Self::BrokenYaml { .. } => vec!["yaml"],
            Self::NotUtf8 => vec!["utf-8"],
            Self::Link => vec!["link"],
            Self::NotAFile => vec!["no file"],
            Self::UnreadableName => vec!["name"],
            Self::TooDeep { .. } => vec!["depth"],
            Self::TooMany { .. } => vec!["number"],
            Self::TooLarge { .. } => vec!["size"],
            Self::TooDense { .. } => vec!["density"],
            Self::Misnamed { meant } => vec!["misnamed", meant],
            Self::SyncCopy { of, .. } => vec!["copy", of.shown()],
            Self::ConflictMarkers { .. } => vec!["conflict"],
            Self::Stray(stray) => vec!["stray", stray.word()],
            Self::UntidyText { what, .. } => vec!["untidy", what.word()],
            Self::OtherEncoding { name, .. } => vec!["encoding", name],
            Self::MissingKey { key } => vec![key],
            Self::UnknownKey { key, .. }
            | Self::DuplicateKey { key, .. }
            | Self::WrongType { key, .. }
            | Self::BadDate { key, .. }
            | Self::AmbiguousDate { key, .. }
            | Self::NoSuchDay { key, .. }
            | Self::ImplicitType { key, .. } => vec![key],
            Self::UnknownWord { key, word, .. } => vec![key, word],
            Self::DraftFolder { name } => vec!["folder", name],
            Self::UnknownCode { code, .. }
            | Self::GroupAsCode { code, .. }
            | Self::SupersededCode { code, .. }
            | Self::AmbiguousCode { code, .. }
            | Self::RevisedCode { code, .. }
            | Self::DuplicateCode { code, .. }
            | Self::WaiverWithoutReason { code } => vec![code],
            Self::NonCanonicalCode { written, .. } => vec!["spelling", written],
            Self::UnknownStandard { id, .. } => vec!["standard", id],
            Self::UnknownModel { id, .. } => vec!["model", id],
            Self::UnknownConsent { id, .. } => vec!["consent", id],
            Self::UnknownSetting { name, .. } => vec!["setting", name],
            Self::DuplicateEntryId { id, .. } => vec![id],
            Self::MissingFile { file, .. } | Self::WrongCase { file, .. } => vec![file],
            Self::BrokenLink { target, .. } => vec![target],
            Self::UnsafeLink { scheme } => vec!["scheme", scheme],
            Self::Embed { element } => vec!["element", element],
            Self::InvalidStandard { .. }
            | Self::UnboundDecision { .. }
            | Self::UnusableSigner { .. }
            | Self::InHistory { .. } => Vec::new(),
        }
    }
}
