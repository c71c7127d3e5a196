//! A session of writing: the portfolio, what can be taken back, and the way from request to answer.

use std::sync::Arc;

use super::page_text::PageText;
use super::protocol::{WriteAnswer, WriteRequest};
use super::versions::{TypingRun, Versions};
use super::{begin, change, entry, find_code, home, splice, submit};
use crate::check::Outcome;
use crate::engine::{Change, EngineError, OpenOptions, Snapshot, Workspace};
use crate::files::ChangeSet;
use crate::layout;
use crate::store::{self, CommitError, DiskFiles, Files, Touched, decode_other};
use crate::text::{SourcePath, sha256_hex};

/// An answer, or why there is none.
pub(super) type Answered = Result<WriteAnswer, EngineError>;

/// A portfolio that is written in.
pub struct WritingSession {
    workspace: Workspace,
    files: DiskFiles,
    versions: Versions,
    /// The findings of the workspace's snapshot, once they are asked for.
    checked: Option<Outcome>,
}

/// A file as it is now.
#[derive(Debug)]
pub(super) struct CurrentFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub hash: String,
    /// Its text.
    pub text: Arc<str>,
    /// The name of its encoding, if that is not UTF-8. It is not written then.
    pub encoding: Option<&'static str>,
}

impl CurrentFile {
    fn new(path: &SourcePath, bytes: Vec<u8>) -> Result<Self, EngineError> {
        let hash = sha256_hex(&bytes);
        let (text, encoding) = match String::from_utf8(bytes.clone()) {
            Ok(text) => (text, None),
            Err(_) => {
                let (text, name) = decode_other(&bytes).ok_or_else(|| {
                    let message = format!("{path} is not a text");
                    EngineError::refused(message, "save it as text in UTF-8")
                })?;
                (text, Some(name))
            }
        };
        Ok(Self {
            bytes,
            hash,
            text: text.into(),
            encoding,
        })
    }
}

