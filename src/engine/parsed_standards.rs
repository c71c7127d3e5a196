//! Parsed files of the folder of standards. The portfolios of a cohort have mostly the same ones,
//! and so has a portfolio after an edit: a file of the same path and text is parsed once.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::model::{Guidance, ProgrammeRules, ReflectionModel, Standard, StandardMap};
use crate::parse::{self, Parsed};
use crate::text::{Source, sum};

/// A parsed file of the folder of standards.
#[derive(Clone, Debug)]
pub(super) enum StandardsFile {
    /// A standard.
    Standard(Box<Parsed<Option<Standard>>>),
    /// A reflection model.
    Model(Parsed<Option<ReflectionModel>>),
    /// Guidance.
    Guidance(Parsed<Option<Guidance>>),
    /// Rules on programmes.
    Programme(Parsed<Option<ProgrammeRules>>),
    /// A map from one version of a standard to the next.
    Map(Box<Parsed<Option<StandardMap>>>),
}

/// The most bytes of text whose parsed files are kept: ten times those of the program's own.
const MOST_BYTES: usize = 1024 * 1024;

static KEPT: LazyLock<Mutex<KeptFiles>> = LazyLock::new(Mutex::default);

/// Parses a file, or copies what was parsed from the same text before.
pub(super) fn parse_standards_file(source: &Source) -> StandardsFile {
    let key = sum(source.text.as_bytes());
    let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept().find(key, source) {
        return known;
    }
    let parsed = parse_by_folder(source);
    kept().keep(key, source, &parsed);
    parsed
}

/// Files by the checksum of their text.
#[derive(Default)]
struct KeptFiles {
    files: HashMap<u128, (Source, StandardsFile)>,
    bytes: usize,
}

impl KeptFiles {
    fn find(&self, key: u128, source: &Source) -> Option<StandardsFile> {
        let (known, parsed) = self.files.get(&key)?;
        // The checksum is not cryptographic.
        let is_same = known.path == source.path
            && known.path.shown() == source.path.shown()
            && known.text == source.text;
        is_same.then(|| parsed.clone())
    }

    fn keep(&mut self, key: u128, source: &Source, parsed: &StandardsFile) {
        let length = source.text.len();
        // A large file would displace all others.
        if length > MOST_BYTES / 4 {
            return;
        }
        if self.bytes + length > MOST_BYTES {
            *self = Self::default();
        }
        let kept = (source.clone(), parsed.clone());
        let replaced = self.files.insert(key, kept);
        self.bytes += length;
        self.bytes -= replaced.map_or(0, |(source, _)| source.text.len());
    }
}

/// Parses a file: the folder below that of standards says which kind it is.
fn parse_by_folder(source: &Source) -> StandardsFile {
    let path = source.path.as_str();
    if path.contains("standards/reflection/") {
        StandardsFile::Model(parse::reflection_model(source))
    } else if path.contains("standards/guidance/") {
        StandardsFile::Guidance(parse::guidance(source))
    } else if path.contains("standards/programme/") {
        StandardsFile::Programme(parse::programme(source))
    } else if path.contains("standards/maps/") {
        StandardsFile::Map(Box::new(parse::standard_map(source)))
    } else {
        StandardsFile::Standard(Box::new(parse::standard(source)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(number: usize, length: usize) -> Source {
        let text = format!("# {number} {}\n", "x".repeat(length));
        Source::new("standards/guidance/own.yaml", &text)
    }

    #[test]
    fn a_file_is_kept_by_its_path_and_its_text() {
        let mut kept = KeptFiles::default();
        let source = file(1, 10);
        kept.keep(1, &source, &parse_by_folder(&source));
        assert!(kept.find(1, &source).is_some());
        assert!(kept.find(1, &file(2, 10)).is_none());
        let moved = Source::new("standards/guidance/other.yaml", &source.text);
        assert!(kept.find(1, &moved).is_none());
    }

    #[test]
    fn no_more_is_kept_than_the_limit() {
        let mut kept = KeptFiles::default();
        let large = file(0, MOST_BYTES / 2);
        kept.keep(0, &large, &parse_by_folder(&large));
        assert_eq!(kept.files.len(), 0);
        for number in 1..40 {
            let source = file(number, MOST_BYTES / 5);
            kept.keep(number as u128, &source, &parse_by_folder(&source));
            kept.keep(number as u128, &source, &parse_by_folder(&source));
            let bytes: usize = kept.files.values().map(|(one, _)| one.text.len()).sum();
            assert!(bytes <= MOST_BYTES && bytes == kept.bytes);
            assert!(kept.find(number as u128, &source).is_some());
        }
    }
}
