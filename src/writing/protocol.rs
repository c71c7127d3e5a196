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

use serde::{Deserialize, Serialize};

/// What the page asks.
#[derive(Debug, Deserialize)]
#[serde(tag = "request", rename_all = "kebab-case", deny_unknown_fields)]
pub enum WriteRequest {
    /// The list of entries, and what to write about next. Answer: `home`.
    Home {},
    /// An entry, to be written in. Answer: `entry`.
    Entry {
        /// Its path.
        path: String,
    },
    /// Replaces words of the body. Answer: `entry`, or `changed` if the file is another by now.
    Splice {
        /// The path of the entry.
        path: String,
        /// The hash of the file that the places are about.
        hash: String,
        /// The places, ascending and not overlapping, all about the file before the first of them.
        splices: Vec<Splice>,
    },
    /// Changes what an entry says about itself. Answer: `entry`, or `changed`.
    Change {
        /// The path of the entry.
        path: String,
        /// The hash of the file that it is about.
        hash: String,
        /// The change.
        change: EntryChange,
    },
    /// Writes a new entry, a draft. Answer: `entry`.
    Begin {
        /// Its title.
        title: String,
        /// The day of writing, as `2026-03-14`; by default today.
        #[serde(default)]
        date: Option<String>,
        /// The type of evidence, as in `kinds` of `home`; by default a reflection.
        #[serde(default)]
        kind: Option<String>,
        /// The id of the reflection model, as in `models` of `home`; by default the first.
        #[serde(default)]
        model: Option<String>,
        /// Codes that it is to evidence.
        #[serde(default)]
        codes: Vec<String>,
    },
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
    /// Takes back the last change of a file that was made here, also its removal. Answer: `entry`, or
    /// `changed`.
    Undo {
        /// The path of the entry.
        path: String,
        /// The hash of the file; none if it was removed.
        #[serde(default)]
        hash: Option<String>,
    },
    /// Submits an entry if nothing is in the way. Answer: `in-the-way`, `entry`, or `changed`.
    Submit {
        /// The path of the entry.
        path: String,
        /// The hash of the file.
        hash: String,
    },
}

/// Words that take the place of others. An empty range inserts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Splice {
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
pub enum EntryChange {
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
    /// Adds the heading of a stage that the entry does not have yet, with its first words.
    BeginStage {
        /// The id of the stage, as in `stages` of the entry.
        stage: String,
        /// The words.
        text: String,
    },
}

