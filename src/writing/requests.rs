//! The requests of the write page and their answers, as JSON.
//!
//! One document in, one document out. A request is a table with its name under `request`, an answer
//! one with its name under `answer`. Keys are only ever added.
//!
//! # Places
//!
//! `from` and `to` are UTF-16 code units of the file **as the page sees it**: without byte-order mark,
//! with `\n` at the end of each line. They count from the start of the whole file, front matter
//! included, and hold for the file with the `hash` that comes with them. `text.slice(from, to)` of
//! the answer to `file` is what they mean.
//!
//! # Saving a text area
//!
//! The page compares the value of a text area with the `text` that the last answer gave for it, and
//! sends the difference as splices: `from` of the box plus the length of the common prefix. The
//! answer has the new `text`, which is the next base for comparing. It may differ from the value in
//! blank lines at the end, which belong to the gap before the next heading; nothing is lost by that.
//! It may also have escapes: words that would make another box get `\` before their signs (`escapes`),
//! which the page does not show.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sitting_draft::KeptSitting;

/// What the page asks.
#[derive(Debug, Deserialize)]
#[serde(tag = "request", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum WriteRequest {
    /// The list of entries, and what to write about next. Answer: `home`.
    Home {},
    /// An entry, to be written in. Answer: `entry`.
    Entry {
        /// Its path.
        path: String,
    },
    /// Replaces words of the body. Answer: `entry`, or `changed` if the file is another by now.
    Splice(SpliceRequest),
    /// Changes what an entry says about itself. Answer: `entry`, or `changed`.
    Change(ChangeRequest),
    /// Writes a new entry, a draft. Answer: `entry`.
    Begin(NewRequest),
    /// Finds codes by everyday words, a code or a part of its statement. Answer: `codes`.
    FindCode {
        /// The words; without any, all codes in order.
        words: String,
    },
    /// The file as it is. Answer: `file`.
    File {
        /// Its path.
        path: String,
    },
    /// Takes back the last change of a file that was made here. Answer: `entry`, or `changed`.
    Undo {
        /// The path of the entry.
        path: String,
        /// The hash of the file.
        hash: String,
    },
    /// Submits an entry if nothing is in the way. Answer: `in-the-way`, `entry`, or `changed`.
    Submit {
        /// The path of the entry.
        path: String,
        /// The hash of the file.
        hash: String,
        /// Whether to submit in spite of what need not be mended first.
        #[serde(default)]
        anyway: bool,
    },
    /// The questions of the reading step about a submitted entry. Answer: `reading`.
    Reading {
        /// The path of the entry.
        path: String,
    },
    /// Looks for the names of those who were in it. They are not kept, and no answer has them. Answer:
    /// `names`.
    FindNames {
        /// The path of the entry.
        path: String,
        /// The names, with commas between them.
        names: String,
    },
    /// Records that everything of `reading` was looked at and identifies nobody. Answer: `entry`, or
    /// `changed`.
    RecordReading(ReadingAnswers),
    /// A picture of an entry, to be looked at. Answer: `look`.
    Look {
        /// The path of the entry.
        path: String,
        /// The picture, as `attachments` of `entry` or `files` of `reading` name it.
        file: String,
    },
    /// Attaches a dropped picture. Answer: `entry`, or `changed`.
    Picture(PictureRequest),
    /// Files a dropped decision file. Answer: `filed`.
    Decisions {
        /// The name of the dropped file.
        dropped: String,
        /// The name of its dropped signature, if it has one.
        #[serde(default)]
        signature: Option<String>,
    },
    /// The settings and the register of consents, as forms. Answer: `settings`.
    Settings {},
    /// Changes one of them. Answer: `settings`, or `changed`.
    SetSettings {
        /// The hash of the file that it is about: `hash` or `consents_hash` of the settings.
        hash: Option<String>,
        /// The change.
        change: SettingsChange,
    },
    /// What would become of dropped documents, as a table. Nothing is written. Answer: `import`.
    Import(ImportRequest),
    /// Makes entries of dropped documents, drafts all. Answer: `import`.
    ImportWrite(ImportRequest),
    /// Makes the portfolio as one page for an audience. Answer: `made`; the host has the bytes.
    HandIn {
        /// `assessor`, `private` or `public`.
        audience: String,
    },
    /// Makes the zip for the assessor, which they open in their own `ksbfolio.html`. Answer: `made`.
    GiveToAssessor {},
    /// What waits for an assessor. Answer: `waiting`.
    Waiting {},
    /// An entry, to be assessed. Answer: `assess`.
    Assess {
        /// Its path.
        path: String,
    },
    /// Keeps the decisions of a sitting in memory, so that a page that is loaded again has them.
    /// Answer: `kept`.
    KeepSitting {
        /// All of them.
        sitting: KeptSitting,
    },
    /// Makes one decision file of the sitting that is kept. Answer: `decided`, or `unfinished`.
    Decide {
        /// Whether to file it in the portfolio as well.
        #[serde(default)]
        file: bool,
    },
    /// Codes without evidence that an entry would nearly cover. Answer: `near`.
    Near {
        /// Its path.
        path: String,
    },
    /// What a new title or file name changes; with `write`, changes it. Answer: `renaming`, or
    /// `changed`.
    Rename(RenameRequest),
    /// What deleting an entry leaves behind; with `write`, deletes it. Answer: `deleting`, or
    /// `changed`.
    Delete(DeleteRequest),
    /// Takes back the last change of the settings, or of the register of consents. Answer: `settings`,
    /// or `changed`.
    UndoSettings {
        /// The hash of the file that it is about.
        hash: String,
        /// Whether that is the register of consents.
        #[serde(default)]
        consents: bool,
    },
    /// Brings back an entry that was deleted in this session. Answer: `entry`.
    Restore {
        /// Its path.
        path: String,
    },
}

