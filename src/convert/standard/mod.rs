//! A standard from a publisher's file: Skills England's JSON, or a spreadsheet as people keep it.
//!
//! Everything that does not fit is collected. A reading with problems is not used.

mod about;
mod assembly;
mod codes;
mod columns;
mod delimited;
mod feed;
mod feed_choice;
mod feed_file;
mod feed_values;
mod row_parts;
mod tables;

use std::fmt;

use jiff::civil::Date;

pub use delimited::{DelimitedText, read_delimited};
pub use feed::read_feed;
pub use tables::read_tables;

/// The kinds of statements of occupational standards, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatementKind {
    /// Knowledge.
    Knowledge,
    /// Skills.
    Skill,
    /// Behaviours.
    Behaviour,
    /// Technical knowledge of foundation apprenticeships and apprenticeship units.
    TechnicalKnowledge,
    /// Technical skills of the same.
    TechnicalSkill,
    /// Employability skills and behaviours of foundation apprenticeships.
    Employability,
}

impl StatementKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Knowledge,
        Self::Skill,
        Self::Behaviour,
        Self::TechnicalKnowledge,
        Self::TechnicalSkill,
        Self::Employability,
    ];

    /// Its id in our files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Knowledge => "knowledge",
            Self::Skill => "skill",
            Self::Behaviour => "behaviour",
            Self::TechnicalKnowledge => "technical-knowledge",
            Self::TechnicalSkill => "technical-skill",
            Self::Employability => "employability",
        }
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Knowledge => "Knowledge",
            Self::Skill => "Skill",
            Self::Behaviour => "Behaviour",
            Self::TechnicalKnowledge => "Technical knowledge",
            Self::TechnicalSkill => "Technical skill",
            Self::Employability => "Employability skill or behaviour",
        }
    }

    /// The letters of its codes.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Knowledge => "K",
            Self::Skill => "S",
            Self::Behaviour => "B",
            Self::TechnicalKnowledge => "TK",
            Self::TechnicalSkill => "TS",
            Self::Employability => "ESB",
        }
    }
}

/// The code of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementCode {
    /// Its kind.
    pub kind: StatementKind,
    /// Its number.
    pub number: u32,
}

impl fmt::Display for StatementCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kind.prefix(), self.number)
    }
}

/// A standard as a file gives it. Facts that the file does not have are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandardDraft {
    /// The publisher's reference.
    pub reference: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its level.
    pub level: Option<u32>,
    /// The publisher's version.
    pub version: Option<String>,
    /// The day of its last change.
    pub updated: Option<Date>,
    /// The licence of its text.
    pub licence: Option<String>,
    /// The sentence that the licence asks for.
    pub attribution: Option<String>,
    /// The source of its text.
    pub source: Option<String>,
    /// The statements, by code.
    pub statements: Vec<StatementDraft>,
    /// The duties, by number.
    pub duties: Vec<DutyDraft>,
}

/// A statement of a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementDraft {
    /// Its code.
    pub code: StatementCode,
    /// Its words.
    pub text: String,
    /// The publisher's id.
    pub guid: Option<String>,
}

/// A duty of a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyDraft {
    /// Its number.
    pub number: u32,
    /// Its words.
    pub text: Option<String>,
    /// The codes in it, sorted.
    pub codes: Vec<StatementCode>,
}

/// The result of reading a file.
#[derive(Clone, Debug, Default)]
pub struct StandardReading {
    /// The standard. Incomplete if there are problems.
    pub draft: StandardDraft,
    /// Rows and fields that cannot be read.
    pub problems: Vec<ReadingProblem>,
    /// Remarks for the person who imports it.
    pub notes: Vec<String>,
    /// Contents of the file that have no place in a standard, by their name there.
    pub left_out: Vec<String>,
}

/// Something that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingProblem {
    /// Where it is: a row, a line, or a field. Empty for the file as a whole.
    pub place: String,
    /// The problem.
    pub message: String,
    /// The advice.
    pub help: String,
}

impl ReadingProblem {
    fn new(place: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            message: message.into(),
            help: help.into(),
        }
    }
}
