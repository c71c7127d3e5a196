//! The requests of a browser tab and their answers, as JSON.

use std::path::PathBuf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::WithheldEntry;

/// Requests about one portfolio, answered in order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestDocument {
    /// The folder that holds `portfolio/`.
    pub(super) root: PathBuf,
    /// The folder that results are written to.
    pub(super) output: PathBuf,
    /// The day to judge by; by default the portfolio's own day, else today.
    #[serde(default)]
    pub(super) as_of: Option<Date>,
    /// Files and folders below the root that the page wrote or removed since the last document.
    #[serde(default)]
    pub(super) touched: Vec<String>,
    /// The requests.
    pub(super) requests: Vec<Request>,
}

/// One request.
#[derive(Debug, Deserialize)]
#[serde(tag = "request", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Request {
    /// Ids and titles of the standards that the program knows.
    Standards,
    /// A new portfolio in the root.
    Begin {
        /// The learner's name on pages; a pseudonym is enough.
        learner: String,
        /// Ids of standards.
        standards: Vec<String>,
        /// The first day of the programme.
        #[serde(default)]
        start: Option<Date>,
        /// The planned last day.
        #[serde(default)]
        end: Option<Date>,
    },
    /// Whose portfolio it is, and how far it is.
    Portfolio,
    /// All findings.
    Check,
    /// The state of each criterion.
    Coverage,
    /// The site, for an audience.
    Site {
        /// Its word.
        audience: String,
    },
    /// The portfolio as one page, for an audience.
    Pack {
        /// Its word.
        audience: String,
    },
    /// The portfolio in a page with the program.
    PackWithProgram {
        /// The page of the program.
        program: PathBuf,
    },
    /// Makes everything in a page with the program again, and compares.
    Verify {
        /// The page.
        file: PathBuf,
        /// A page with the program that its program is compared with.
        #[serde(default)]
        program: Option<PathBuf>,
    },
    /// What is handed in at the gateway.
    HandIn,
    /// Makes a draft of each document in a folder.
    Import {
        /// The folder.
        folder: PathBuf,
        /// The day for documents that have none.
        #[serde(default)]
        date: Option<Date>,
    },
    /// A request of the write page. Answer: its document.
    Write {
        /// The request, as JSON.
        text: String,
    },
    /// A file that was dropped on the write page. Answer: the document of the write page.
    Drop {
        /// The file.
        file: PathBuf,
        /// The name that it came with.
        name: String,
    },
    /// A file that the write page made.
    Made {
        /// Its name.
        name: String,
    },
}

impl Request {
    /// Whether it changes the portfolio, or makes something of all of it, which a copy for an assessor
    /// does not have.
    pub(super) fn is_for_author(&self) -> bool {
        matches!(
            self,
            Self::PackWithProgram { .. } | Self::HandIn | Self::Import { .. } | Self::Drop { .. }
        )
    }
}

/// The answers to all requests.
#[derive(Debug, Serialize)]
pub(super) struct AnswerDocument {
    /// The version of this format.
    pub(super) version: u32,
    /// The version of the program.
    pub(super) program: &'static str,
    /// An answer for each request; after a refusal that concerns all of them, only that.
    pub(super) answers: Vec<TabAnswer>,
}

/// The answer to one request.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub(super) enum TabAnswer {
    /// The standards.
    Standards {
        /// Them, by id.
        standards: Vec<StandardTitle>,
    },
    /// The new portfolio.
    Begun {
        /// The paths of its files.
        files: Vec<String>,
    },
    /// The portfolio.
    Portfolio {
        /// Its title.
        title: String,
        /// The learner's reference.
        learner: String,
        /// The day it is judged by.
        as_of: String,
        /// Whether that is a fixed day of its settings.
        is_frozen: bool,
        /// The number of entries.
        entries: usize,
        /// The number of criteria that are evidenced or accepted.
        complete: usize,
        /// The number of criteria that count.
        of: usize,
        /// A sentence about standards that are missing.
        problem: Option<String>,
        /// What it says of itself, if it is a copy for an assessor.
        copy: Option<CopyFacts>,
    },
    /// A JSON document of the program: of `check` or `coverage`, byte for byte, or for the write page.
    Document {
        /// The document.
        document: String,
    },
    /// The site.
    Site {
        /// Its folder.
        folder: PathBuf,
        /// Its number of files.
        files: usize,
        /// Sentences about what it does not show.
        remarks: Vec<String>,
        /// The entries that are left out of it.
        withheld: Vec<WithheldEntry>,
    },
    /// The pack.
    Pack {
        /// Its file.
        file: PathBuf,
        /// The entries that are left out of it.
        withheld: Vec<WithheldEntry>,
    },
    /// The page with the program and the portfolio.
    ProgramFile {
        /// Its file.
        file: PathBuf,
        /// The name to save it under.
        name: String,
        /// Sentences about what is left out.
        left_out: Vec<String>,
        /// Sentences about criteria whose state does not follow from the file.
        differences: Vec<String>,
        /// The entries that are left out of it.
        withheld: Vec<WithheldEntry>,
    },
    /// The hand-in.
    HandIn {
        /// The zip.
        file: PathBuf,
        /// Whether something is not met, so that its cover page says that it is a draft.
        is_draft: bool,
        /// Files in its folder that are not part of it.
        foreign: Vec<String>,
        /// The entries that are left out of it.
        withheld: Vec<WithheldEntry>,
    },
    /// What became of documents.
    Imported {
        /// Each file, in order.
        files: Vec<ImportedFile>,
    },
    /// The file that the write page made.
    Made {
        /// The file.
        file: PathBuf,
    },
    /// The request was not carried out.
    Refused {
        /// The message.
        message: String,
        /// The advice.
        help: Option<String>,
    },
}

/// A standard by its title.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct StandardTitle {
    /// Its id.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
}

/// The fate of a document.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct ImportedFile {
    /// Its name.
    pub(super) name: String,
    /// The entry; `None` if nothing was made of it, and the remark says why.
    pub(super) path: Option<String>,
    /// The entry's title.
    pub(super) title: String,
    /// Its day.
    pub(super) date: String,
    /// Whether the day is from the text.
    pub(super) is_dated: bool,
    /// The number of stages with a heading.
    pub(super) stages: usize,
    /// The number of stages of its model.
    pub(super) of_stages: usize,
    /// The number of pictures.
    pub(super) pictures: usize,
    /// The number of words that may identify a person.
    pub(super) identifiers: usize,
    /// The number of comments and hidden passages that are left out.
    pub(super) left_out: u32,
    /// What else there is to know.
    pub(super) remarks: Vec<String>,
}

impl ImportedFile {
    /// A file of which nothing was made.
    pub(super) fn nothing(name: String, why: String) -> Self {
        Self {
            name,
            remarks: vec![why],
            ..Self::default()
        }
    }
}

/// What a copy for an assessor says of itself.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct CopyFacts {
    /// The day on which it was made.
    pub(super) as_of: String,
    /// Sentences about what is left out.
    pub(super) left_out: Vec<String>,
    /// Paths of files that are not as they were when it was made.
    pub(super) changed: Vec<String>,
}