impl WriteRequest {
    /// Whether it writes nothing of the learner's, so that an assessor can ask it of a copy.
    pub(super) fn is_for_assessor(&self) -> bool {
        matches!(
            self,
            Self::Home {}
                | Self::FindCode { .. }
                | Self::File { .. }
                | Self::Waiting {}
                | Self::Assess { .. }
                | Self::KeepSitting { .. }
                | Self::Decide { file: false }
        )
    }
}

/// A new entry, as it was typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRequest {
    /// Its title.
    pub title: String,
    /// The day of writing, as `2026-03-14`; by default today.
    #[serde(default)]
    pub date: Option<String>,
    /// The type of evidence, as in `kinds` of `home`; by default a reflection.
    #[serde(default)]
    pub kind: Option<String>,
    /// The id of the reflection model, as in `models` of `home`; by default that of Gibbs.
    #[serde(default)]
    pub model: Option<String>,
    /// Codes that it is to evidence.
    #[serde(default)]
    pub codes: Vec<String>,
}

/// A reading in which everything identifies nobody. The numbers show that nothing was left out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingAnswers {
    /// The path of the entry.
    pub path: String,
    /// The hash of the file that was read.
    pub hash: String,
    /// The reference of the reader; by default the learner's.
    #[serde(default)]
    pub by: Option<String>,
    /// For each of `found`, in its order, the reason why it identifies nobody.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// The number of `words` that were looked at.
    pub words: usize,
    /// The number of `files` on which nobody can be recognised.
    pub files: usize,
}

/// A dropped picture for an entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PictureRequest {
    /// The path of the entry.
    pub path: String,
    /// The hash of the file.
    pub hash: String,
    /// The name of the dropped picture.
    pub dropped: String,
    /// What it shows, for people who cannot see it.
    pub alt: String,
    /// The learner's statement that nobody can be recognised on it.
    #[serde(default)]
    pub shows_nobody: bool,
    /// The reference of the consent for it, if somebody can be recognised.
    #[serde(default)]
    pub consent: Option<String>,
}

/// Words of an entry's body to replace.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpliceRequest {
    /// The path of the entry.
    pub path: String,
    /// The hash of the file that the places are about.
    pub hash: String,
    /// The places, ascending and not overlapping, all about the file before the first of them.
    pub splices: Vec<Splice>,
    /// Whether the browser took words back by itself, as with Ctrl+Z: changes that it has undone are
    /// not undone once more.
    #[serde(default)]
    pub is_undo: bool,
}

/// A change of an entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeRequest {
    /// The path of the entry.
    pub path: String,
    /// The hash of the file that it is about.
    pub hash: String,
    /// The change.
    pub change: EntryChange,
}

/// Words that take the place of others. An empty range inserts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Splice {
    /// Where they begin.
    pub from: usize,
    /// Where what they replace ends.
    pub to: usize,
    /// The words, with `\n` at the end of each line. The file's own line ends are written.
    pub insert: String,
}