impl WritingSession {
    /// Opens a portfolio on disk.
    ///
    /// # Errors
    /// There is no portfolio, or a file cannot be read.
    pub fn open(options: OpenOptions) -> Result<Self, EngineError> {
        let files = DiskFiles::new(&options.root);
        Ok(Self {
            workspace: Workspace::open(options)?,
            files,
            versions: Versions::default(),
            checked: None,
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
        let answer = answered.unwrap_or_else(|error| WriteAnswer::Refused {
            message: error.to_string(),
            help: error
                .help()
                .filter(|help| !help.is_empty())
                .map(str::to_owned),
        });
        // Serialising strings and numbers cannot fail.
        serde_json::to_string(&answer).unwrap_or_default()
    }

    /// Takes in that files may have changed underneath.
    ///
    /// # Errors
    /// A file cannot be read. The next call tries again.
    pub fn refresh(&mut self, touched: Touched) -> Result<(), EngineError> {
        self.checked = None;
        self.workspace.apply(Change::Touched(touched))?;
        Ok(())
    }

    /// The portfolio as it is now.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        self.workspace.snapshot()
    }

    fn answer_request(&mut self, request: WriteRequest) -> Answered {
        match request {
            WriteRequest::Home {} => {
                let findings = self.check();
                Ok(home::describe_home(self.snapshot(), &findings))
            }
            WriteRequest::Entry { path } => {
                let path = SourcePath::new(&path);
                let file = self.read_current(&path)?;
                self.versions.remember(&file.bytes);
                self.describe_entry(&path, &file)
            }
            WriteRequest::Splice {
                path,
                hash,
                splices,
            } => {
                let run = splice::typing_run(&splices);
                self.rewrite(&path, &hash, run, &|project, text, at| {
                    splice::apply_splices(project, text, at, &splices)
                })
            }
            WriteRequest::Change { path, hash, change } => {
                self.rewrite(&path, &hash, None, &|project, text, at| {
                    change::apply_change(project, text, at, &change)
                })
            }
            WriteRequest::Begin {
                title,
                date,
                kind,
                model,
                codes,
            } => {
                let new = begin::NewRequest {
                    title: title.trim(),
                    date: date.as_deref(),
                    kind: kind.as_deref(),
                    model: model.as_deref(),
                    codes: &codes,
                };
                let path = begin::begin_entry(self.snapshot(), &new)?;
                self.touch(&path)?;
                let file = self.read_current(&path)?;
                self.versions.remember(&file.bytes);
                self.describe_entry(&path, &file)
            }
            WriteRequest::FindCode { words } => Ok(find_code::find_codes(self.snapshot(), &words)),
            WriteRequest::File { path } => self.show_file(&SourcePath::new(&path)),
            WriteRequest::Undo { path, hash } => self.undo(&SourcePath::new(&path), hash),
            WriteRequest::Submit { path, hash, anyway } => self.submit(&path, &hash, anyway),
        }
    }

    /// All findings.
    pub(super) fn check(&mut self) -> Arc<crate::diagnostic::Findings> {
        let outcome = match self.checked.take() {
            Some(outcome) => outcome,
            None => self.workspace.snapshot().check(None, None),
        };
        self.checked.insert(outcome).findings.clone()
    }

    /// Reads the portfolio again after a file was written.
    fn touch(&mut self, path: &SourcePath) -> Result<(), EngineError> {
        self.refresh(std::iter::once(path.as_str()).collect())
    }

    /// Reads an entry, and takes in that it changed underneath.
    fn read_current(&mut self, path: &SourcePath) -> Result<CurrentFile, EngineError> {
        if self.find(path).is_err() {
            // A sync may have brought it a moment ago.
            if is_entry_path(path) {
                self.touch(path)?;
            }
            self.find(path)?;
        }
        let file = CurrentFile::new(path, self.files.read(path.as_str())?)?;
        let known = self.snapshot().sources.raw(path);
        if known.is_none_or(|known| **known != *file.text) {
            self.touch(path)?;
            self.find(path)?;
        }
        Ok(file)
    }

    /// The index of an entry.
    fn find(&self, path: &SourcePath) -> Result<usize, EngineError> {
        let found = self.snapshot().portfolio.index.by_path(path);
        found.ok_or_else(|| refuse_unknown(path))
    }

    fn describe_entry(&mut self, path: &SourcePath, file: &CurrentFile) -> Answered {
        let findings = self.check();
        let at = self.find(path)?;
        let undo = self.versions.count(path.as_str(), Some(&file.hash));
        Ok(entry::describe(self.snapshot(), &findings, at, file, undo))
    }

    /// Writes an entry that a request was about, if it is still the same.
    fn rewrite(
        &mut self,
        path: &str,
        hash: &str,
        run: Option<TypingRun>,
        edit: &dyn Fn(&Snapshot, &str, Option<usize>) -> Result<String, EngineError>,
    ) -> Answered {
        let path = SourcePath::new(path);
        let Ok(file) = self.read_current(&path) else {
            return self.answer_missing(&path, hash, edit);
        };
        if file.hash != hash {
            let mine = self.attempt_on(hash, edit);
            return Ok(answer_changed(&path, mine, &file));
        }
        if let Some(encoding) = file.encoding {
            return Err(refuse_encoding(&path, encoding));
        }
        let at = self.find(&path)?;
        let new = edit(self.snapshot(), &file.text, Some(at))?;
        if *new == *file.text {
            return self.describe_entry(&path, &file);
        }
        self.write(&path, &file, new.into_bytes(), run, edit)
    }

    fn write(
        &mut self,
        path: &SourcePath,
        file: &CurrentFile,
        new: Vec<u8>,
        run: Option<TypingRun>,
        edit: &dyn Fn(&Snapshot, &str, Option<usize>) -> Result<String, EngineError>,
    ) -> Answered {
        let mut changes = ChangeSet::default();
        changes.replace(path, &file.hash, new.clone());
        match store::commit(&self.workspace.options().root, &changes) {
            Ok(()) => {}
            Err(CommitError::Conflict(_)) => {
                let mine = self.attempt_on(&file.hash, edit);
                let Ok(file) = self.read_current(path) else {
                    return self.answer_missing(path, &file.hash, edit);
                };
                return Ok(answer_changed(path, mine, &file));
            }
            Err(error) => return Err(error.into()),
        }
        let name = path.as_str();
        self.versions.note(name, Some(&file.bytes), Some(&new), run);
        self.touch(path)?;
        self.describe_entry(path, &CurrentFile::new(path, new)?)
    }

    /// What a request about an earlier content would have made of it.
    fn attempt_on(
        &self,
        hash: &str,
        edit: &dyn Fn(&Snapshot, &str, Option<usize>) -> Result<String, EngineError>,
    ) -> Option<String> {
        let before = std::str::from_utf8(self.versions.recall(hash)?).ok()?;
        let made = edit(self.snapshot(), before, None);
        Some(made.unwrap_or_else(|_| before.to_owned()))
    }

    /// The answer about a file that is no longer there.
    fn answer_missing(
        &self,
        path: &SourcePath,
        hash: &str,
        edit: &dyn Fn(&Snapshot, &str, Option<usize>) -> Result<String, EngineError>,
    ) -> Answered {
        let mine = self.attempt_on(hash, edit);
        let mine = mine.ok_or_else(|| refuse_unknown(path))?;
        Ok(WriteAnswer::Changed {
            path: path.as_str().to_owned(),
            mine: PageText::new(&mine).into_string(),
            theirs: String::new(),
            hash: None,
        })
    }

    fn show_file(&mut self, path: &SourcePath) -> Answered {
        let project = self.snapshot();
        let is_known = project.portfolio.index.by_path(path).is_some()
            || [layout::SETTINGS, layout::CONSENTS].contains(&path.as_str())
            || project.is_broken(path.as_str());
        if !is_known {
            return Err(refuse_unknown(path));
        }
        let file = CurrentFile::new(path, self.files.read(path.as_str())?)?;
        Ok(WriteAnswer::File {
            path: path.as_str().to_owned(),
            text: PageText::new(&file.text).into_string(),
            hash: file.hash,
        })
    }

    fn undo(&mut self, path: &SourcePath, hash: Option<String>) -> Answered {
        let file = self.read_current(path)?;
        if hash.as_ref() != Some(&file.hash) {
            return Ok(answer_changed(path, None, &file));
        }
        let before = self.versions.last(path.as_str(), Some(&file.hash));
        let Some(Some(before)) = before else {
            let message = "there is no change to take back";
            return Err(EngineError::refused(message, ""));
        };
        let before = before.to_vec();
        let mut changes = ChangeSet::default();
        changes.replace(path, &file.hash, before.clone());
        store::commit(&self.workspace.options().root, &changes)?;
        self.versions.drop_last(path.as_str());
        self.versions.remember(&before);
        self.touch(path)?;
        self.describe_entry(path, &CurrentFile::new(path, before)?)
    }

    fn submit(&mut self, path: &str, hash: &str, anyway: bool) -> Answered {
        let path = SourcePath::new(path);
        let file = self.read_current(&path)?;
        if file.hash != hash {
            return Ok(answer_changed(&path, None, &file));
        }
        let findings = self.check();
        let at = self.find(&path)?;
        let items = submit::list_obstacles(self.snapshot(), &findings, at, &file);
        if items.iter().any(|item| item.must || !anyway) {
            return Ok(WriteAnswer::InTheWay { items });
        }
        self.rewrite(path.as_str(), hash, None, &|project, text, _| {
            submit::write_submitted(project, text)
        })
    }
}

/// Whether an entry can be at a path.
fn is_entry_path(path: &SourcePath) -> bool {
    let path = path.as_str();
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.');
    let below = path.strip_prefix(layout::ENTRIES);
    let below = below.and_then(|below| below.strip_prefix('/'));
    below.is_some_and(|below| below.split('/').all(is_plain)) && !path.contains(['\\', ':', '\0'])
}

fn refuse_unknown(path: &SourcePath) -> EngineError {
    let path = store::masked_path(path.as_str());
    let help = "go back to the list of entries";
    EngineError::refused(format!("there is no entry {path}"), help)
}

fn refuse_encoding(path: &SourcePath, encoding: &str) -> EngineError {
    let message = format!("{path} is saved as {encoding}, and is not written in here");
    let help =
        "save it as UTF-8 in the program it was written with; `ksbfolio check --fix` does that too";
    EngineError::refused(message, help)
}

fn answer_changed(path: &SourcePath, mine: Option<String>, file: &CurrentFile) -> WriteAnswer {
    let theirs = PageText::new(&file.text).into_string();
    let mine = mine.map(|mine| PageText::new(&mine).into_string());
    WriteAnswer::Changed {
        path: path.as_str().to_owned(),
        mine: mine.unwrap_or_else(|| theirs.clone()),
        theirs,
        hash: Some(file.hash.clone()),
    }
}
