//! Reads a workspace.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{
    Failure, evidence::evidence_files, folder, misnamed::misnamed, part::remove_abandoned,
};
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::embedded;
use crate::files::{KeyFile, KeyFiles, ThemeFiles};
use crate::model::{Evidence, Settings};
use crate::par;
use crate::parse::{self, DraftSettings, Parsed};
use crate::privacy::shown_path;
use crate::text::{Source, SourcePath, Span, Texts};

/// A text larger than this is not read: no reflection comes near it.
pub(super) const LARGEST_TEXT: u64 = 4 * 1024 * 1024;

/// A file of evidence larger than this is not read: reading it would hold up every command, and none could be handed in.
pub(super) const LARGEST_EVIDENCE: u64 = 1024 * 1024 * 1024;

/// The folder of decision files.
pub const DECISIONS: &str = "portfolio/decisions";

/// The endings of decision files.
pub(super) const DECISION_ENDINGS: [&str; 2] = ["yaml", "yml"];

/// Who may sign decisions, where a portfolio says so: what ssh and git call an allowed signers file.
pub const ALLOWED_SIGNERS: &str = "portfolio/decisions/allowed_signers";

/// Keys that no longer sign, as public keys, one a line.
pub const REVOKED_KEYS: &str = "portfolio/decisions/revoked_keys";

/// The texts of a workspace but for its entries, and what its folders hold.
#[derive(Debug)]
pub struct Workspace {
    /// `portfolio.yaml`.
    pub settings: Source,
    /// What it says.
    pub said: Parsed<DraftSettings>,
    /// Entries, by path.
    pub entries: Vec<PathBuf>,
    /// Decision files, by path, each with the text of the signature beside it, where there is one.
    pub decisions: Vec<(Source, Option<String>)>,
    /// Who may sign them, where the portfolio says so, and which keys were taken back.
    pub signers: KeyFiles,
    /// The register of consents.
    pub consents: Source,
    /// The plan for sampling.
    pub sampling: Source,
    /// Standards of the workspace, then those of the program.
    pub standards: Vec<Source>,
    /// Files under `portfolio/evidence`.
    pub evidence: Evidence,
    /// What could be read of texts that are not UTF-8, so that the place can be shown.
    pub unreadable: Vec<Source>,
    /// What was wrong with them.
    pub faults: Vec<Fault>,
}

/// The folder that holds `portfolio/portfolio.yaml`: `start`, or the nearest above it.
#[must_use]
pub fn find_root(start: &Path) -> Option<PathBuf> {
    // A folder of this name is a mistake to report, and no reason to look further up.
    let holds =
        |folder: &&Path| stands(&folder.join("portfolio/portfolio.yaml")) != Stands::Nowhere;
    start.ancestors().find(holds).map(Path::to_owned)
}

/// Reads everything that a portfolio is made of, but the texts of its entries.
///
/// # Errors
/// The first file or folder that the machine would not read, and a missing `portfolio.yaml`.
pub fn load(root: &Path) -> Result<Workspace, Failure> {
    let mut reader = Reader {
        root,
        unreadable: Vec::new(),
        faults: Vec::new(),
    };
    remove_abandoned(&root.join("portfolio"));
    let settings = reader.settings()?;
    let said = parse::settings(&settings);
    let folder = root.join(DECISIONS);
    if stands(&folder) == Stands::File {
        reader
            .faults
            .push(skipped(root, &folder, FaultKind::NotAFile));
    }
    let decisions = reader.files(DECISIONS, &DECISION_ENDINGS)?;
    let decisions = reader.texts(&decisions)?;
    let decisions = decisions.into_iter().map(|source| reader.signed(source));
    let decisions = decisions.collect::<Result<_, Failure>>()?;
    let misnamed = misnamed(root)?;
    let fault = |found: &(PathBuf, &'static str)| {
        skipped(root, &found.0, FaultKind::Misnamed { meant: found.1 })
    };
    reader.faults.extend(misnamed.iter().map(fault));
    let is_misnamed = |name| misnamed.iter().any(|found| found.1 == name);
    let allowed = reader
        .key_file(ALLOWED_SIGNERS)?
        .unless(is_misnamed("allowed_signers"));
    let revoked = reader
        .key_file(REVOKED_KEYS)?
        .unless(is_misnamed("revoked_keys"));
    let consents = reader.optional("portfolio/consents.yaml", "version: 1\nconsents: []\n")?;
    let sampling = reader.optional("portfolio/sampling.yaml", "version: 1\n")?;
    let standards = reader.files("standards", &["yaml", "yml"])?;
    let mut standards = reader.texts(&standards)?;
    standards.extend(carried());
    let evidence = reader.files("portfolio/evidence", &[])?;
    let evidence = reader.readable(folder::up_to(LARGEST_EVIDENCE, &evidence)?);
    let evidence = evidence_files(root, &evidence, &said.value.settings.documents)?;
    let entries = reader.files("portfolio/entries", &["md"])?;
    Ok(Workspace {
        settings,
        said,
        entries,
        decisions,
        signers: KeyFiles { allowed, revoked },
        consents,
        sampling,
        standards,
        evidence,
        unreadable: reader.unreadable,
        faults: reader.faults,
    })
}

