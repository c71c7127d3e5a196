//! The answer about the settings and the register of consents, as JSON.

use serde::Serialize;

use super::entry_answer::FormField;

/// The settings and the register of consents.
#[derive(Debug, Serialize)]
pub(super) struct SettingsAnswer {
    /// The hash of `portfolio.yaml`.
    pub hash: String,
    /// A sentence if the settings cannot be read.
    pub problem: Option<String>,
    /// The fields of the form.
    pub fields: Vec<FormField>,
    /// The standards and awards. They are shown, and not changed here.
    pub standards: Vec<StandardLine>,
    /// A sentence on the hours recorded so far.
    pub hours: String,
    /// The progress reviews held, latest first.
    pub reviews: Vec<ReviewLine>,
    /// Breaks in learning, latest first.
    pub breaks: Vec<BreakLine>,
    /// The consents.
    pub consents: Vec<ConsentLine>,
    /// The hash of `consents.yaml`; none if there is no such file yet.
    pub consents_hash: Option<String>,
    /// The number of changes of the settings that can be taken back.
    pub undo: usize,
    /// The number of changes of the register that can be taken back.
    pub consents_undo: usize,
    /// Findings about what these forms show.
    pub findings: Vec<SettingsFinding>,
}

/// A standard or an award.
#[derive(Debug, Serialize)]
pub(super) struct StandardLine {
    /// Its title, with its reference.
    pub title: String,
    /// The awarding body's version; none if its source does not give it.
    pub version: Option<String>,
    /// The number of its criteria.
    pub codes: usize,
}

/// A progress review.
#[derive(Debug, Serialize)]
pub(super) struct ReviewLine {
    /// Its place in the file, from 0.
    pub at: usize,
    /// The day as the file has it.
    pub date: String,
    /// Who was there.
    pub with: Vec<String>,
}

/// A break in learning.
#[derive(Debug, Serialize)]
pub(super) struct BreakLine {
    /// Its place in the file, from 0.
    pub at: usize,
    /// The first day as the file has it.
    pub from: String,
    /// The last day; none while the return is not agreed.
    pub to: Option<String>,
    /// The reason.
    pub reason: String,
}

/// A consent.
#[derive(Debug, Serialize)]
pub(super) struct ConsentLine {
    /// Its reference.
    pub id: String,
    /// The day it was given.
    pub date: Option<String>,
    /// What it may be shared for.
    pub share: Vec<String>,
    /// The last day on which it is valid.
    pub expires: Option<String>,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
    /// Whether that day is over.
    pub is_expired: bool,
}

/// A finding about the settings.
#[derive(Debug, Serialize)]
pub(super) struct SettingsFinding {
    /// The field that it is shown under; or `reviews`, `breaks` or `consents`.
    pub field: String,
    /// `error`, `warning` or `note`.
    pub level: String,
    /// The message.
    pub message: String,
    /// The advice.
    pub help: Option<String>,
}
