//! Imports a standard: reads the file, makes ours of it, and compares it with the one that is known.

use std::path::{Path, PathBuf};

use super::EngineError;
use super::load::{embedded_standards, load_standards};
use super::revision::{add_versions, map_of};
use super::standard_renewal::{FoundStandard, differences, kept_keys};
use super::standards::{check_standard, is_standard};
use crate::convert::{
    ReadingProblem, StandardReading, read_delimited, read_feed, read_tables, recognise,
};
use crate::diagnostic::Findings;
use crate::document::{self, Refusal};
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{LockedStandard, Standard, find_identifiers_in};
use crate::parse;
use crate::privacy::Mask;
use crate::report::{KeptKeys, Revision, standard_file};
use crate::revision::{StatementChange, compare};
use crate::store::{self, FileKind};
use crate::text::{Source, SourcePath, decode, sha256_hex, short_slug};

/// Names of rows and fields that are shown of those that were left out.
const MOST_SHOWN: usize = 40;

/// The file to import, and the file to write.
#[derive(Clone, Copy, Debug)]
pub struct StandardImport<'a> {
    /// The workspace, if there is one.
    pub root: Option<&'a Path>,
    /// The file.
    pub file: &'a Path,
    /// The standard that is meant, as in `ST0215 1.1`.
    pub wanted: Option<&'a str>,
    /// The file to write; by default that of the standard in the workspace.
    pub output: Option<&'a Path>,
    /// Whether the next version takes the place of the one before.
    pub replace: bool,
}

/// A standard that was read.
#[derive(Debug)]
pub struct ImportedStandard {
    /// The name of the file.
    pub name: SourcePath,
    /// The result of reading it.
    pub reading: StandardReading,
    /// Its file here; `None` if something could not be read.
    pub made: Option<MadeStandard>,
}

/// The file of an imported standard.
#[derive(Debug)]
pub struct MadeStandard {
    /// Its id.
    pub id: String,
    /// The findings of `standards check` in it.
    pub findings: Findings,
    /// Its text.
    pub source: Source,
    /// Whether it is written.
    pub becomes: BecomesStandard,
    /// The standard that is known under its id.
    pub known: Option<KnownStandard>,
    changes: ChangeSet,
    base: PathBuf,
}

/// Whether an imported standard is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BecomesStandard {
    /// A file.
    File,
    /// Nothing: it is known in these words.
    Nothing,
    /// Nothing yet: it differs from the one that is known.
    Revision,
}

/// The standard that is known under an id, beside the imported one.
#[derive(Debug)]
pub struct KnownStandard {
    /// Its file.
    pub path: SourcePath,
    /// Its wording.
    pub old: LockedStandard,
    /// The wording that was imported.
    pub new: LockedStandard,
    /// The changes of the statements.
    pub changes: Vec<StatementChange>,
    /// The other differences, in words.
    pub differences: Vec<String>,
    /// Keys of its file that the next version cannot keep.
    pub lost: Vec<String>,
}

/// Reads a publisher's file, and plans the import. Nothing is written.
///
/// # Errors
/// The file cannot be read, or the file to write is not allowed.
pub fn read_standard(import: StandardImport<'_>) -> Result<ImportedStandard, EngineError> {
    let bytes = store::read_input(import.file)?;
    let file_name = import
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let name = store::masked_path(&file_name);
    let mut reading = read_bytes(&file_name, bytes, import.wanted);
    let reference = reading.draft.reference.clone().unwrap_or_default();
    let id = short_slug(&reference, 40);
    if id.is_empty() && reading.problems.is_empty() {
        reading.problems.push(ReadingProblem {
            place: String::new(),
            message: "the file does not say which standard it is".to_owned(),
            help: "name it, as in `--standard ST0215`".to_owned(),
        });
    }
    mask(&mut reading);
    let made = if reading.problems.is_empty() {
        Some(make(import, &id, &reading)?)
    } else {
        None
    };
    Ok(ImportedStandard {
        name,
        reading,
        made,
    })
}

/// Writes what [`read_standard`] made, and returns where: all files or none.
///
/// # Errors
/// A file cannot be written, or was changed meanwhile.
pub fn write_imported(made: &MadeStandard) -> Result<Vec<PathBuf>, EngineError> {
    store::commit(&made.base, &made.changes)?;
    let changes = made.changes.changes().iter();
    Ok(changes
        .map(|change| made.base.join(change.path.as_str()))
        .collect())
}

