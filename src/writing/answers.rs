//! The answers of the write page, as JSON. `requests` says what their places mean.

use serde::Serialize;

use super::assess_answer::{AssessAnswer, SittingFault, ToChange, WaitingAnswer};
use super::entry_answer::{EntryAnswer, EntryLink, KindChoice};
use super::moving_answer::{DeletingAnswer, RenamingAnswer};
use super::settings_answer::SettingsAnswer;
use crate::engine::WithheldEntry;

/// The answer to one request.
#[derive(Debug, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub(super) enum WriteAnswer {
    /// The list of entries.
    Home(Box<HomeAnswer>),
    /// An entry.
    Entry(Box<EntryAnswer>),
    /// The file is not the one that the request was about: an editor or a sync changed it. Nothing
    /// was written.
    Changed {
        /// Its path.
        path: String,
        /// The hash of the file as it is now; none if it is no longer there.
        hash: Option<String>,
    },
    /// Codes that were found.
    Codes {
        /// The best first.
        codes: Vec<FoundCode>,
        /// If none was found, all codes by group, to look through.
        groups: Vec<CodeGroup>,
    },
    /// A file.
    File {
        /// Its path.
        path: String,
        /// Its text without byte-order mark, with `\n`.
        text: String,
        /// The SHA-256 of its bytes.
        hash: String,
    },
    /// What keeps an entry from being submitted.
    InTheWay {
        /// One item for each thing.
        items: Vec<Obstacle>,
    },
    /// The questions of the reading step. Each is answered with nobody, hide or later; nothing is
    /// recorded until all are answered with nobody.
    Reading {
        /// The path of the entry.
        path: String,
        /// The hash of the file that the places are about.
        hash: String,
        /// What the search found.
        found: Vec<FoundQuestion>,
        /// Capitalised words, numbers and dates that no dictionary has.
        words: Vec<WordsQuestion>,
        /// Pictures and other files.
        files: Vec<ReadFile>,
    },
    /// Where names are.
    Names {
        /// The hash of the file that the places are about.
        hash: String,
        /// The names as they were typed.
        exact: Vec<PagePlace>,
        /// The names but for one letter.
        one_letter_off: Vec<PagePlace>,
        /// Indices of `files` of `reading` that have a name in their name.
        files: Vec<usize>,
    },
    /// A decision file was filed.
    Filed {
        /// Where it is.
        path: String,
        /// Whether it was filed before, so that nothing was written.
        is_known: bool,
        /// The entries that it is about.
        entries: Vec<DecidedEntry>,
        /// The changes of state, a line each.
        changes: String,
        /// Remarks that did not keep it from being filed.
        remarks: Vec<String>,
    },
    /// The settings and the register of consents.
    Settings(Box<SettingsAnswer>),
    /// What becomes of dropped documents, or what became of them.
    Import {
        /// A row for each document.
        rows: Vec<ImportRow>,
        /// Whether the entries are written.
        is_written: bool,
    },
    /// A file was made for the person to keep. The host has it under this name until the next one.
    Made {
        /// Its name.
        name: String,
        /// Its size in bytes.
        size: usize,
        /// The entries that are left out of it.
        withheld: Vec<WithheldEntry>,
        /// What is new in it for the assessor since the last decision, a line for each entry.
        news: Vec<String>,
    },
    /// Codes without evidence that an entry would nearly cover.
    Near {
        /// The nearest few.
        codes: Vec<NearCode>,
        /// For a draft: the state of each code that it claims, once it is submitted.
        submitted: Vec<ExpectedState>,
    },
    /// A picture, without its metadata.
    Look {
        /// `image/jpeg` or `image/png`.
        r#type: &'static str,
        /// Its bytes.
        base64: String,
    },
    /// Entries that wait for an assessor, the most urgent first.
    Waiting(Box<WaitingAnswer>),
    /// An entry, to be assessed.
    Assess(Box<AssessAnswer>),
    /// The decisions of a sitting are kept in memory.
    Kept {
        /// What is wrong or missing before they can be saved.
        faults: Vec<SittingFault>,
    },
    /// The decisions of a sitting cannot be saved yet.
    Unfinished {
        /// What is wrong or missing.
        faults: Vec<SittingFault>,
    },
    /// A decision file was made of a sitting; the host has it under its name until the next file.
    Decided {
        /// Its name.
        name: String,
        /// Its path, if it was filed.
        path: Option<String>,
        /// The changes of state, a line each.
        changes: String,
        /// Remarks that did not keep it from being made.
        remarks: Vec<String>,
        /// The command that signs it.
        sign: String,
    },
    /// What renaming an entry changes, or changed.
    Renaming(Box<RenamingAnswer>),
    /// What deleting an entry leaves behind, or left.
    Deleting(Box<DeletingAnswer>),
    /// A dropped file is here.
    Received {
        /// The name by which requests name it.
        name: String,
    },
    /// The request was not carried out. Nothing was written.
    Refused {
        /// The message, without a full stop.
        message: String,
        /// The advice.
        help: Option<String>,
        /// The field of a form that it is about, if it is about one.
        #[serde(skip_serializing_if = "Option::is_none")]
        field: Option<String>,
    },
}

