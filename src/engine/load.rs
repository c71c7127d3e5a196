//! Reads the files of a workspace, and parses the settings, which decide how the others are read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::base_files::BaseFiles;
use super::evidence::read_evidence;
use super::reuse::Reuse;
use super::theme_files::read_theme;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::embedded;
use crate::layout;
use crate::model::{PortfolioBase, Settings};
use crate::par;
use crate::parse::{self, DraftSettings, Parsed};
use crate::resolve::{KeyFile, KeyFiles};
use crate::store::{
    self, CopyLikeness, DiskFiles, FileKind, FileListing, Files, StoreError, SyncCopy, Text,
};
use crate::text::{Source, SourcePath, Span};

/// The lock of a portfolio that has none.
const EMPTY_LOCK: &str = "version: 1\nstandards: []\n";

/// The files of a workspace. Texts of entries are not held; they are read when they are parsed.
#[derive(Debug)]
pub(super) struct WorkspaceFiles {
    /// All files but the entries.
    pub base: BaseFiles,
    /// `portfolio.yaml`, parsed.
    pub settings: ReadSettings,
    /// Paths of entries, sorted.
    pub entries: Vec<SourcePath>,
    /// Faults found while reading.
    pub faults: Vec<Fault>,
}

/// The settings of a workspace.
#[derive(Debug)]
pub(super) enum ReadSettings {
    /// Those of an earlier portfolio, from the same text.
    Known(Arc<PortfolioBase>),
    /// Parsed, and not yet resolved.
    Parsed(Box<Parsed<DraftSettings>>),
}

impl ReadSettings {
    fn read(source: &Source, reuse: Option<&Reuse<'_>>) -> Self {
        match reuse.and_then(|reuse| reuse.settings(source)) {
            Some(known) => Self::Known(known),
            None => Self::Parsed(Box::new(parse::settings(source))),
        }
    }

    /// The settings.
    pub(super) fn settings(&self) -> &Settings {
        match self {
            Self::Known(base) => &base.settings,
            Self::Parsed(parsed) => &parsed.value.settings,
        }
    }

    /// What was parsed of the text at `source`.
    pub(super) fn into_parsed(self, source: &Source) -> Parsed<DraftSettings> {
        match self {
            Self::Known(_) => parse::settings(source),
            Self::Parsed(parsed) => *parsed,
        }
    }
}

/// Finds the workspace that contains `start`: `start` itself, or the nearest folder above it.
#[must_use]
pub fn find_root(start: &Path) -> Option<PathBuf> {
    // A folder called portfolio.yaml is a mistake to report, and no reason to look further up.
    let holds = |folder: &&Path| store::file_kind(&folder.join(layout::SETTINGS)) != FileKind::None;
    start.ancestors().find(holds).map(Path::to_owned)
}

/// Reads the files of a workspace. Evidence that is known from an earlier snapshot is not read.
///
/// # Errors
/// The first file or folder that cannot be read, and a missing `portfolio.yaml`.
pub(super) fn load(
    files: &dyn Files,
    reuse: Option<&Reuse<'_>>,
) -> Result<WorkspaceFiles, StoreError> {
    let mut reader = WorkspaceReader::new(files);
    let settings_source = reader.settings()?;
    let settings = ReadSettings::read(&settings_source, reuse);
    let decisions = reader.decisions()?;
    let signers = reader.signers()?;
    let consents = reader.optional(layout::CONSENTS, "version: 1\nconsents: []\n")?;
    let sampling = reader.optional(layout::SAMPLING, "version: 1\n")?;
    let lock = reader.optional(layout::LOCK, EMPTY_LOCK)?;
    let standards = reader.standards()?;
    reader.record_copies_of_settings()?;
    let themes = reader.themes(&settings.settings().theme);
    let evidence = reader.list(layout::EVIDENCE, &[])?;
    let evidence = reader.keep(store::within_limit(files, store::MAX_EVIDENCE, evidence)?);
    let evidence = read_evidence(files, evidence, &settings.settings().documents, reuse)?;
    let entries = reader.entries()?;
    let entries = reader.leave_out_copies(entries, CopyLikeness::Near)?;
    Ok(WorkspaceFiles {
        base: BaseFiles {
            settings: settings_source,
            decisions,
            signers,
            consents,
            sampling,
            lock,
            standards,
            themes,
            evidence,
            unreadable: reader.unreadable,
        },
        settings,
        entries,
        faults: reader.faults,
    })
}

/// Reads the standards of a workspace, then those embedded in the program.
///
/// # Errors
/// A file or folder cannot be read.
pub(super) fn load_standards(root: &Path) -> Result<Vec<Source>, StoreError> {
    WorkspaceReader::new(&DiskFiles::new(root)).standards()
}