fn refused(message: impl Into<String>, help: &str) -> StandardReading {
    StandardReading {
        problems: vec![ReadingProblem {
            place: String::new(),
            message: message.into(),
            help: help.to_owned(),
        }],
        ..StandardReading::default()
    }
}

/// Reads a file by its contents.
fn read_bytes(name: &str, bytes: Vec<u8>, wanted: Option<&str>) -> StandardReading {
    const HELP: &str = "save it as an Excel workbook (.xlsx) or as CSV UTF-8";
    if bytes.starts_with(b"PK") {
        return match document::worksheets(bytes) {
            Ok(sheets) => read_tables(&sheets, name, wanted),
            Err(refusal @ Refusal::AnotherType) => refused(format!("it {}", refusal.words()), HELP),
            Err(refusal) => refused(format!("it {}", refusal.words()), refusal.help()),
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return refused(
            "it is locked with a password, or in the format that Excel had before 2007",
            HELP,
        );
    }
    if let Err(sentence) = recognise(name, &bytes) {
        let why = sentence.split(':').next().unwrap_or_default();
        return refused(why, HELP);
    }
    let Some(text) = decode(&bytes) else {
        return refused("it is not text in an encoding that is known", HELP);
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[']) {
        return read_feed(&text, wanted);
    }
    let read = read_delimited(&text);
    let mut reading = read_tables(&[read.sheet], name, wanted);
    if let Some(line) = read.unclosed {
        let problem = ReadingProblem {
            place: format!("line {line}"),
            message: "a quotation mark begins a cell, and none ends it".to_owned(),
            help: "close it, or write the mark twice if it is meant".to_owned(),
        };
        reading.problems.insert(0, problem);
    }
    reading
}

/// Keeps identifiers out of the standard, and masks them in what is shown.
fn mask(reading: &mut StandardReading) {
    let has_identifier = |text: &str| !find_identifiers_in(text, &[]).is_empty();
    for (what, text) in [
        ("title", &mut reading.draft.title),
        ("attribution", &mut reading.draft.attribution),
    ] {
        if text.as_deref().is_some_and(has_identifier) {
            *text = None;
            reading.notes.push(format!(
                "The {what} may identify a person, and was left out"
            ));
        }
    }
    let masked = |text: &mut String| {
        let found = find_identifiers_in(text, &[]);
        *text = Mask::new(found.iter().map(|one| &*one.text)).over(text);
    };
    let more = reading.left_out.len().saturating_sub(MOST_SHOWN);
    reading.left_out.truncate(MOST_SHOWN);
    reading.left_out.iter_mut().for_each(masked);
    reading.notes.iter_mut().for_each(masked);
    for problem in &mut reading.problems {
        masked(&mut problem.message);
    }
    if more > 0 {
        reading.left_out.push(format!("{more} more"));
    }
}

fn make(
    import: StandardImport<'_>,
    id: &str,
    reading: &StandardReading,
) -> Result<MadeStandard, EngineError> {
    let target = SourcePath::new(&format!("{}/{id}.yaml", layout::STANDARDS));
    let known = find_known(import.root, id)?;
    let plain = Source {
        path: target.clone(),
        text: standard_file(id, &reading.draft, &KeptKeys::default()).into(),
    };
    let standard = parse(&plain)?;
    let known = known.map(|known| compare_known(&known, &standard));
    let is_same = known.as_ref().is_some_and(|(_, known)| known.is_same());
    let mut made = MadeStandard {
        id: id.to_owned(),
        findings: Findings::default(),
        source: plain,
        becomes: BecomesStandard::File,
        known: None,
        changes: ChangeSet::default(),
        base: import.root.map(Path::to_owned).unwrap_or_default(),
    };
    match (import.output, known) {
        (Some(output), known) => {
            made.write_to(import.root, output, known.as_ref().map(|(_, known)| known))?;
            made.known = known.map(|(_, known)| known);
        }
        (None, _) if import.root.is_none() => {
            let help = "name a file to write with --output, or run this in the folder that holds portfolio/";
            return Err(EngineError::refused("there is no portfolio here", help));
        }
        (None, None) => made.changes.create(&target, made.source.text.to_string()),
        (None, Some((_, known))) if is_same || !import.replace => {
            made.becomes = if is_same {
                BecomesStandard::Nothing
            } else {
                BecomesStandard::Revision
            };
            made.known = Some(known);
        }
        (None, Some((old, mut known))) => {
            let kept = kept_keys(&old, &known.old, &known.new, &known.changes);
            known.lost.clone_from(&kept.lost);
            made.source.text = standard_file(id, &reading.draft, &kept.keys).into();
            made.replace(import.root.unwrap_or(Path::new(".")), &old, known)?;
        }
    }
    made.findings = check_standard(&made.source, None);
    Ok(made)
}

/// The standard that is known under an id: the workspace's, or else the program's.
fn find_known(root: Option<&Path>, id: &str) -> Result<Option<FoundStandard>, EngineError> {
    let sources: Vec<Source> = match root {
        Some(root) => load_standards(root)?,
        None => embedded_standards().collect(),
    };
    let found = sources.into_iter().filter(is_standard).find_map(|source| {
        let standard = parse::standard(&source).value?;
        (standard.id.value == id).then_some(FoundStandard { source, standard })
    });
    Ok(found)
}

fn parse(source: &Source) -> Result<Standard, EngineError> {
    parse::standard(source).value.ok_or_else(|| {
        let help = "`ksbfolio standards check FILE` says what is wrong in the file that is here";
        EngineError::refused(
            "the imported standard does not fit the keys that are kept",
            help,
        )
    })
}

fn compare_known(known: &FoundStandard, new: &Standard) -> (FoundStandard, KnownStandard) {
    let (old, wording) = (LockedStandard::of(&known.standard), LockedStandard::of(new));
    let compared = KnownStandard {
        path: known.source.path.clone(),
        changes: compare(&old, &wording),
        differences: differences(&known.standard, new),
        lost: Vec::new(),
        old,
        new: wording,
    };
    let known = FoundStandard {
        source: known.source.clone(),
        standard: known.standard.clone(),
    };
    (known, compared)
}

impl KnownStandard {
    /// The changes of the statements, for reports.
    #[must_use]
    pub fn revision(&self) -> Revision<'_> {
        Revision {
            old: &self.old,
            new: &self.new,
            changes: self.changes.clone(),
        }
    }

    /// Whether there is nothing to take from the import. A standard of the program's own stays when
    /// its words and duties are the same.
    fn is_same(&self) -> bool {
        let differs = |line: &String| self.is_own() || line.starts_with("Duty");
        self.revision().is_empty() && !self.differences.iter().any(differs)
    }

    /// Whether it is a file of the workspace, not of the program.
    fn is_own(&self) -> bool {
        !self.path.as_str().starts_with("ksbfolio:")
    }
}

impl MadeStandard {
    /// Plans to write it to a file that was named.
    fn write_to(
        &mut self,
        root: Option<&Path>,
        output: &Path,
        known: Option<&KnownStandard>,
    ) -> Result<(), EngineError> {
        let name = output.file_name().unwrap_or_default().to_string_lossy();
        if !name.ends_with(".yaml") {
            let help = "give --output a name that ends with .yaml";
            return Err(EngineError::refused("a standard is a YAML file", help));
        }
        if store::file_kind(output) != FileKind::None {
            let help = "choose another name; to take a new version of a standard, use --replace without --output";
            return Err(EngineError::refused(
                format!("{name} is there already"),
                help,
            ));
        }
        let folder = output
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).clone_into(&mut self.base);
        let in_standards = root.is_some_and(|root| {
            let real = |path: &Path| path.canonicalize().ok();
            let standards = real(&root.join(layout::STANDARDS));
            standards.is_some_and(|standards| {
                real(&self.base).is_some_and(|base| base.starts_with(standards))
            })
        });
        if let Some(known) = known.filter(|known| in_standards && known.is_own()) {
            let message = format!("{} has the id {} already", known.path, self.id);
            let help = "write it outside of standards/, or take the new version with --replace";
            return Err(EngineError::refused(message, help));
        }
        self.changes
            .create(&SourcePath::new(&name), self.source.text.to_string());
        Ok(())
    }

    /// Plans to put it in the place of the version before, with a map and both wordings on record.
    fn replace(
        &mut self,
        root: &Path,
        old: &FoundStandard,
        known: KnownStandard,
    ) -> Result<(), EngineError> {
        parse(&self.source)?;
        if known.is_own() {
            self.source.path = known.path.clone();
            let before = sha256_hex(old.source.text.as_bytes());
            self.changes
                .replace(&known.path, &before, self.source.text.to_string());
        } else {
            self.changes
                .create(&self.source.path, self.source.text.to_string());
        }
        let revision = known.revision();
        if known.old.digest != known.new.digest {
            let (path, map) = map_of(&revision);
            self.changes.create(&path, map);
        }
        add_versions(root, &[&known.old, &known.new], &mut self.changes)?;
        self.known = Some(known);
        Ok(())
    }
}