/// The settings of a portfolio alone, for what has to be known before the rest is read.
///
/// # Errors
/// That `portfolio.yaml` is missing, and that the machine would not read it.
pub fn load_settings(root: &Path) -> Result<Settings, Failure> {
    let settings = Reader {
        root,
        unreadable: Vec::new(),
        faults: Vec::new(),
    }
    .settings()?;
    Ok(parse::settings(&settings).value.settings)
}

/// Whether a path is a link.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink())
}

fn skipped(root: &Path, path: &Path, kind: FaultKind) -> Fault {
    Fault {
        place: Place::new(&source_path(root, path), Span::default()),
        kind,
    }
}

/// Standards, models and guidance that the program carries.
pub fn carried() -> impl Iterator<Item = Source> {
    let all = embedded::STANDARDS.iter();
    all.map(|(path, text)| Source::new(&format!("{}{path}", embedded::PREFIX), text))
}

/// A path as sources are called, with `/` on every system.
pub(super) fn source_path(root: &Path, path: &Path) -> SourcePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(OsStr::to_string_lossy).collect();
    let path = parts.join("/");
    SourcePath::new(&path).displayed_as(&shown_path(&path).0)
}

/// A file that should be a text.
#[derive(Debug)]
pub enum Text {
    /// It is one.
    Whole(Source),
    /// What could be read of it, and what is wrong with it.
    Broken(Source, Fault),
}

/// The texts of a workspace, where they are on the disk.
#[derive(Debug)]
pub struct Shelf {
    root: PathBuf,
}

impl Shelf {
    /// The texts below a workspace's root.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }
}

impl Texts for Shelf {
    fn text(&self, path: &SourcePath) -> Option<Arc<str>> {
        match read_entry(&self.root, &self.root.join(path.as_str())) {
            Ok(Text::Whole(source)) => Some(source.text),
            _ => None,
        }
    }
}

struct Reader<'a> {
    root: &'a Path,
    unreadable: Vec<Source>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// Files below a folder of the workspace.
    fn files(&mut self, folder: &str, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
        let found = folder::files(self.root, folder, endings)?;
        Ok(self.readable(found))
    }

    /// The text of `portfolio.yaml`; empty where it is no text.
    fn settings(&mut self) -> Result<Source, Failure> {
        let path = self.root.join("portfolio/portfolio.yaml");
        if stands(&path) != Stands::File || is_link(&self.root.join("portfolio")) {
            let cause = "it has to be a plain file in a plain folder, and no link";
            return Err(Failure::new("use", &path, cause));
        }
        let settings = self.texts(&[path])?.pop();
        Ok(settings.unwrap_or_else(|| Source::new("portfolio/portfolio.yaml", "")))
    }

    /// The files that are read; what is skipped becomes faults.
    fn readable(&mut self, found: folder::Found) -> Vec<PathBuf> {
        let skip = |(path, kind): (PathBuf, FaultKind)| skipped(self.root, &path, kind);
        self.faults.extend(found.skipped.into_iter().map(skip));
        found.files
    }

    /// A text that need not be there; without it, what it would have to say.
    fn optional(&mut self, path: &str, otherwise: &str) -> Result<Source, Failure> {
        Ok(self
            .text_at(path)?
            .unwrap_or_else(|| Source::new(path, otherwise)))
    }

    /// A text that may be there. Whatever else has its name becomes a fault.
    fn text_at(&mut self, path: &str) -> Result<Option<Source>, Failure> {
        let path = self.root.join(path);
        match stands(&path) {
            Stands::File => return Ok(self.texts(&[path])?.pop()),
            Stands::Nowhere => {}
            Stands::Other => {
                let kind = if is_link(&path) {
                    FaultKind::Link
                } else {
                    FaultKind::NotAFile
                };
                self.faults.push(skipped(self.root, &path, kind));
            }
        }
        Ok(None)
    }

    /// A file of keys. Whatever is there and cannot be read is told apart from nothing at all.
    fn key_file(&mut self, name: &str) -> Result<KeyFile, Failure> {
        let path = self.root.join(name);
        Ok(match self.text_at(name)? {
            Some(source) => KeyFile::Text(source),
            None if stands(&path) == Stands::Nowhere => KeyFile::Absent,
            None => KeyFile::Unreadable,
        })
    }

    /// A decision file with the signature beside it, which is empty if it cannot be read.
    fn signed(&mut self, source: Source) -> Result<(Source, Option<String>), Failure> {
        let signature = match self.key_file(&format!("{}.sig", source.path.as_str()))? {
            KeyFile::Absent => None,
            KeyFile::Text(signature) => Some(signature.text.to_string()),
            KeyFile::Unreadable => Some(String::new()),
        };
        Ok((source, signature))
    }

    /// Reads texts on all cores; those that are no text become faults.
    fn texts(&mut self, paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
        let mut texts = Vec::with_capacity(paths.len());
        for text in par::map(paths, |path| read_entry(self.root, path)) {
            match text? {
                Text::Whole(source) => texts.push(source),
                Text::Broken(source, fault) => {
                    self.unreadable.push(source);
                    self.faults.push(fault);
                }
            }
        }
        Ok(texts)
    }
}

