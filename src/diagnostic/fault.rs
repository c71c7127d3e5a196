//! What reading and resolving stumble over, before any rule has judged it.
//!
//! Stages below the checks never word a message: they note a fault with its place, and the rule of
//! that name turns it into a finding. So each rule's words, level and documentation stand in one file.

use super::Place;
use crate::text::Span;

/// Something that did not fit, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub place: Place,
    /// What did not fit.
    pub kind: FaultKind,
}

/// A slip that YAML does not forgive, and the line as it was most likely meant, where it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A value with a colon, without quotes.
    Colon(Option<String>),
    /// A tab where spaces belong.
    Tab,
    /// A list or a table in brackets that is never closed.
    Unclosed(Option<String>),
}

impl Slip {
    /// The same without the line, which holds what must not be shown.
    #[must_use]
    pub fn without_line(self) -> Self {
        match self {
            Self::Colon(_) => Self::Colon(None),
            Self::Tab => Self::Tab,
            Self::Unclosed(_) => Self::Unclosed(None),
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
        /// What the parser said.
        reason: String,
        /// What was most likely done, where it is familiar.
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
        /// All keys that may stand here.
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
    /// A key that stands twice.
    DuplicateKey {
        /// Its name.
        key: String,
        /// Where it stood first.
        first: Span,
    },
    /// A value of another kind than the key asks for.
    WrongType {
        /// The key.
        key: String,
        /// What it takes.
        expected: String,
        /// What was found instead.
        found: String,
    },
    /// Something that was meant as a date and is none.
    BadDate {
        /// The key.
        key: String,
        /// The date it most likely means, as `YYYY-MM-DD`.
        meant: Option<String>,
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
        /// What YAML makes of it.
        read_as: String,
        /// What to write.
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
        /// The codes that these are, where only the commas between them are missing.
        several: Option<String>,
    },
    /// A code that its standard has replaced.
    SupersededCode {
        /// As written.
        code: String,
        /// What stands in its place.
        by: Vec<String>,
    },
    /// A standard that nothing known is called.
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
        /// What can be cut without losing a word, where something can.
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
        /// What is wrong.
        problem: String,
        /// What to do.
        fix: String,
    },
    /// An entry that names a reflection model that nothing known is called.
    UnknownModel {
        /// As written.
        id: String,
        /// The known one that was probably meant.
        nearest: Option<String>,
        /// All known ones.
        known: Vec<String>,
    },
    /// A setting, waiver or scope line that names a criterion nobody knows.
    UnknownSetting {
        /// As written.
        name: String,
        /// What it was meant to name.
        what: &'static str,
        /// The known one that was probably meant.
        nearest: Option<String>,
    },
    /// A waiver for which nobody gives a reason.
    WaiverWithoutReason {
        /// What it would waive.
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
    /// Something that must go stands in the repository's history.
    InHistory {
        /// What.
        what: &'static str,
        /// How it is taken out.
        remedy: String,
    },
}
