//! Reasons not to edit.

use std::fmt;

use crate::diagnostic::{Fault, FaultKind};
use crate::text::Span;

/// An edit that was not made: the file is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The place in the file that prevents the edit.
    pub place: Span,
    /// The reason.
    pub reason: RefusalReason,
}

/// Reasons not to edit. [`fmt::Display`] words them for the person who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// The file has no front matter, or never closes it.
    NoFrontMatter,
    /// Only an entry has codes and a text.
    NotAnEntry,
    /// The YAML cannot be read.
    BrokenYaml(String),
    /// The key is there more than once.
    RepeatedKey(String),
    /// The value on the way to the key is something else.
    NotA(&'static str),
    /// The list is shorter.
    NoSuchItem(usize),
    /// The value is a name with `*`, and the change would have to be made elsewhere.
    Alias,
    /// A comment inside the value would be lost.
    Comment,
    /// The code cannot be written.
    BadCode(String),
    /// The range is not in the body, is empty or splits a character or a line end.
    BadRange,
    /// The words cannot become a link because they cross or lie in something else.
    Crosses(&'static str),
    /// The words are in no link to that code.
    NoSuchPassage,
    /// The target of the link is defined elsewhere.
    ReferenceLink,
    /// The text holds a character that no page may hold.
    ControlCharacter,
    /// The edit would change what other parts of the file mean.
    ChangesOtherText,
    /// The result would not read as what was asked for.
    NotExact,
}

impl Refused {
    pub(super) fn new(place: Span, reason: RefusalReason) -> Self {
        Self { place, reason }
    }

    /// The YAML reader's own reason and place.
    pub(super) fn from_fault(fault: Fault) -> Self {
        let reason = match fault.kind {
            FaultKind::BrokenYaml { reason, .. } => RefusalReason::BrokenYaml(reason),
            _ => RefusalReason::NoFrontMatter,
        };
        Self::new(fault.place.span, reason)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl fmt::Display for RefusalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BrokenYaml(reason) => return write!(f, "this cannot be read: {reason}"),
            Self::RepeatedKey(key) => {
                return write!(f, "`{key}` is there twice: delete one of them");
            }
            Self::NotA(expected) => {
                return write!(f, "there is another value where {expected} is needed");
            }
            Self::NoSuchItem(index) => return write!(f, "the list has no item {}", index + 1),
            Self::BadCode(code) => return write!(f, "`{code}` cannot be written as a code"),
            Self::Crosses(what) => {
                return write!(f, "these words cross or lie in {what}: select fewer words");
            }
            _ => {}
        }
        f.write_str(match self {
            Self::NoFrontMatter => "the file does not begin with keys between two lines `---`",
            Self::NotAnEntry => "only an entry has codes and a text",
            Self::Alias => {
                "the value repeats another one with `*`: change that one, or write the value out"
            }
            Self::Comment => "a comment in this place would be lost: move it first",
            Self::BadRange => "the selection is empty or outside the text",
            Self::NoSuchPassage => "these words are not linked to that code",
            Self::ReferenceLink => "the target of this link is defined elsewhere in the file",
            Self::ControlCharacter => "the text holds a control character: delete it",
            Self::ChangesOtherText => "other parts of the text would read differently",
            _ => "this cannot be written here without changing something else",
        })
    }
}

impl std::error::Error for Refused {}