/// Reads a text of a workspace.
///
/// # Errors
/// The file cannot be read.
pub fn read_entry(root: &Path, path: &Path) -> Result<Text, Failure> {
    let failed = |error| Failure::new("read", path, error);
    let file = fs::File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    let name = source_path(root, path);
    text_of(file, about.len(), &name).map_err(failed)
}

/// The text of a file that has, or had a moment ago, so many bytes.
fn text_of(file: fs::File, bytes: u64, name: &SourcePath) -> std::io::Result<Text> {
    // With room to see that there is no more. A file may have grown since it was asked for its size.
    let mut read =
        Vec::with_capacity(usize::try_from(bytes.min(LARGEST_TEXT)).unwrap_or_default() + 64);
    if bytes <= LARGEST_TEXT {
        file.take(LARGEST_TEXT + 1).read_to_end(&mut read)?;
    }
    let bytes = bytes.max(read.len() as u64);
    if bytes > LARGEST_TEXT {
        let kind = FaultKind::TooLarge {
            bytes,
            limit: LARGEST_TEXT,
        };
        let place = Place::new(name, Span::default());
        return Ok(Text::Broken(
            Source {
                path: name.clone(),
                text: "".into(),
            },
            Fault { place, kind },
        ));
    }
    match String::from_utf8(read) {
        Ok(text) => Ok(Text::Whole(Source {
            path: name.clone(),
            text: text.into(),
        })),
        Err(error) => {
            let end = error.utf8_error().valid_up_to();
            let valid = String::from_utf8_lossy(&error.as_bytes()[..end]).into_owned();
            let place = Place::new(name, Span::at(end));
            let kind = FaultKind::NotUtf8;
            Ok(Text::Broken(
                Source {
                    path: name.clone(),
                    text: valid.into(),
                },
                Fault { place, kind },
            ))
        }
    }
}

/// What a path is called among the sources of `root`; none where it lies outside.
#[must_use]
pub fn name_of(root: &Path, path: &Path) -> Option<SourcePath> {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let root = [root, &real]
        .into_iter()
        .find(|root| path.starts_with(root))?;
    Some(source_path(root, path))
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// A file.
    File,
    /// Nothing.
    Nowhere,
    /// A folder, a link or a device.
    Other,
}

/// What stands at a path.
#[must_use]
pub fn stands(path: &Path) -> Stands {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_file() => Stands::File,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Stands::Nowhere,
        _ => Stands::Other,
    }
}

/// The text of one entry; none where it is no text that can be read as one.
///
/// # Errors
/// That the machine would not read it.
pub fn entry(root: &Path, path: &Path) -> Result<Option<Source>, Failure> {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let root = if path.starts_with(root) { root } else { &real };
    match read_entry(root, path)? {
        Text::Whole(source) => Ok(Some(source)),
        Text::Broken(..) => Ok(None),
    }
}

/// The bytes of files of the workspace, in order.
///
/// # Errors
/// The first that the machine would not read.
pub fn read_files(root: &Path, paths: &[SourcePath]) -> Result<Vec<Vec<u8>>, Failure> {
    let read = |path: &SourcePath| {
        let path = root.join(path.as_str());
        fs::read(&path).map_err(|error| Failure::new("read", &path, error))
    };
    par::map(paths, read).into_iter().collect()
}

/// A baseline of a hundred thousand findings is not larger than this, and a device has no end.
const LARGEST_NAMED: u64 = 64 * 1024 * 1024;

/// A text, wherever it is; findings call it as it was typed.
///
/// # Errors
/// That it cannot be read as text, or is larger than 64 MiB.
pub fn load_text(path: &Path) -> Result<Source, Failure> {
    let file = fs::File::open(path).map_err(|error| Failure::new("read", path, error))?;
    let text = whole(file, path, LARGEST_NAMED, "it is larger than 64 MiB")?;
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    let name = parts.join("/");
    let path = SourcePath::new(&name).displayed_as(&shown_path(&name).0);
    Ok(Source {
        path,
        text: text.into(),
    })
}

