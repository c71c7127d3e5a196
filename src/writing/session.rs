//! A session of writing: the way from request to answer.

use std::collections::BTreeMap;

use super::answers::WriteAnswer;
use super::deleted::DeletedEntries;
use super::dropped::DroppedFiles;
use super::hand_over::MadeFile;
use super::page_words::refused_in_page_words;
use super::requests::{ImportRequest, PictureRequest, WriteRequest};
use super::sitting::{self, SittingOutcome};
use super::sitting_draft::KeptSitting;
use super::state::{Answered, WrittenPortfolio};
use super::{
    assess, delete, find_code, hand_over, home, import, near, picture, reading, rename, rewrite,
    settings, submit, waiting,
};
use crate::engine::{EngineError, OpenOptions, Snapshot};
use crate::store::Touched;
use crate::text::SourcePath;

/// The answer `refused` for an error, as JSON.
#[must_use]
pub fn refusal(error: &EngineError) -> String {
    to_json(&refused_in_page_words(error, None))
}

fn to_json(answer: &WriteAnswer) -> String {
    // Serialising strings and numbers cannot fail.
    serde_json::to_string(answer).unwrap_or_default()
}

/// A portfolio that one person writes in.
pub struct WritingSession {
    portfolio: WrittenPortfolio,
    dropped: DroppedFiles,
    deleted: DeletedEntries,
    /// Files that were made for the person to keep, by name.
    made: BTreeMap<String, Vec<u8>>,
    /// The decisions of an assessor that are not saved.
    sitting: KeptSitting,
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
            deleted: DeletedEntries::default(),
            made: BTreeMap::new(),
            sitting: KeptSitting::default(),
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
    /// that it came with is never a path: an import takes a title from it. Files larger than 32 MB
    /// are refused. A file goes once it was used, and the oldest if all are larger than 128 MB.
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
        self.refuse_in_copy(&request)?;
        let portfolio = &mut self.portfolio;
        match request {
            WriteRequest::Home {} => Ok(self.describe_home()),
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
            WriteRequest::Picture(request) => self.attach(&request),
            WriteRequest::Decisions { dropped, signature } => {
                self.file_decisions(&dropped, signature.as_deref())
            }
            WriteRequest::Settings {} => settings::describe(portfolio),
            WriteRequest::SetSettings { hash, change } => {
                settings::change(portfolio, hash.as_deref(), &change)
            }
            WriteRequest::Import(request) => self.import(&request, false),
            WriteRequest::ImportWrite(request) => self.import(&request, true),
            WriteRequest::HandIn { audience } => {
                Ok(self.keep_made(hand_over::make_pack(self.snapshot(), &audience)?))
            }
            WriteRequest::Waiting {} => {
                Ok(waiting::list_waiting(portfolio.snapshot(), &self.sitting))
            }
            WriteRequest::Assess { path } => self.assess(&SourcePath::new(&path)),
            WriteRequest::KeepSitting { sitting } => Ok(self.keep_sitting(sitting)),
            WriteRequest::Decide { file } => self.decide(file),
            WriteRequest::GiveToAssessor {} => {
                Ok(self.keep_made(hand_over::make_zip(self.snapshot())?))
            }
            WriteRequest::Near { path } => self.find_near(&SourcePath::new(&path)),
            WriteRequest::UndoSettings { hash, consents } => {
                settings::undo(portfolio, consents, &hash)
            }
            WriteRequest::Rename(request) => rename::rename(portfolio, &request),
            WriteRequest::Delete(request) => delete::delete(portfolio, &mut self.deleted, &request),
            WriteRequest::Restore { path } => self.restore(&SourcePath::new(&path)),
        }
    }

    fn attach(&mut self, request: &PictureRequest) -> Answered {
        let answer = picture::attach_picture(&mut self.portfolio, &self.dropped, request)?;
        if matches!(answer, WriteAnswer::Entry(_)) {
            self.dropped.release([&*request.dropped]);
        }
        Ok(answer)
    }

    fn file_decisions(&mut self, dropped: &str, signature: Option<&str>) -> Answered {
        let portfolio = &mut self.portfolio;
        let filed = hand_over::file_decisions(portfolio, &self.dropped, dropped, signature)?;
        self.dropped
            .release(std::iter::once(dropped).chain(signature));
        Ok(filed)
    }

    fn restore(&mut self, path: &SourcePath) -> Answered {
        delete::restore(&mut self.portfolio, &mut self.deleted, path)
    }

    fn import(&mut self, request: &ImportRequest, writes: bool) -> Answered {
        let answer = import::import_dropped(&mut self.portfolio, &self.dropped, request, writes)?;
        if writes {
            self.dropped
                .release(request.dropped.iter().map(String::as_str));
        }
        Ok(answer)
    }

    fn describe_home(&mut self) -> WriteAnswer {
        let findings = self.portfolio.check();
        home::describe_home(self.portfolio.snapshot(), &findings, self.deleted.list())
    }

    /// Refuses what writes in a copy for an assessor.
    fn refuse_in_copy(&self, request: &WriteRequest) -> Result<(), EngineError> {
        if !self.snapshot().is_filtered() || request.is_for_assessor() {
            return Ok(());
        }
        let help = "the apprentice writes in their own; you can decide about what is in it";
        let message = "this is a copy for an assessor, and nothing is written in it";
        Err(EngineError::refused(message, help))
    }

    fn assess(&self, path: &SourcePath) -> Answered {
        let at = self.portfolio.find(path)?;
        assess::describe_for_assessor(self.snapshot(), at)
    }

    fn find_near(&mut self, path: &SourcePath) -> Answered {
        let file = self.portfolio.read_current(path)?;
        let (at, project) = (self.portfolio.find(path)?, self.snapshot());
        let submitted = submit::with_submitted(project, at, &file.text);
        Ok(near::describe_near(project, at, submitted.as_ref()))
    }

    fn keep_sitting(&mut self, sitting: KeptSitting) -> WriteAnswer {
        let faults = sitting::find_faults(self.snapshot(), &sitting);
        self.sitting = sitting;
        WriteAnswer::Kept { faults }
    }

    /// Makes a decision file of the sitting. Once it is filed, the sitting is over.
    fn decide(&mut self, file: bool) -> Answered {
        let made = match sitting::decide(&mut self.portfolio, &self.sitting, file)? {
            SittingOutcome::Unfinished(faults) => return Ok(WriteAnswer::Unfinished { faults }),
            SittingOutcome::Decided(made) => made,
        };
        if file {
            self.sitting.entries.clear();
        }
        let text = made.text.clone().into_bytes();
        self.made = BTreeMap::from([(made.name.clone(), text)]);
        Ok(made.answer())
    }

    fn keep_made(&mut self, made: MadeFile) -> WriteAnswer {
        let size = made.bytes.len();
        self.made = BTreeMap::from([(made.name.clone(), made.bytes)]);
        WriteAnswer::Made {
            name: made.name,
            size,
            withheld: made.withheld,
            news: made.news,
        }
    }
}