/// The list of entries, and what to write about next.
#[derive(Debug, Serialize)]
pub(super) struct HomeAnswer {
    /// The title of the portfolio.
    pub title: String,
    /// The learner's reference.
    pub learner: String,
    /// The day by which it is judged.
    pub as_of: String,
    /// Whether it is a copy for an assessor, in which nothing is written.
    pub is_copy: bool,
    /// A sentence if settings or standards cannot be read in full.
    pub problem: Option<String>,
    /// Entries, newest first.
    pub entries: Vec<ListedEntry>,
    /// How far each standard is.
    pub standards: Vec<StandardProgress>,
    /// Claims that were sent back and wait for the learner.
    pub to_change: Vec<ToChange>,
    /// At most five codes to write about.
    pub next: Vec<NextCode>,
    /// Entries that would nearly cover a code.
    pub near: Vec<NearMiss>,
    /// A sentence on the pace.
    pub pace: Option<String>,
    /// A sentence on the day by which everything has evidence at this pace, or on why none is given.
    pub forecast: Option<String>,
    /// Whether the settings can be read, and have no first day of the programme.
    pub lacks_start: bool,
    /// Types of evidence for a new entry.
    pub kinds: Vec<KindChoice>,
    /// Reflection models for a new entry.
    pub models: Vec<OfferedModel>,
    /// Entries that were deleted in this session and can be brought back, newest first.
    pub deleted: Vec<EntryLink>,
}

/// An entry in a list.
#[derive(Debug, Serialize)]
pub(super) struct ListedEntry {
    /// Its path, which requests name it by.
    pub path: String,
    /// Its id.
    pub id: String,
    /// Its title, in a form that may be shown.
    pub title: String,
    /// The day of writing.
    pub date: Option<String>,
    /// The type of evidence, in words: `reflection`.
    pub kind: String,
    /// `draft` or `submitted`.
    pub status: String,
    /// How far it is, in words: `Sent back`.
    pub status_title: String,
    /// Who may see it: `public`, `assessor` or `private`.
    pub visibility: String,
    /// The number of its words.
    pub words: usize,
    /// Codes that it claims.
    pub codes: Vec<String>,
    /// The number of findings that are errors.
    pub errors: usize,
    /// The number of findings that are warnings.
    pub warnings: usize,
    /// The number of findings that are notes.
    pub notes: usize,
    /// Whether an assessor sent something back and it is not settled.
    pub is_referred: bool,
    /// Whether its front matter cannot be read.
    pub is_unread: bool,
    /// Whether it is an example that the portfolio began with: it claims nothing.
    pub is_example: bool,
}

/// How far a standard is.
#[derive(Debug, Serialize)]
pub(super) struct StandardProgress {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Criteria that are evidenced or accepted.
    pub complete: usize,
    /// Criteria that count.
    pub of: usize,
    /// The number of criteria in each state, worst first.
    pub states: Vec<StateCount>,
}

/// The number of criteria in a state.
#[derive(Debug, Serialize)]
pub(super) struct StateCount {
    /// The state: `gap`, `drafted`, `thin`, `evidenced`, `accepted`.
    pub state: String,
    /// The state in words: `no evidence`.
    pub title: String,
    /// The number.
    pub count: usize,
}

/// A code to write about.
#[derive(Debug, Serialize)]
pub(super) struct NextCode {
    /// The code, unambiguous in this portfolio: `K7` or `st0215:K7`.
    pub code: String,
    /// Its statement; none if its source does not give it.
    pub statement: Option<String>,
    /// The id of its standard.
    pub standard: String,
    /// Its state.
    pub state: String,
    /// The state in words.
    pub state_title: String,
    /// Why it is in that state.
    pub why: String,
    /// The next step.
    pub next: Option<String>,
    /// Questions that help to find evidence.
    pub prompts: Vec<String>,
    /// An entry that is nearly evidence for it.
    pub nearest: Option<EntryLink>,
}

/// An entry that would nearly cover a code.
#[derive(Debug, Serialize)]
pub(super) struct NearMiss {
    /// The entry.
    pub entry: EntryLink,
    /// The code.
    pub code: String,
    /// A sentence: what is missing.
    pub sentence: String,
}