/// What somebody hands over by itself, feedback or a decision, is never larger than this.
const LARGEST_HANDED_OVER: u64 = 1024 * 1024;

/// A text of at most a megabyte from a file, or from standard input where the path is `-`.
///
/// # Errors
/// That it cannot be read, is larger, or is no UTF-8.
pub fn read_small(path: &Path) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::new("read", path, error);
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(fs::File::open(path).map_err(failed)?)
    };
    whole(
        source,
        path,
        LARGEST_HANDED_OVER,
        "it is larger than a megabyte",
    )
}

/// The text of something that may have no end: of at most so many bytes, or else what is told.
fn whole(source: impl Read, path: &Path, most: u64, otherwise: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    source
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new("read", path, error))?;
    if bytes.len() as u64 > most {
        return Err(Failure::new("read", path, otherwise));
    }
    String::from_utf8(bytes).map_err(|_| Failure::new("read", path, "it is no text in UTF-8"))
}

/// The files of a theme: its own, and those of the theme it is based on where it has none; the default theme's last.
///
/// # Errors
/// A theme that has no folder, a `theme.yaml` that cannot be read, themes based on each other in a circle, and files
/// that the machine would not read.
pub fn theme_files(root: &Path, name: &str) -> Result<ThemeFiles, Failure> {
    let mut theme = ThemeFiles::new();
    let mut next = Some(name.to_owned());
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = next {
        let folder = root.join("themes").join(&name);
        if seen.contains(&name) {
            return Err(Failure::new(
                "use",
                &folder,
                "its base leads back to itself",
            ));
        }
        let (files, base) = one_theme(&folder, &name)?;
        for (path, bytes) in files {
            theme.entry(path).or_insert(bytes);
        }
        seen.push(name);
        next = base;
    }
    Ok(theme)
}

/// Themes that a workspace can use, by name.
fn theme_names(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names = vec!["default".to_owned()];
    if folder.is_dir() {
        names.extend(folder::folders(folder)?);
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// One theme's own files, and the theme that it is based on.
fn one_theme(folder: &Path, name: &str) -> Result<(ThemeFiles, Option<String>), Failure> {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "-_".contains(sign));
    let is_default = name == "default";
    let linked = is_link(folder) || folder.parent().is_some_and(is_link);
    if linked {
        return Err(Failure::new(
            "use",
            folder,
            "it is a link, and links are not followed",
        ));
    }
    if !plain || (!is_default && !folder.is_dir()) {
        let known = theme_names(folder.parent().unwrap_or(folder))?.join(", ");
        return Err(Failure::new(
            "find",
            folder,
            format!("there is no theme of this name; themes: {known}"),
        ));
    }
    let mut files = ThemeFiles::new();
    let found = folder::files(folder, "", &[])?;
    if let Some((path, _)) = found.skipped.first() {
        let cause =
            "it is a link, has a name that is not UTF-8, or lies too deep; remove or rename it";
        return Err(Failure::new("use the theme with", path, cause));
    }
    for path in found.files {
        let bytes = fs::read(&path).map_err(|error| Failure::new("read", &path, error))?;
        files.insert(source_path(folder, &path).as_str().to_owned(), bytes);
    }
    if is_default {
        for (path, bytes) in embedded::DEFAULT_THEME {
            files
                .entry((*path).to_owned())
                .or_insert_with(|| bytes.to_vec());
        }
        return Ok((files, None));
    }
    // A folder without a record holds single files that replace the default theme's.
    let Some(record) = files.get("theme.yaml") else {
        return Ok((files, Some("default".to_owned())));
    };
    let path = folder.join("theme.yaml");
    let text = String::from_utf8_lossy(record).into_owned();
    let parsed = parse::theme(&Source::new("theme.yaml", &text));
    match parsed.value {
        Some(record) if parsed.faults.is_empty() => Ok((files, record.base)),
        _ => Err(Failure::new(
            "use",
            &path,
            "it takes version: 1, title, and base: the name of a theme or none",
        )),
    }
}

/// What a path that was typed is called among the sources of `root`; empty for the root itself.
///
/// # Errors
/// That there is nothing at the path, or that it lies outside.
pub fn source_name(root: &Path, typed: &Path) -> Result<String, Failure> {
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|error| Failure::new("find", path, error))
    };
    let (root, path) = (real(root)?, real(typed)?);
    if !path.starts_with(&root) {
        return Err(Failure::new(
            "check",
            typed,
            "it is not in this portfolio's folder",
        ));
    }
    Ok(source_path(&root, &path).as_str().to_owned())
}
