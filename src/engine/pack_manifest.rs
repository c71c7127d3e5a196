//! The record of a file with the program: sums of all its parts, and what it states without proof.

use std::collections::BTreeMap;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::EngineError;
use super::pack_shared::FileMap;
use crate::document;
use crate::model::StatedFacts;
use crate::text::sha256_hex;

const FORMAT: &str = "ksbfolio portfolio";
const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";
const SOURCES: &str = "sources/";
const SITE: &str = "site/";
/// The folder of all parts in the archive.
const ROOT: &str = "portfolio";
/// The most that all parts may unpack to, in bytes.
const MOST: u64 = 1 << 30;

/// The manifest.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackManifest {
    pub format: String,
    pub version: u32,
    pub program: ProgramRecord,
    /// The learner's reference.
    pub learner: String,
    /// The day by which everything is judged.
    pub as_of: Date,
    /// SHA-256 of the sources, by path.
    pub sources: BTreeMap<String, String>,
    /// SHA-256 of the files of the site, by path.
    pub site: BTreeMap<String, String>,
    /// The facts that sources state because what they follow from is left out.
    pub stated: StatedFacts,
    /// Criteria whose state in the whole portfolio is another one than follows from these sources.
    pub differences: Vec<StateDifference>,
    /// Sentences about what is left out.
    pub left_out: Vec<String>,
}

/// The program that the file was made with.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgramRecord {
    pub version: String,
    /// Of the page with empty slots.
    pub sha256: String,
}

/// A criterion whose state is stated, because it hangs on what is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateDifference {
    /// The code, as `st0215:K7`.
    pub code: String,
    /// Its state in the whole portfolio.
    pub stated: String,
    /// Its state by what is in the file.
    pub computed: String,
}

impl StateDifference {
    /// A sentence without its stop.
    #[must_use]
    pub fn words(&self) -> String {
        let (code, stated, computed) = (&self.code, &self.stated, &self.computed);
        format!("{code}: {stated} in the whole portfolio, {computed} by what is in this file")
    }
}

/// The parts of a file with the program.
#[derive(Default)]
pub(super) struct PackParts {
    pub sources: FileMap,
    pub site: FileMap,
}

/// A sum for each file.
pub(super) fn sums(files: &FileMap) -> BTreeMap<String, String> {
    let sum = |(path, bytes): (&String, &Vec<u8>)| (path.clone(), sha256_hex(bytes));
    files.iter().map(sum).collect()
}

impl PackManifest {
    /// A manifest of these parts.
    pub(super) fn new(parts: &PackParts, program: ProgramRecord, learner: &str, day: Date) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            program,
            learner: learner.to_owned(),
            as_of: day,
            sources: sums(&parts.sources),
            site: sums(&parts.site),
            stated: StatedFacts::default(),
            differences: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Whether this program knows the format.
    pub(super) fn is_known(&self) -> bool {
        self.format == FORMAT && self.version == VERSION
    }

    /// The archive of all parts, in base64. A file of the site that is also a source, such as a
    /// picture, is in it once.
    ///
    /// # Errors
    /// A file is too large for a zip.
    pub(super) fn pack(&self, parts: &PackParts) -> Result<String, EngineError> {
        // Strings, numbers and lists always serialise.
        let manifest = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        let mut files = vec![(MANIFEST.to_owned(), manifest.as_bytes())];
        let is_source = |sum: &String| self.sources.values().any(|source| source == sum);
        for (path, bytes) in &parts.site {
            if !self.site.get(path).is_some_and(is_source) {
                files.push((format!("{SITE}{path}"), bytes));
            }
        }
        for (path, bytes) in &parts.sources {
            files.push((format!("{SOURCES}{path}"), bytes));
        }
        let files = files.iter().map(|(path, bytes)| (path.as_str(), *bytes));
        let zip = document::archive_as_one(ROOT, files).map_err(|error| {
            let message = format!("the file cannot be made: {error}");
            EngineError::refused(message, "leave large documents out of it")
        })?;
        Ok(BASE64.encode(zip))
    }
}

/// Unpacks an archive in base64. Returns the manifest, and the parts that are there.
///
/// # Errors
/// Why it cannot be read, behind "the portfolio in it".
pub(super) fn unpack(base64: &str) -> Result<(PackManifest, PackParts), String> {
    let zip = BASE64
        .decode(base64)
        .map_err(|_| "is damaged: it is not base64".to_owned())?;
    let mut inner = Vec::new();
    read_zip(&zip, |_, bytes| inner = bytes)?;
    let mut parts = PackParts::default();
    let mut manifest = None;
    read_zip(&inner, |name, bytes| {
        let path = name
            .strip_prefix(ROOT)
            .and_then(|name| name.strip_prefix('/'));
        let path = path.unwrap_or(name);
        if path == MANIFEST {
            manifest = Some(bytes);
        } else if let Some(path) = path.strip_prefix(SOURCES) {
            parts.sources.insert(path.to_owned(), bytes);
        } else {
            let path = path.strip_prefix(SITE).unwrap_or(path);
            parts.site.insert(path.to_owned(), bytes);
        }
    })?;
    let manifest = manifest.ok_or_else(|| "has no manifest".to_owned())?;
    let manifest: PackManifest = serde_json::from_slice(&manifest)
        .map_err(|error| format!("has a manifest that cannot be read: {error}"))?;
    restore_shared(&manifest, &mut parts);
    Ok((manifest, parts))
}

/// Reads all files of a zip.
fn read_zip(zip: &[u8], mut each: impl FnMut(&str, Vec<u8>)) -> Result<(), String> {
    let mut left = MOST;
    let done = document::each_part(zip, |name, content| {
        let mut bytes = Vec::new();
        content.take(left + 1).read_to_end(&mut bytes)?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| std::io::Error::other("too large"))?;
        each(name, bytes);
        Ok(())
    });
    done.map_err(|refusal| refusal.words().to_string())
}

/// Adds the files of the site that are in the archive as sources alone.
fn restore_shared(manifest: &PackManifest, parts: &mut PackParts) {
    let by_sum: BTreeMap<&str, &str> = manifest
        .sources
        .iter()
        .map(|(path, sum)| (sum.as_str(), path.as_str()))
        .collect();
    for (path, sum) in &manifest.site {
        let source = by_sum.get(sum.as_str());
        let bytes = source
            .and_then(|source| parts.sources.get(*source))
            .cloned();
        if let (false, Some(bytes)) = (parts.site.contains_key(path), bytes) {
            parts.site.insert(path.clone(), bytes);
        }
    }
}
