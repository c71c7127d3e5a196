//! The portfolio of a session: what is on disk, what can be taken back, and how an entry is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answers::WriteAnswer;
use super::current_file::CurrentFile;
use super::entry;
use super::page_text::PageText;
use super::versions::{TypingRun, Versions};
use crate::check::Outcome;
use crate::diagnostic::Findings;
use crate::engine::{Change, EngineError, OpenOptions, Snapshot, Workspace};
use crate::files::ChangeSet;
use crate::layout;
use crate::store::{self, CommitError, DiskFiles, FileKind, Files, Touched};
use crate::text::SourcePath;

/// An answer, or why there is none.
pub(super) type Answered = Result<WriteAnswer, EngineError>;

/// Makes the new text of an entry from the present one. The index is that of the entry.
pub(super) type Rewriting<'a> = &'a dyn Fn(&Snapshot, &str, usize) -> Result<String, EngineError>;

/// A portfolio that is written in.
pub(super) struct WrittenPortfolio {
    workspace: Workspace,
    files: DiskFiles,
    versions: Versions,
    /// The paths of entries that were opened here.
    opened: BTreeSet<SourcePath>,
    /// The findings of the workspace's snapshot, once they are asked for.
    checked: Option<Outcome>,
}

impl WrittenPortfolio {
    /// Opens a portfolio on disk.
    ///
    /// # Errors
    /// There is no portfolio, or a file cannot be read.
    pub(super) fn open(options: OpenOptions) -> Result<Self, EngineError> {
        let files = DiskFiles::new(&options.root);
        Ok(Self {
            workspace: Workspace::open(options)?,
            files,
            versions: Versions::default(),
            opened: BTreeSet::new(),
            checked: None,
        })
    }

    /// Takes in that files may have changed underneath.
    ///
    /// # Errors
    /// A file cannot be read. The next call tries again.
    pub(super) fn refresh(&mut self, touched: Touched) -> Result<(), EngineError> {
        let before = self.workspace.snapshot().portfolio.clone();
        let after = self.workspace.apply(Change::Touched(touched))?;
        if !Arc::ptr_eq(&before, &after.portfolio) {
            self.checked = None;
        }
        Ok(())
    }

    /// The portfolio as it is now.
    pub(super) fn snapshot(&self) -> &Snapshot {
        self.workspace.snapshot()
    }

    /// The options that it was opened with.
    pub(super) fn options(&self) -> &OpenOptions {
        self.workspace.options()
    }

    /// All findings.
    pub(super) fn check(&mut self) -> Arc<Findings> {
        let outcome = match self.checked.take() {
            Some(outcome) => outcome,
            None => self.workspace.snapshot().check(None, None),
        };
        self.checked.insert(outcome).findings.clone()
    }

    /// Reads the portfolio again after a file was written.
    pub(super) fn touch(&mut self, path: &SourcePath) -> Result<(), EngineError> {
        self.refresh(std::iter::once(path.as_str()).collect())
    }

    /// Reads an entry, and takes in that it changed underneath.
    pub(super) fn read_current(&mut self, path: &SourcePath) -> Result<CurrentFile, EngineError> {
        if self.find(path).is_err() {
            // A sync may have brought it a moment ago.
            if is_entry_path(path) {
                self.touch(path)?;
            }
            self.find(path)?;
        }
        let file = self.read_file(path)?;
        let known = self.snapshot().sources.raw(path);
        if known.is_none_or(|known| **known != *file.text) {
            self.touch(path)?;
            self.find(path)?;
        }
        Ok(file)
    }

    /// The answer about an entry that is opened.
    pub(super) fn open_entry(&mut self, path: &SourcePath) -> Answered {
        let file = self.read_current(path)?;
        self.opened.insert(path.clone());
        self.describe_entry(path, &file)
    }

    /// The answer after an entry was written elsewhere, of which `before` was the file.
    pub(super) fn note_written(&mut self, path: &SourcePath, before: &CurrentFile) -> Answered {
        self.touch(path)?;
        let file = self.read_current(path)?;
        let name = path.as_str();
        self.versions.note(name, &before.bytes, &file.bytes, None);
        self.describe_entry(path, &file)
    }

    /// Reads a file. A link may lead out of the portfolio, so it is none.
    fn read_file(&self, path: &SourcePath) -> Result<CurrentFile, EngineError> {
        if store::is_link(&self.files.location(path.as_str())) {
            return Err(refuse_link(path));
        }
        CurrentFile::new(path, self.files.read(path.as_str())?)
    }

    /// A file that is no entry; `None` if it is not there.
    pub(super) fn read_if_there(
        &self,
        path: &SourcePath,
    ) -> Result<Option<CurrentFile>, EngineError> {
        match self.files.kind(path.as_str()) {
            FileKind::None => Ok(None),
            _ => self.read_file(path).map(Some),
        }
    }

    /// The index of an entry.
    pub(super) fn find(&self, path: &SourcePath) -> Result<usize, EngineError> {
        let found = self.snapshot().portfolio.index.by_path(path);
        found.ok_or_else(|| refuse_unknown(path))
    }

    fn describe_entry(&mut self, path: &SourcePath, file: &CurrentFile) -> Answered {
        let findings = self.check();
        let at = self.find(path)?;
        let undo = self.versions.count(path.as_str(), &file.hash);
        Ok(entry::describe(self.snapshot(), &findings, at, file, undo))
    }

