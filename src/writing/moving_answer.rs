//! The answers about renaming and deleting an entry, as JSON.

use serde::Serialize;

/// What renaming an entry changes.
#[derive(Debug, Serialize)]
pub(super) struct RenamingAnswer {
    /// Its path.
    pub path: String,
    /// Its path afterwards.
    pub new_path: String,
    /// Its title afterwards.
    pub title: String,
    /// The files that change, itself first.
    pub changes: Vec<FileEffect>,
    /// Sentences about what follows from it.
    pub remarks: Vec<String>,
    /// Whether it is written.
    pub is_written: bool,
}

/// A file, and what happens to it.
#[derive(Debug, Serialize)]
pub(super) struct FileEffect {
    /// Its path.
    pub path: String,
    /// The title of the entry in it.
    pub title: String,
    /// What happens, in words.
    pub what: String,
}

/// What deleting an entry leaves behind.
#[derive(Debug, Serialize)]
pub(super) struct DeletingAnswer {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Other entries that name it. Their links lead nowhere afterwards.
    pub linked_from: Vec<FileEffect>,
    /// Pictures and files that no other entry uses.
    pub files: Vec<String>,
    /// Why it cannot be deleted, as a sentence; none if it can.
    pub why_not: Option<String>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Whether it is deleted.
    pub is_done: bool,
}