/// A change of what an entry says about itself.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum EntryChange {
    /// Sets a field of the form. An empty value clears it.
    Set {
        /// Its name, as in `fields` of the entry.
        field: String,
        /// The value as typed.
        value: String,
    },
    /// Removes a field.
    Clear {
        /// Its name.
        field: String,
    },
    /// Claims a code in front matter, with a reason.
    Claim {
        /// The code.
        code: String,
        /// The reason; none to name the code alone.
        #[serde(default)]
        because: Option<String>,
    },
    /// Removes a code from front matter. Passages stay.
    Unclaim {
        /// The code.
        code: String,
    },
    /// Takes a file off the entry. The file itself stays in the portfolio.
    Detach {
        /// The file, as `attachments` of the entry name it.
        file: String,
    },
    /// Links words of the body to a code.
    Mark {
        /// Where they begin.
        from: usize,
        /// Where they end.
        to: usize,
        /// The code.
        code: String,
    },
    /// Removes a code from the link that these words are in. The words stay.
    Unmark {
        /// Where the passage begins, as in `claims` of the entry.
        from: usize,
        /// Where it ends.
        to: usize,
        /// The code.
        code: String,
    },
    /// Answers a finding: it does not apply to these words, for a reason.
    Answer {
        /// The rule.
        rule: String,
        /// The words that it is about, as the file has them; none for a finding about the whole
        /// entry.
        #[serde(default)]
        words: Option<String>,
        /// The reason.
        reason: String,
    },
    /// Says by which consent a picture may be shown, or that it shows no person; neither takes both
    /// back.
    ClearPicture {
        /// Its place in `attachments` of the entry.
        at: usize,
        /// The reference of the consent.
        #[serde(default)]
        consent: Option<String>,
        /// Whether it shows no person.
        #[serde(default)]
        shows_nobody: bool,
    },
    /// Adds the heading of a stage that the entry does not have yet, with its first words.
    BeginStage {
        /// The id of the stage, as in `stages` of the entry.
        stage: String,
        /// The words.
        text: String,
    },
}

/// Documents to import: Word, OpenDocument, text, Markdown, or a zip of those.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImportRequest {
    /// The names of the dropped files; pictures that belong to them too.
    pub dropped: Vec<String>,
    /// The day of writing of documents that do not say it, by `file` of their row.
    #[serde(default)]
    pub days: BTreeMap<String, String>,
}

/// A change of the settings or of the register of consents.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum SettingsChange {
    /// Sets a field of the form. An empty value clears it.
    Set {
        /// Its name.
        field: String,
        /// The value as typed.
        value: String,
    },
    /// Removes a progress review.
    RemoveReview {
        /// Its place in the file, as in `reviews` of the settings.
        at: usize,
    },
    /// Adds a break in learning.
    AddBreak {
        /// The first day.
        from: String,
        /// The last day; none while the return is not agreed.
        #[serde(default)]
        to: Option<String>,
        /// The reason, without anything that should stay private.
        reason: String,
    },
    /// Sets the last day of a break in learning.
    EndBreak {
        /// Its place in the file, as in `breaks` of the settings.
        at: usize,
        /// The last day.
        to: String,
    },
    /// Removes a break in learning.
    RemoveBreak {
        /// Its place in the file.
        at: usize,
    },
    /// Adds a progress review.
    AddReview {
        /// The day.
        date: String,
        /// Who was there besides the learner, by role: `employer`, `tutor`.
        #[serde(default)]
        with: Vec<String>,
    },
    /// Adds a consent to take and share a picture. About `consents_hash`.
    AddConsent {
        /// Its reference, which attachments name.
        id: String,
        /// The day it was given.
        date: String,
        /// What it may be shared for: `portfolio`, `teaching`, `publication`.
        share: Vec<String>,
        /// The last day on which it is valid.
        #[serde(default)]
        expires: Option<String>,
    },
    /// Notes that a consent was withdrawn. About `consents_hash`.
    WithdrawConsent {
        /// Its reference.
        id: String,
    },
}

/// A new title, a new name of the file, or both.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RenameRequest {
    /// The path of the entry.
    pub path: String,
    /// The hash of the file.
    pub hash: String,
    /// The title; none to keep it.
    #[serde(default)]
    pub title: Option<String>,
    /// The name of the file, in any words; none to keep it.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether to write it. Without, nothing is written.
    #[serde(default)]
    pub write: bool,
}

/// An entry to delete.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeleteRequest {
    /// The path of the entry.
    pub path: String,
    /// The hash of the file.
    pub hash: String,
    /// Whether its pictures and files go too, as far as no other entry uses them.
    #[serde(default)]
    pub with_files: bool,
    /// Whether to delete it. Without, nothing is written.
    #[serde(default)]
    pub write: bool,
}
