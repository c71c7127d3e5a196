//! The front matter of entries.

use jiff::civil::Date;

use super::{EntryType, Minutes, Shows, StatedEvent, Status, Suppression, Visibility};
use crate::text::{Span, Spanned};

/// What an entry says about itself in its front matter.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a statement of its own, not a state of one machine"
)]
pub struct FrontMatter {
    /// Its title, in a form that may be shown.
    pub title: String,
    /// The day it was written; `None` if the file has no readable date.
    pub date: Option<Date>,
    /// The day of the event. Never published.
    pub event_date: Option<Date>,
    /// The event of a filtered entry, which has no day.
    pub stated_event: Option<Box<StatedEvent>>,
    /// Whether its event date is unreadable.
    pub unread_event: bool,
    /// The type of evidence.
    pub kind: EntryType,
    /// Whether its type is unreadable. The entry then has no type.
    pub unknown_kind: bool,
    /// Whether the front matter could not be read.
    pub unread: bool,
    /// Whether the entry is handed in.
    pub status: Status,
    /// The day it was submitted, if it says so.
    pub submitted: Option<Date>,
    /// Its audience.
    pub visibility: Visibility,
    /// Time spent.
    pub hours: Option<Minutes>,
    /// Days over which it was spent, the last of which is its date.
    pub days: u32,
    /// Whether that time was off the job.
    pub off_the_job: bool,
    /// The author's confidentiality statement.
    pub anonymised: bool,
    /// The last check for identifiers by a person. Any change to the entry makes it void.
    pub read: Option<Box<Reading>>,
    /// The SHA-256 of the file it was imported from.
    pub imported: Option<Box<str>>,
    /// The witness. Boxed, like the next three, because few entries have one.
    pub witness: Option<Box<Witness>>,
    /// The record of a procedure.
    pub practice: Option<Box<Practice>>,
    /// The record of continuing professional development.
    pub cpd: Option<Box<Cpd>>,
    /// The marked work.
    pub assignment: Option<Box<Assignment>>,
    /// Files that belong to it.
    pub attachments: Vec<Attachment>,
    /// Actions the learner plans.
    pub actions: Vec<Action>,
    /// Findings that the author has answered.
    pub suppressions: Vec<Suppression>,
    /// The place of the title, or else of the first line.
    pub place: Span,
    /// The place of the date, if it has one.
    pub date_place: Option<Span>,
}

impl FrontMatter {
    /// Front matter with nothing but a title, at this place.
    #[must_use]
    pub fn new(title: String, place: Span) -> Self {
        Self {
            title,
            date: None,
            event_date: None,
            stated_event: None,
            unread_event: false,
            kind: EntryType::Reflection,
            unknown_kind: false,
            unread: false,
            status: Status::Submitted,
            submitted: None,
            visibility: Visibility::Assessor,
            hours: None,
            days: 1,
            off_the_job: false,
            anonymised: false,
            read: None,
            imported: None,
            witness: None,
            practice: None,
            cpd: None,
            assignment: None,
            attachments: Vec::new(),
            actions: Vec::new(),
            suppressions: Vec::new(),
            place,
            date_place: None,
        }
    }

    /// The place of the date, or of the title if it has none.
    #[must_use]
    pub fn date_or_title_place(&self) -> Span {
        self.date_place.unwrap_or(self.place)
    }

    /// Withholds an entry whose front matter cannot be read. Its audience is unknown, so only its
    /// author sees it, and it counts for nothing.
    pub fn withhold(&mut self) {
        self.unread = true;
        self.status = Status::Draft;
        self.visibility = Visibility::Private;
    }
}

/// A file that belongs to an entry.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The path from the portfolio's folder, as written.
    pub file: Spanned<String>,
    /// A description for people who cannot see it.
    pub alt: Option<String>,
    /// Words under it.
    pub caption: Option<String>,
    /// The reference of its consent.
    pub consent: Option<Spanned<String>>,
    /// The author's statement about who it shows.
    pub shows: Option<Shows>,
    /// SHA-256 in hexadecimal digits; `None` if the file is missing.
    pub sha256: Option<String>,
    /// Whether the text shows or links to it, and the front matter does not list it.
    pub in_text: bool,
}

impl Attachment {
    /// Whether it is a picture of a type that is published.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        let name = self.file.value.to_lowercase();
        [".png", ".jpg", ".jpeg"]
            .iter()
            .any(|ending| name.ends_with(ending))
    }

    /// Whether it is a picture that is not cleared to be shown: it names no consent, and its author
    /// does not state `shows: nobody`.
    #[must_use]
    pub fn is_uncleared_picture(&self) -> bool {
        let names_none = self
            .consent
            .as_ref()
            .is_none_or(|consent| consent.value.is_empty());
        self.is_picture() && names_none && self.shows != Some(Shows::Nobody)
    }
}

/// An action the learner plans.
#[derive(Clone, Debug)]
pub struct Action {
    /// The action.
    pub what: Spanned<String>,
    /// By when.
    pub by: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// The id of the entry that closes it.
    pub closed_by: Option<Spanned<String>>,
}

/// A person's check of an entry for identifiers.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Who, by reference.
    pub by: String,
    /// When.
    pub on: Date,
    /// The digest of the text that was checked.
    pub digest: String,
}

/// A witness, by role and never by name.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    /// The role.
    pub role: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// How the witness knows the learner.
    pub relationship: Option<String>,
}

/// The record of a procedure.
#[derive(Clone, Debug, Default)]
pub struct Practice {
    /// The treatment.
    pub treatment: Option<String>,
    /// The part of the body.
    pub area: Option<String>,
    /// The device used.
    pub device: Option<String>,
    /// How deep, in millimetres, as written.
    pub depth_mm: Option<String>,
    /// Batches used.
    pub batch_numbers: Vec<String>,
    /// Adverse reactions, or that there were none.
    pub adverse_reactions: Option<String>,
    /// The measurements taken.
    pub outcome_measures: Vec<String>,
}

/// Continuing professional development.
#[derive(Clone, Debug, Default)]
pub struct Cpd {
    /// The activity.
    pub activity: Option<String>,
    /// The provider.
    pub provider: Option<String>,
    /// The change in practice.
    pub influence_on_practice: Option<String>,
}

/// Marked work.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// The unit.
    pub unit: Option<String>,
    /// The mark in per cent.
    pub mark_percent: Option<u32>,
    /// The attempt, from 1.
    pub attempt: Option<u32>,
}
