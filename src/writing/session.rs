//! A session of writing: the way from request to answer.

use std::collections::BTreeMap;

use super::answers::WriteAnswer;
use super::dropped::DroppedFiles;
use super::requests::WriteRequest;
use super::state::{Answered, WrittenPortfolio};
use super::{find_code, hand_over, home, import, picture, reading, rewrite, settings, submit};
use crate::engine::{EngineError, OpenOptions, Snapshot};
use crate::store::Touched;
use crate::text::SourcePath;

/// The answer `refused` for an error, as JSON.
#[must_use]
pub fn refusal(error: &EngineError) -> String {
    let help = error.help().filter(|help| !help.is_empty());
    to_json(&WriteAnswer::Refused {
        message: error.to_string(),
        help: help.map(str::to_owned),
    })
}

fn to_json(answer: &WriteAnswer) -> String {
    // Serialising strings and numbers cannot fail.
    serde_json::to_string(answer).unwrap_or_default()
}

/// A portfolio that one person writes in.
pub struct WritingSession {
    portfolio: WrittenPortfolio,
    dropped: DroppedFiles,
    /// Files that were made for the person to keep, by name.
    made: BTreeMap<String, Vec<u8>>,
}

impl WritingSession {
    /// Opens a portfolio on disk.
    ///
    /// # Errors
    /// There is no portfolio, or a file cannot be read.
    pub fn open(options: OpenOptions) -> Result<Self, EngineError> {
        Ok(Self {
            portfolio: WrittenPortfolio::open(options)?,
            dropped: DroppedFiles::default(),
            made: BTreeMap::new(),
        })
    }

    /// Answers a request. The answer is always a JSON document, also to a text that is none.
    #[must_use]
    pub fn answer(&mut self, request: &str) -> String {
        let answered = serde_json::from_str(request)
            .map_err(|error| {
                let message = format!("the request cannot be read: {error}");
                EngineError::refused(message, "load the page again")
            })
            .and_then(|request| self.answer_request(request));
        answered.map_or_else(|error| refusal(&error), |answer| to_json(&answer))
    }

    /// Keeps a dropped file in memory, and answers with the name by which requests name it. The name
    /// that it came with is never a path: an import takes a title from it. Files larger than 32 MB,
    /// or than 128 MB together, are refused.
    #[must_use]
    pub fn receive(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let received = self.dropped.receive(name, bytes);
        received.map_or_else(
            |error| refusal(&error),
            |name| to_json(&WriteAnswer::Received { name }),
        )
    }

    /// A file that was made for the person to keep, by the name of the answer `made`.
    #[must_use]
    pub fn made(&self, name: &str) -> Option<&[u8]> {
        self.made.get(name).map(Vec::as_slice)
    }

    /// Takes in that files may have changed underneath.
    ///
    /// # Errors
    /// A file cannot be read. The next call tries again.
    pub fn refresh(&mut self, touched: Touched) -> Result<(), EngineError> {
        self.portfolio.refresh(touched)
    }

    /// The options that it was opened with.
    #[must_use]
    pub fn options(&self) -> &OpenOptions {
        self.portfolio.options()
    }

    /// The portfolio as it is now.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        self.portfolio.snapshot()
    }

    fn answer_request(&mut self, request: WriteRequest) -> Answered {
        let portfolio = &mut self.portfolio;
        match request {
            WriteRequest::Home {} => {
                let findings = portfolio.check();
                Ok(home::describe_home(portfolio.snapshot(), &findings))
            }
            WriteRequest::Entry { path } => portfolio.open_entry(&SourcePath::new(&path)),
            WriteRequest::Splice(request) => rewrite::splice(portfolio, &request),
            WriteRequest::Change(request) => rewrite::change(portfolio, &request),
            WriteRequest::Begin(request) => rewrite::begin(portfolio, &request),
            WriteRequest::FindCode { words } => {
                Ok(find_code::find_codes(portfolio.snapshot(), &words))
            }
            WriteRequest::File { path } => portfolio.show_file(&SourcePath::new(&path)),
            WriteRequest::Undo { path, hash } => portfolio.undo(&SourcePath::new(&path), &hash),
            WriteRequest::Submit { path, hash, anyway } => {
                submit::submit(portfolio, &SourcePath::new(&path), &hash, anyway)
            }
            WriteRequest::Reading { path } => {
                reading::ask_questions(portfolio, &SourcePath::new(&path))
            }
            WriteRequest::FindNames { path, names } => {
                reading::find_names(portfolio, &SourcePath::new(&path), &names)
            }
            WriteRequest::RecordReading(record) => reading::record(portfolio, &record),
            WriteRequest::Look { path, file } => picture::look_at(portfolio, &path, &file),
            WriteRequest::Picture(request) => {
                picture::attach_picture(portfolio, &self.dropped, &request)
            }
            WriteRequest::Decisions { dropped, signature } => {
                let signature = signature.as_deref();
                hand_over::file_decisions(portfolio, &self.dropped, &dropped, signature)
            }
            WriteRequest::Settings {} => settings::describe(portfolio),
            WriteRequest::SetSettings { hash, change } => {
                settings::change(portfolio, hash.as_deref(), &change)
            }
            WriteRequest::Import(request) => {
                import::import_dropped(portfolio, &self.dropped, &request, false)
            }
            WriteRequest::ImportWrite(request) => {
                import::import_dropped(portfolio, &self.dropped, &request, true)
            }
            WriteRequest::HandIn { audience } => {
                let (name, bytes, withheld) =
                    hand_over::make_pack(portfolio.snapshot(), &audience)?;
                let size = bytes.len();
                self.made.clear();
                self.made.insert(name.clone(), bytes);
                Ok(WriteAnswer::Made {
                    name,
                    size,
                    withheld,
                })
            }
            WriteRequest::Waiting {} => Ok(hand_over::list_waiting(portfolio.snapshot())),
        }
    }
}