/// The answer to one request.
#[derive(Debug, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum WriteAnswer {
    /// The list of entries.
    Home(Box<HomeAnswer>),
    /// An entry.
    Entry(Box<EntryAnswer>),
    /// The file is not the one that the request was about: an editor or a sync changed it. Nothing
    /// was written.
    Changed {
        /// Its path.
        path: String,
        /// The whole file as the request would have made it, with `\n`. The same as `theirs` if the
        /// file that the request was about is not known any more.
        mine: String,
        /// The whole file as it is now, with `\n`.
        theirs: String,
        /// The hash of the file as it is now; none if it is no longer there.
        hash: Option<String>,
    },
    /// Codes that were found.
    Codes {
        /// The best first.
        codes: Vec<FoundCode>,
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
    /// The request was not carried out. Nothing was written.
    Refused {
        /// What is wrong, without a full stop.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

/// The list of entries, and what to write about next.
#[derive(Debug, Serialize)]
pub struct HomeAnswer {
    /// The title of the portfolio.
    pub title: String,
    /// The learner's reference.
    pub learner: String,
    /// The day by which it is judged.
    pub as_of: String,
    /// A sentence if settings or standards cannot be read in full.
    pub problem: Option<String>,
    /// Entries, newest first.
    pub entries: Vec<ListedEntry>,
    /// How far each standard is.
    pub standards: Vec<StandardProgress>,
    /// At most five codes to write about.
    pub next: Vec<NextCode>,
    /// Entries that would nearly cover a code.
    pub near: Vec<NearMiss>,
    /// A sentence on the pace.
    pub pace: Option<String>,
    /// Types of evidence for a new entry.
    pub kinds: Vec<KindChoice>,
    /// Reflection models for a new entry.
    pub models: Vec<OfferedModel>,
}

/// An entry in a list.
#[derive(Debug, Serialize)]
pub struct ListedEntry {
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
}

/// How far a standard is.
#[derive(Debug, Serialize)]
pub struct StandardProgress {
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
pub struct StateCount {
    /// The state: `gap`, `drafted`, `thin`, `evidenced`, `accepted`.
    pub state: String,
    /// The state in words: `no evidence`.
    pub title: String,
    /// The number.
    pub count: usize,
}

/// A code to write about.
#[derive(Debug, Serialize)]
pub struct NextCode {
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
    /// What would lift it.
    pub next: Option<String>,
    /// Questions that help to find evidence.
    pub prompts: Vec<String>,
    /// An entry that is nearly evidence for it.
    pub nearest: Option<EntryLink>,
}

/// An entry by path and title.
#[derive(Debug, Serialize)]
pub struct EntryLink {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// An entry that would nearly cover a code.
#[derive(Debug, Serialize)]
pub struct NearMiss {
    /// The entry.
    pub entry: EntryLink,
    /// The code.
    pub code: String,
    /// A sentence: what is missing.
    pub sentence: String,
}

/// A type of evidence.
#[derive(Debug, Serialize)]
pub struct KindChoice {
    /// Its word, which requests name it by.
    pub id: String,
    /// In words.
    pub title: String,
}

/// A reflection model.
#[derive(Debug, Serialize)]
pub struct OfferedModel {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its stages in order.
    pub stages: Vec<StageChoice>,
}

/// A stage of a reflection model.
#[derive(Debug, Serialize)]
pub struct StageChoice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The question that helps to write it; may be empty.
    pub question: String,
}

/// An entry, to be written in.
#[derive(Debug, Serialize)]
pub struct EntryAnswer {
    /// Its path.
    pub path: String,
    /// The SHA-256 of the file's bytes.
    pub hash: String,
    /// Its id, in a form that may be shown.
    pub id: String,
    /// A sentence if its front matter cannot be read. The form is then closed; the boxes are not.
    pub unread: Option<String>,
    /// The fields of the form, in order, also those that the file does not have.
    pub fields: Vec<FormField>,
    /// The id of the reflection model, if it has one.
    pub model: Option<String>,
    /// The boxes of its stages, in the order of the text; those that it does not have are where the
    /// model has them.
    pub stages: Vec<StageBox>,
    /// Text that belongs to no stage, in order. Its place is never moved.
    pub other: Vec<OtherText>,
    /// Its claims, by code, passages first.
    pub claims: Vec<ClaimLine>,
    /// What is wrong with it, the worst first.
    pub findings: Vec<FieldFinding>,
    /// What assessors said about it, newest first.
    pub feedback: Vec<FeedbackLine>,
    /// Its pictures and other files.
    pub attachments: Vec<AttachedLine>,
    /// The number of changes that can be taken back.
    pub undo: usize,
    /// The number of its words.
    pub words: usize,
}

/// A field of the form.
#[derive(Debug, Serialize)]
pub struct FormField {
    /// Its name, which `change` sets it by: `title`.
    pub name: String,
    /// Its label: `Title`.
    pub label: String,
    /// What it means, in a sentence; may be empty.
    pub hint: String,
    /// How it is filled in: `text`, `date`, `number`, `yes-no` or `choice`.
    pub shape: String,
    /// The value as the file has it; empty if it has none, or one that the form cannot show.
    pub value: String,
    /// Whether the file has the field.
    pub is_set: bool,
    /// Whether the value is a list or a table, which the form cannot show.
    pub is_closed: bool,
    /// What holds without a value: `assessor`; may be empty.
    pub default: String,
    /// The values of a `choice`.
    pub choices: Vec<KindChoice>,
}

/// The box of a stage.
#[derive(Debug, Serialize)]
pub struct StageBox {
    /// The stage's id; `feelings-2` for a second heading of the same stage.
    pub id: String,
    /// Its title: the heading of the text, or else the name in the model.
    pub title: String,
    /// The question that helps to write it; may be empty.
    pub question: String,
    /// Where its text begins: behind the heading, the blank line and a comment with questions.
    pub from: usize,
    /// Where its text ends: before the blank line in front of the next heading.
    pub to: usize,
    /// Its text.
    pub text: String,
    /// The number of its words.
    pub words: usize,
    /// Whether the entry has no such heading. Its first words go to `begin-stage`, not to `splice`.
    pub is_missing: bool,
    /// The id of the box that has its text, if one heading means several stages.
    pub shares: Option<String>,
}

/// Text that belongs to no stage.
#[derive(Debug, Serialize)]
pub struct OtherText {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The text.
    pub text: String,
    /// Whether no page shows it, because all of it is a comment.
    pub is_comment: bool,
}

/// A claim, once for each of its passages, and once for its code in front matter.
#[derive(Debug, Serialize)]
pub struct ClaimLine {
    /// The code, unambiguous in this portfolio.
    pub code: String,
    /// Its statement; none if its source does not give it.
    pub statement: Option<String>,
    /// The title of its standard.
    pub standard: String,
    /// `passage`: words of the body; `reason`: a reason in front matter; `code`: a code alone.
    pub how: String,
    /// Where the passage begins, brackets and code included; none for the others.
    pub from: Option<usize>,
    /// Where the passage ends.
    pub to: Option<usize>,
    /// The words of the passage or the reason; empty for a code alone.
    pub words: String,
    /// The state of the code in the whole portfolio.
    pub state: String,
    /// The state in words.
    pub state_title: String,
    /// Why it is in that state.
    pub why: String,
    /// What would lift it.
    pub next: Option<String>,
    /// Why this entry does not count for it, if it does not.
    pub against: Vec<String>,
}

/// Something that is wrong with an entry.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FieldFinding {
    /// The rule.
    pub rule: String,
    /// `error`, `warning` or `note`.
    pub level: String,
    /// What is wrong. Identifiers in it are masked.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where it is: a field (`title`), a box (`stage:feelings`), `other`, `claims`, or `entry`.
    pub field: String,
    /// Where the words begin; none for a finding about the whole entry.
    pub from: Option<usize>,
    /// Where they end.
    pub to: Option<usize>,
    /// Whether `answer` can say that it does not apply.
    pub can_answer: bool,
}

/// What an assessor said about a claim, or about the entry.
#[derive(Debug, Serialize)]
pub struct FeedbackLine {
    /// The code; none for feedback without a verdict.
    pub code: Option<String>,
    /// `accepted`, `partly` or `referred`; none for a comment.
    pub verdict: Option<String>,
    /// Who, by reference.
    pub by: String,
    /// Their role, in words.
    pub role: String,
    /// The day.
    pub on: String,
    /// The words, as Markdown; the same for all codes of one decision.
    pub text: String,
    /// Whether it is about the text as it is now.
    pub still_holds: bool,
}

/// A file that an entry attaches or shows.
#[derive(Debug, Serialize)]
pub struct AttachedLine {
    /// Its path from the portfolio's folder, masked.
    pub file: String,
    /// The description for people who cannot see it; may be empty.
    pub alt: String,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether it is there.
    pub is_there: bool,
}

/// A code that was found.
#[derive(Debug, Serialize)]
pub struct FoundCode {
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

/// Something that keeps an entry from being submitted, or that is worth a look before.
#[derive(Debug, Serialize)]
pub struct Obstacle {
    /// `confidentiality`, `consent`, `identifier`, `empty-stage`, `no-codes`, `no-date` or `finding`.
    pub what: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where it is, as in a finding.
    pub field: String,
    /// Where the words begin.
    pub from: Option<usize>,
    /// Where they end.
    pub to: Option<usize>,
}