/// A code without evidence that an entry would nearly cover.
#[derive(Debug, Serialize)]
pub(super) struct NearCode {
    /// The code.
    pub code: String,
    /// Its statement; none if its source does not give it.
    pub statement: Option<String>,
}

/// The state that a code would have.
#[derive(Debug, Serialize)]
pub(super) struct ExpectedState {
    /// The code.
    pub code: String,
    /// The state.
    pub state: String,
    /// The state in words.
    pub state_title: String,
    /// What would still be missing.
    pub next: Option<String>,
}

/// A reflection model.
#[derive(Debug, Serialize)]
pub(super) struct OfferedModel {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its stages in order.
    pub stages: Vec<StageChoice>,
}

/// A stage of a reflection model.
#[derive(Debug, Serialize)]
pub(super) struct StageChoice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first question that helps to write it; may be empty.
    pub question: String,
    /// All of these questions.
    pub prompts: Vec<String>,
}

/// A code that was found.
#[derive(Debug, Serialize)]
pub(super) struct FoundCode {
    /// The code, unambiguous in this portfolio.
    pub code: String,
    /// Its statement; none if its source does not give it.
    pub statement: Option<String>,
    /// The title of its standard.
    pub standard: String,
    /// Its state.
    pub state: String,
    /// The state in words.
    pub state_title: String,
    /// The everyday word that it was found by, if its statement does not have it.
    pub found_by: Option<String>,
}

/// An entry that a decision file is about.
#[derive(Debug, Serialize)]
pub(super) struct DecidedEntry {
    /// The entry.
    pub entry: EntryLink,
    /// Its codes with the verdicts; empty for a comment.
    pub codes: Vec<DecidedCode>,
}

/// A verdict on a code.
#[derive(Debug, Serialize)]
pub(super) struct DecidedCode {
    /// The code.
    pub code: String,
    /// `accepted`, `partly` or `referred`.
    pub verdict: String,
}

/// The codes of a duty, an outcome or a unit.
#[derive(Debug, Serialize)]
pub(super) struct CodeGroup {
    /// Its code and text.
    pub title: String,
    /// Its codes, in order.
    pub codes: Vec<FoundCode>,
}

/// Something that keeps an entry from being submitted, or that is worth a look before.
#[derive(Debug, Serialize)]
pub(super) struct Obstacle {
    /// `confidentiality`, `consent`, `identifier`, `empty-stage`, `no-words`, `no-codes`, `no-date`,
    /// `unread` or `finding`.
    pub what: String,
    /// Whether it has to be mended first; if not, `anyway` submits the entry all the same.
    pub must: bool,
    /// The message, as a sentence.
    pub message: String,
    /// The advice.
    pub help: Option<String>,
    /// Where it is, as in a finding.
    pub field: String,
    /// Where the words begin.
    pub from: Option<usize>,
    /// Where they end.
    pub to: Option<usize>,
}

/// A place in the file.
#[derive(Debug, Serialize)]
pub(super) struct PagePlace {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// Something that the search found.
#[derive(Debug, Serialize)]
pub(super) struct FoundQuestion {
    /// The rule.
    pub rule: String,
    /// `certain` or `likely`.
    pub confidence: String,
    /// The words around it, masked.
    pub context: String,
    /// Where it is.
    pub places: Vec<PagePlace>,
}

/// Words to look at.
#[derive(Debug, Serialize)]
pub(super) struct WordsQuestion {
    /// The words.
    pub words: String,
    /// The words around them, with identifiers masked.
    pub context: String,
    /// Where they are.
    pub places: Vec<PagePlace>,
}

/// A file to look at.
#[derive(Debug, Serialize)]
pub(super) struct ReadFile {
    /// Its path, masked.
    pub file: String,
    /// Whether it is a picture.
    pub is_picture: bool,
}

/// The fate of a document.
#[derive(Debug, Default, Serialize)]
pub(super) struct ImportRow {
    /// The name of the file, masked.
    pub file: String,
    /// The path of the entry; also that of an earlier import.
    pub path: Option<String>,
    /// Why no entry is made of it, without a full stop; none for most.
    pub why_not: Option<String>,
    /// Whether a day has to be given first.
    pub needs_day: bool,
    /// The title of the entry.
    pub title: Option<String>,
    /// Its day.
    pub day: Option<String>,
    /// Whether the text says that day; if not, the properties of the file do, or the person did.
    pub is_day_from_text: bool,
    /// Names of stages that have a heading.
    pub stages: Vec<String>,
    /// Names of stages without one.
    pub missing_stages: Vec<String>,
    /// Codes in the text. None is claimed.
    pub codes: Vec<String>,
    /// The number of pictures and other files.
    pub pictures: usize,
    /// The number of identifiers that were found.
    pub identifiers: usize,
}
