//! An entry as written in its file.

use jiff::civil::Date;

use super::draft_body::DraftBody;
use crate::model::{
    Action, Assignment, Attachment, Cpd, EntryType, Minutes, Practice, Reading, Status,
    Suppression, Visibility, Witness,
};
use crate::text::{Source, SourcePath, Span, Spanned, printable};

/// One entry as written, with codes and links as typed.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a statement of its own, not a state of one machine"
)]
pub struct DraftEntry {
    /// The file.
    pub path: SourcePath,
    /// The id, or the file's stem if there is none.
    pub id: Spanned<String>,
    /// The title, or one made from the file's name if there is none.
    pub title: String,
    /// The day it was written.
    pub date: Option<Date>,
    /// The day of the event.
    pub event_date: Option<Date>,
    /// Whether its event date is unreadable.
    pub unread_event: bool,
    /// The type of evidence.
    pub kind: EntryType,
    /// Whether its type is unreadable.
    pub unknown_kind: bool,
    /// The reflection model it names.
    pub model: Option<Spanned<String>>,
    /// Whether its front matter could not be read.
    pub unread: bool,
    /// Whether it is handed in.
    pub status: Status,
    /// Its audience.
    pub visibility: Visibility,
    /// Codes, with reasons.
    pub tags: Vec<DraftTag>,
    /// Time spent.
    pub hours: Option<Minutes>,
    /// Days over which it was spent.
    pub days: u32,
    /// Whether off the job.
    pub off_the_job: bool,
    /// The confidentiality statement.
    pub anonymised: bool,
    /// The last check for identifiers by a person.
    pub read: Option<Box<Reading>>,
    /// Who testifies.
    pub witness: Option<Witness>,
    /// The record of a procedure.
    pub practice: Option<Practice>,
    /// The record of continuing professional development.
    pub cpd: Option<Cpd>,
    /// The marked work.
    pub assignment: Option<Assignment>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Actions the learner plans.
    pub actions: Vec<Action>,
    /// Findings answered.
    pub suppressions: Vec<Suppression>,
    /// The body.
    pub body: DraftBody,
    /// The place of its title, or of its first line.
    pub place: Span,
    /// The place of its date, if it has one.
    pub date_place: Option<Span>,
    /// Ranges that must never be shown.
    pub masked: Vec<Span>,
    /// The places of dates that the format asks for, which are no identifiers.
    pub dates: Vec<Span>,
    /// Ranges that may change without invalidating a decision.
    pub volatile: Vec<Span>,
}

/// A code in the front matter, as typed.
#[derive(Debug)]
pub struct DraftTag {
    /// The code.
    pub code: Spanned<String>,
    /// The learner's reason.
    pub justification: Option<String>,
}

impl DraftEntry {
    /// An entry without front matter or body, named after its file.
    pub fn new(source: &Source) -> Self {
        let stem = &printable(source.path.stem());
        let mut title = stem.replace(['-', '_'], " ");
        if let Some(first) = title.get(..1) {
            title = first.to_uppercase() + &title[1..];
        }
        Self {
            path: source.path.clone(),
            id: Spanned::new(stem.clone().into_owned(), Span::default()),
            title,
            date: None,
            event_date: None,
            unread_event: false,
            kind: EntryType::Reflection,
            unknown_kind: false,
            model: None,
            unread: false,
            status: Status::Submitted,
            visibility: Visibility::Assessor,
            tags: Vec::new(),
            hours: None,
            days: 1,
            off_the_job: false,
            anonymised: false,
            read: None,
            witness: None,
            practice: None,
            cpd: None,
            assignment: None,
            attachments: Vec::new(),
            actions: Vec::new(),
            suppressions: Vec::new(),
            body: DraftBody::default(),
            place: Span::default(),
            date_place: None,
            masked: Vec::new(),
            dates: Vec::new(),
            volatile: Vec::new(),
        }
    }

    /// Withholds an entry whose front matter cannot be read. Its audience is unknown, so only its
    /// author sees it, and it counts for nothing.
    pub fn withhold(&mut self) {
        self.unread = true;
        self.status = Status::Draft;
        self.visibility = Visibility::Private;
    }
}
