//! The files of an import: named ones, those of a folder, and those in a zip.

use std::path::PathBuf;

use super::EngineError;
use super::import_text::READ;
use crate::convert::{ImportFormat, recognise, refusal_sentence, zip_sentence};
use crate::document::{self, Refusal};
use crate::store::{self, InputFile};
use crate::text::SourcePath;

/// A file to import, or one beside it.
#[derive(Debug)]
pub(super) struct ImportSource {
    pub(super) name: SourcePath,
    place: SourcePlace,
    /// Whether it was named itself, not through its folder.
    is_named: bool,
    skipped: Option<String>,
}

#[derive(Debug)]
enum SourcePlace {
    Disk(PathBuf),
    Memory(Vec<u8>),
}

/// All files that were named, by group: pictures are looked for in the group of their text.
#[derive(Debug, Default)]
pub struct ImportSources {
    groups: Vec<Vec<ImportSource>>,
}

impl ImportSources {
    /// Adds what a path names.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn add(&mut self, named: &std::path::Path) -> Result<(), EngineError> {
        let files = store::list_inputs(named)?;
        let is_named = files.len() == 1 && files[0].path == named;
        let source = |file: InputFile| ImportSource {
            name: file.name,
            place: SourcePlace::Disk(file.path),
            is_named,
            skipped: file.skipped.map(str::to_owned),
        };
        self.groups.push(files.into_iter().map(source).collect());
        Ok(())
    }

    /// Adds files that are in memory, each with its name. Pictures among them are looked for by it.
    pub fn add_bytes(&mut self, files: Vec<(String, Vec<u8>)>) {
        let source = |(name, bytes): (String, Vec<u8>)| ImportSource {
            name: store::masked_path(&name),
            place: SourcePlace::Memory(bytes),
            is_named: false,
            skipped: None,
        };
        self.groups.push(files.into_iter().map(source).collect());
    }

    /// Unpacks zips of files, and returns all files of each group.
    pub(super) fn unpacked(self) -> Vec<Vec<ImportSource>> {
        let mut all = Vec::new();
        for group in self.groups {
            let mut rest = Vec::with_capacity(group.len());
            for mut source in group {
                match source.unpack() {
                    Some(files) => all.push(files),
                    None => rest.push(source),
                }
            }
            all.push(rest);
        }
        all.retain(|group| !group.is_empty());
        all
    }
}

impl ImportSource {
    /// The files in a zip; `None` if this is something else. What is wrong with a zip is noted.
    fn unpack(&mut self) -> Option<Vec<Self>> {
        if self.skipped.is_some() || !self.name.as_str().to_lowercase().ends_with(".zip") {
            return None;
        }
        let bytes = self.read().ok()?;
        let is_zip = recognise(self.name.as_str(), &bytes) == Ok(ImportFormat::Zip);
        let names = document::zip_names(&bytes);
        if !is_zip || is_document(&names) {
            return None;
        }
        let sentence = zip_sentence(names.iter().map(String::as_str));
        match sentence.map_or_else(
            || document::unpack(&bytes).map_err(archive_sentence),
            |one| Err(one.to_owned()),
        ) {
            Ok(parts) => {
                let source = |(name, bytes): (String, Vec<u8>)| {
                    let is_zip = name.to_lowercase().ends_with(".zip")
                        && !is_document(&document::zip_names(&bytes));
                    let why = "it is a zip within a zip: unpack it first";
                    Self {
                        name: store::masked_path(&name),
                        place: SourcePlace::Memory(bytes),
                        is_named: false,
                        skipped: is_zip.then(|| why.to_owned()),
                    }
                };
                let parts = parts.into_iter().filter(|(name, _)| !is_of_system(name));
                Some(parts.map(source).collect())
            }
            Err(sentence) => {
                self.skipped = Some(sentence);
                None
            }
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// A sentence that says why it is not read.
    pub(super) fn read(&self) -> Result<Vec<u8>, String> {
        match (&self.skipped, &self.place) {
            (Some(why), _) => Err(why.clone()),
            (None, SourcePlace::Memory(bytes)) => Ok(bytes.clone()),
            (None, SourcePlace::Disk(path)) => {
                store::read_input(path).map_err(|error| error.to_string())
            }
        }
    }

    /// Whether it may be passed over: a picture or another file in a folder that was named.
    pub(super) fn is_beside(&self) -> bool {
        // These are texts too, and refused by name.
        const REFUSED: [&str; 10] = [
            ".doc", ".dot", ".rtf", ".pdf", ".pages", ".html", ".htm", ".zip", ".gdoc", ".wps",
        ];
        let lower = self.name.as_str().to_lowercase();
        let file = lower.rsplit('/').next().unwrap_or_default();
        let mut texts = READ.iter().chain(&REFUSED);
        let is_text = texts.any(|ending| file.ends_with(ending)) || !file.contains('.');
        self.skipped.is_none() && !self.is_named && !is_text
    }

    /// Reads a picture that the text of this source names.
    pub(super) fn find_picture(&self, group: &[Self], target: &str) -> Option<Vec<u8>> {
        let file = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
        let beside = self.name.join(target);
        let find = |wanted: &str| {
            let mut group = group.iter();
            group.find(|one| one.name.as_str().eq_ignore_ascii_case(wanted))
        };
        let found = beside
            .and_then(|path| find(path.as_str()))
            .or_else(|| find(target));
        // Obsidian finds a file anywhere by its name.
        let named = || {
            group
                .iter()
                .find(|one| file(one.name.as_str()) == file(target))
        };
        if let Some(found) = found.or_else(named) {
            return found.read().ok();
        }
        match &self.place {
            SourcePlace::Disk(path) => store::read_beside(path, target),
            SourcePlace::Memory(_) => None,
        }
    }
}

/// Whether the names in a zip are those of an Office or OpenDocument file.
pub(super) fn is_document(names: &[String]) -> bool {
    names
        .iter()
        .any(|name| name.eq_ignore_ascii_case("[Content_Types].xml") || name == "mimetype")
}

/// Files that systems add to a zip.
fn is_of_system(name: &str) -> bool {
    let is_hidden =
        |step: &str| step.starts_with('.') || step.starts_with("~$") || step == "__MACOSX";
    name.split('/').any(is_hidden) || name.ends_with("Thumbs.db")
}

fn archive_sentence(refusal: Refusal) -> String {
    match refusal {
        Refusal::Bomb => {
            "it unpacks to more than 128 MB, or to far more than its size: unpack it, and import the folder".to_owned()
        }
        refusal => refusal_sentence(refusal),
    }
}
