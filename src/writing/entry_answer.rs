//! The answer about an entry, as JSON.

use serde::Serialize;

/// An entry, to be written in.
#[derive(Debug, Serialize)]
pub(super) struct EntryAnswer {
    /// Its path.
    pub path: String,
    /// The SHA-256 of the file's bytes.
    pub hash: String,
    /// Its id, in a form that may be shown.
    pub id: String,
    /// A sentence if its front matter cannot be read. The form is then closed; the boxes are not.
    pub unread: Option<String>,
    /// A sentence if nothing of it can be written here, because of its encoding.
    pub locked: Option<String>,
    /// How far it is, in words: `Sent back`.
    pub status_title: String,
    /// Codes that were sent back, also while the words are changed: until the next decision.
    pub sent_back: Vec<String>,
    /// Whether it is an example that the portfolio began with: it claims nothing.
    pub is_example: bool,
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
pub(super) struct FormField {
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
pub(super) struct StageBox {
    /// The stage's id; `feelings-2` for a second heading of the same stage.
    pub id: String,
    /// Its title: the heading of the text, or else the name in the model.
    pub title: String,
    /// The first question that helps to write it; may be empty.
    pub question: String,
    /// All of these questions.
    pub prompts: Vec<String>,
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
pub(super) struct OtherText {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The text; of a comment, what is between its signs.
    pub text: String,
    /// Whether no page shows it, because all of it is a comment. No splice within it can end that.
    pub is_comment: bool,
}

/// A claim, once for each of its passages, and once for its code in front matter.
#[derive(Debug, Serialize)]
pub(super) struct ClaimLine {
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
    /// The next step.
    pub next: Option<String>,
    /// Why this entry does not count for it, if it does not.
    pub against: Vec<String>,
}

/// Something that is wrong with an entry.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct FieldFinding {
    /// The rule.
    pub rule: String,
    /// `error`, `warning` or `note`.
    pub level: String,
    /// The message. Identifiers in it are masked.
    pub message: String,
    /// The advice.
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
pub(super) struct FeedbackLine {
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
    /// The part of them that is about the code; empty without a code.
    pub about: String,
    /// Whether it is about the text as it is now.
    pub still_holds: bool,
}

/// A file that an entry attaches or shows.
#[derive(Debug, Serialize)]
pub(super) struct AttachedLine {
    /// Its path from the portfolio's folder, masked.
    pub file: String,
    /// The description for people who cannot see it; may be empty.
    pub alt: String,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether it is there.
    pub is_there: bool,
    /// Its place in `attachments`, from 0, which a change names it by; none if only the text shows it.
    pub at: Option<usize>,
    /// The reference of its consent.
    pub consent: Option<String>,
    /// Whether the learner says that it shows no person.
    pub shows_nobody: bool,
}

/// One of the values of a choice, such as a type of evidence.
#[derive(Debug, Serialize)]
pub(super) struct KindChoice {
    /// Its word, which requests name it by.
    pub id: String,
    /// In words.
    pub title: String,
}

/// An entry by path and title.
#[derive(Debug, Serialize)]
pub(super) struct EntryLink {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
}