/// Reads the lock of a workspace.
///
/// # Errors
/// The file cannot be read.
pub(super) fn load_lock(root: &Path) -> Result<Source, StoreError> {
    WorkspaceReader::new(&DiskFiles::new(root)).optional(layout::LOCK, EMPTY_LOCK)
}

/// Reads the settings of a portfolio alone, for commands that need them before anything else.
///
/// # Errors
/// `portfolio.yaml` is missing or cannot be read.
pub fn load_settings(root: &Path) -> Result<Settings, StoreError> {
    let settings = WorkspaceReader::new(&DiskFiles::new(root)).settings()?;
    Ok(parse::settings(&settings).value.settings)
}

/// The standards, models, guidance and programme rules that are compiled into the program.
pub fn embedded_standards() -> impl Iterator<Item = Source> {
    EMBEDDED.iter().cloned()
}

/// Shared, so that comparing them takes no time.
static EMBEDDED: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let all = embedded::STANDARDS.iter();
    all.map(|(path, text)| Source::new(&format!("{}{path}", embedded::PREFIX), text))
        .collect()
});

struct WorkspaceReader<'a> {
    files: &'a dyn Files,
    unreadable: Vec<Source>,
    faults: Vec<Fault>,
}

impl<'a> WorkspaceReader<'a> {
    fn new(files: &'a dyn Files) -> Self {
        Self {
            files,
            unreadable: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn record(&mut self, path: &SourcePath, kind: FaultKind) {
        let place = Place::new(path, Span::default());
        self.faults.push(Fault { place, kind });
    }

    /// Lists files below a folder of the workspace.
    fn list(&mut self, folder: &str, extensions: &[&str]) -> Result<Vec<SourcePath>, StoreError> {
        let listing = self.files.list(folder, extensions)?;
        Ok(self.keep(listing))
    }

    /// Lists the entries. Other files in their folder, and entries in other folders, become faults.
    fn entries(&mut self) -> Result<Vec<SourcePath>, StoreError> {
        let is_entry = |path: &SourcePath| path.as_str().to_lowercase().ends_with(".md");
        let all = self.list(layout::ENTRIES, &[])?.into_iter();
        let (entries, others): (Vec<SourcePath>, Vec<SourcePath>) = all.partition(is_entry);
        for path in others {
            let stray = store::stray_in_entries(path.as_str());
            self.record(&path, FaultKind::Stray(stray));
        }
        for (path, stray) in store::stray_elsewhere(self.files)? {
            self.record(&path, FaultKind::Stray(stray));
        }
        Ok(entries)
    }

    /// Returns the files of a listing, and records a fault for each one that is skipped.
    fn keep(&mut self, listing: FileListing<SourcePath>) -> Vec<SourcePath> {
        for (path, kind) in listing.skipped {
            self.record(&path, kind);
        }
        listing.files
    }

    /// Leaves out the copies that a sync program made, and records a fault for each.
    fn leave_out_copies(
        &mut self,
        mut paths: Vec<SourcePath>,
        likeness: CopyLikeness,
    ) -> Result<Vec<SourcePath>, StoreError> {
        let copies = store::find_sync_copies(self.files, &paths, likeness)?;
        if !copies.is_empty() {
            let left_out: BTreeSet<&SourcePath> = copies.iter().map(|copy| &copy.path).collect();
            paths.retain(|path| !left_out.contains(path));
        }
        for copy in copies {
            self.record_copy(copy);
        }
        Ok(paths)
    }

    /// Records the copies of files about the whole portfolio, which are read under one name only.
    fn record_copies_of_settings(&mut self) -> Result<(), StoreError> {
        let originals = [layout::SETTINGS, layout::CONSENTS, layout::SAMPLING];
        let copies = store::find_copies_of(self.files, layout::PORTFOLIO, &originals)?;
        for copy in copies {
            self.record_copy(copy);
        }
        Ok(())
    }

    fn record_copy(&mut self, copy: SyncCopy) {
        let SyncCopy { path, of, differs } = copy;
        self.record(&path, FaultKind::SyncCopy { of, differs });
    }

    /// The text of `portfolio.yaml`; empty if it is not UTF-8.
    fn settings(&mut self) -> Result<Source, StoreError> {
        let is_linked = self.files.kind(layout::PORTFOLIO) == FileKind::Link;
        if self.files.kind(layout::SETTINGS) != FileKind::File || is_linked {
            let cause = "it has to be a plain file in a plain folder, and no link";
            let path = self.files.location(layout::SETTINGS);
            return Err(StoreError::new("use", &path, cause));
        }
        let settings = self.texts(&[SourcePath::new(layout::SETTINGS)])?.pop();
        Ok(settings.unwrap_or_else(|| Source::new(layout::SETTINGS, "")))
    }

    /// Decision files with their signatures.
    fn decisions(&mut self) -> Result<Vec<(Source, Option<String>)>, StoreError> {
        if self.files.kind(layout::DECISIONS) == FileKind::File {
            self.record(&SourcePath::new(layout::DECISIONS), FaultKind::NotAFile);
        }
        let files = self.list(layout::DECISIONS, &layout::DECISION_EXTENSIONS)?;
        // A copy with other words may hold a referral, so it is read like any decision file.
        let files = self.leave_out_copies(files, CopyLikeness::Same)?;
        let files = self.texts(&files)?.into_iter();
        files.map(|source| self.signed(source)).collect()
    }

    /// The standards of the workspace, then those embedded in the program.
    fn standards(&mut self) -> Result<Vec<Source>, StoreError> {
        let paths = self.list(layout::STANDARDS, &["yaml", "yml"])?;
        let paths = self.leave_out_copies(paths, CopyLikeness::Near)?;
        let mut standards = self.texts(&paths)?;
        standards.extend(embedded_standards());
        Ok(standards)
    }

    /// The records of a theme, with their mistakes as faults. A theme that cannot be read has none:
    /// a build says so, and nothing else needs it.
    fn themes(&mut self, name: &str) -> Vec<Source> {
        let read = read_theme(self.files, name).unwrap_or_default();
        self.faults.extend(read.faults);
        read.sources
    }

    /// The key files. A file under a name that is nearly right makes its key file unreadable: the
    /// keys in it would be missing in silence.
    fn signers(&mut self) -> Result<KeyFiles, StoreError> {
        let originals = [layout::ALLOWED_SIGNERS, layout::REVOKED_KEYS];
        let mut copies = store::find_copies_of(self.files, layout::DECISIONS, &originals)?;
        // A copy with other words is misnamed: it may have a key that the original lacks.
        copies.retain(|copy| !copy.differs);
        let mut misnamed = store::misnamed(self.files)?;
        misnamed.retain(|(path, _)| copies.iter().all(|copy| copy.path != *path));
        for copy in copies {
            self.record_copy(copy);
        }
        for (path, meant) in &misnamed {
            self.record(path, FaultKind::Misnamed { meant });
        }
        let is_misnamed = |name| misnamed.iter().any(|(_, meant)| *meant == name);
        let allowed = self.key_file(layout::ALLOWED_SIGNERS)?;
        let revoked = self.key_file(layout::REVOKED_KEYS)?;
        Ok(KeyFiles {
            allowed: allowed.unless(is_misnamed("allowed_signers")),
            revoked: revoked.unless(is_misnamed("revoked_keys")),
        })
    }

    /// The text at a path, or `default` if nothing is there.
    fn optional(&mut self, path: &str, default: &str) -> Result<Source, StoreError> {
        let text = self.text_at(path)?;
        Ok(text.unwrap_or_else(|| Source::new(path, default)))
    }

    /// The text at a path; `None` if it is missing, or anything but a readable text, which becomes
    /// a fault.
    fn text_at(&mut self, path: &str) -> Result<Option<Source>, StoreError> {
        let path = store::masked_path(path);
        match self.files.kind(path.as_str()) {
            FileKind::File => return Ok(self.texts(&[path])?.pop()),
            FileKind::None => {}
            FileKind::Link => self.record(&path, FaultKind::Link),
            FileKind::Folder | FileKind::Other => self.record(&path, FaultKind::NotAFile),
        }
        Ok(None)
    }

    fn key_file(&mut self, name: &str) -> Result<KeyFile, StoreError> {
        Ok(match self.text_at(name)? {
            Some(source) => KeyFile::Text(source),
            None if self.files.kind(name) == FileKind::None => KeyFile::Absent,
            None => KeyFile::Unreadable,
        })
    }

    /// A decision file with its detached signature, which is empty if it cannot be read.
    fn signed(&mut self, source: Source) -> Result<(Source, Option<String>), StoreError> {
        let signature = match self.key_file(&format!("{}.sig", source.path.as_str()))? {
            KeyFile::Absent => None,
            KeyFile::Text(signature) => Some(signature.text.to_string()),
            KeyFile::Unreadable => Some(String::new()),
        };
        Ok((source, signature))
    }

    /// Reads texts in parallel; those that are not UTF-8 or too large become faults.
    fn texts(&mut self, paths: &[SourcePath]) -> Result<Vec<Source>, StoreError> {
        let mut texts = Vec::with_capacity(paths.len());
        for text in par::map(paths, |path| self.files.text(path)) {
            match text? {
                Text::Whole(source) => texts.push(source),
                // What opens or hides something is read in one encoding only.
                Text::Recoded(source, mut fault) => {
                    if let FaultKind::OtherEncoding { is_read, .. } = &mut fault.kind {
                        *is_read = false;
                    }
                    self.unreadable.push(source);
                    self.faults.push(fault);
                }
                Text::Broken(source, fault) => {
                    self.unreadable.push(source);
                    self.faults.push(fault);
                }
            }
        }
        Ok(texts)
    }
}