    /// Writes an entry that a request was about, if it is still the same.
    pub(super) fn rewrite(
        &mut self,
        path: &SourcePath,
        hash: &str,
        run: Option<TypingRun>,
        edit: Rewriting<'_>,
    ) -> Answered {
        let Ok(file) = self.read_current(path) else {
            return self.answer_missing(path);
        };
        if file.hash != hash {
            return Ok(answer_changed(path, &file));
        }
        refuse_locked(path, &file)?;
        let at = self.find(path)?;
        let new = edit(self.snapshot(), &file.text, at)?;
        if *new == *file.text {
            return self.describe_entry(path, &file);
        }
        self.write(path, &file, new.into_bytes(), run)
    }

    fn write(
        &mut self,
        path: &SourcePath,
        file: &CurrentFile,
        new: Vec<u8>,
        run: Option<TypingRun>,
    ) -> Answered {
        let mut changes = ChangeSet::default();
        changes.replace(path, &file.hash, new.clone());
        match store::commit(&self.workspace.options().root, &changes) {
            Ok(()) => {}
            Err(CommitError::Conflict(_)) => {
                let file = self.read_current(path);
                return file.map_or_else(
                    |_| self.answer_missing(path),
                    |file| Ok(answer_changed(path, &file)),
                );
            }
            Err(error) => return Err(error.into()),
        }
        let name = path.as_str();
        self.versions.note(name, &file.bytes, &new, run);
        self.touch(path)?;
        self.describe_entry(path, &CurrentFile::new(path, new)?)
    }

    /// The answer about an entry that cannot be read: one that was opened is no longer there.
    fn answer_missing(&self, path: &SourcePath) -> Answered {
        if !self.opened.contains(path) {
            return Err(refuse_unknown(path));
        }
        Ok(WriteAnswer::Changed {
            path: path.as_str().to_owned(),
            hash: None,
        })
    }

    pub(super) fn show_file(&mut self, path: &SourcePath) -> Answered {
        let project = self.snapshot();
        let is_known = project.portfolio.index.by_path(path).is_some()
            || [layout::SETTINGS, layout::CONSENTS].contains(&path.as_str())
            || is_entry_path(path) && project.is_broken(path.as_str());
        if !is_known {
            return Err(refuse_unknown(path));
        }
        let file = self.read_file(path)?;
        Ok(WriteAnswer::File {
            path: path.as_str().to_owned(),
            text: PageText::new(&file.text).into_string(),
            hash: file.hash,
        })
    }

    pub(super) fn undo(&mut self, path: &SourcePath, hash: &str) -> Answered {
        let file = self.read_current(path)?;
        if file.hash != hash {
            return Ok(answer_changed(path, &file));
        }
        let before = self.put_back(path, &file)?;
        self.describe_entry(path, &CurrentFile::new(path, before)?)
    }

    /// Takes back the last change of a file, and returns its bytes.
    pub(super) fn put_back(
        &mut self,
        path: &SourcePath,
        file: &CurrentFile,
    ) -> Result<Vec<u8>, EngineError> {
        let Some(before) = self.versions.last(path.as_str(), &file.hash) else {
            let message = "there is no change to take back";
            return Err(EngineError::refused(message, ""));
        };
        let before = before.to_vec();
        let mut changes = ChangeSet::default();
        changes.replace(path, &file.hash, before.clone());
        store::commit(&self.workspace.options().root, &changes)?;
        self.versions.drop_last(path.as_str());
        self.touch(path)?;
        Ok(before)
    }

    /// Notes a change of a file that is no entry, so that it can be taken back.
    pub(super) fn note_changed(&mut self, path: &SourcePath, before: &CurrentFile, after: &str) {
        let versions = &mut self.versions;
        versions.note(path.as_str(), &before.bytes, after.as_bytes(), None);
    }

    /// The number of changes of a file that can be taken back.
    pub(super) fn count_versions(&self, path: &SourcePath, hash: &str) -> usize {
        self.versions.count(path.as_str(), hash)
    }

    /// The bytes of a file that is no entry.
    pub(super) fn read_bytes(&self, path: &str) -> Result<Vec<u8>, EngineError> {
        Ok(self.files.read(path)?)
    }

    /// Notes that an entry has another path, and perhaps another text. Earlier versions of a text
    /// that changed with its path have no place any more.
    pub(super) fn note_moved(
        &mut self,
        from: &SourcePath,
        to: &SourcePath,
        before: &CurrentFile,
        after: &[u8],
    ) {
        if before.bytes == after {
            self.versions.rename(from.as_str(), to.as_str());
        } else {
            let path = if from == to { to } else { from };
            self.versions
                .note(path.as_str(), &before.bytes, after, None);
        }
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

fn refuse_link(path: &SourcePath) -> EngineError {
    if is_entry_path(path) {
        return refuse_unknown(path);
    }
    let message = format!("{path} is a link to another file, and is not read or changed here");
    EngineError::refused(message, "put the file itself in its place")
}

fn refuse_unknown(path: &SourcePath) -> EngineError {
    let path = store::masked_path(path.as_str());
    let help = "go back to the list of entries";
    EngineError::refused(format!("there is no entry {path}"), help)
}

/// Refuses to write a file in another encoding.
pub(super) fn refuse_locked(path: &SourcePath, file: &CurrentFile) -> Result<(), EngineError> {
    let Some(encoding) = file.encoding else {
        return Ok(());
    };
    let message = format!("{path} is saved as {encoding}, and is not written in here");
    let help =
        "save it as UTF-8 in the program it was written with; `ksbfolio check --fix` does that too";
    Err(EngineError::refused(message, help))
}

/// The answer that a file is not the one that a request was about.
pub(super) fn answer_changed(path: &SourcePath, file: &CurrentFile) -> WriteAnswer {
    WriteAnswer::Changed {
        path: path.as_str().to_owned(),
        hash: Some(file.hash.clone()),
    }
}
