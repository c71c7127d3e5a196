//! Reads files of evidence: their hashes, and what pictures and documents carry.

use std::path::{Path, PathBuf};

use crate::document::{self, DocumentType, MOST_BYTES, Refusal};
use crate::model::{Evidence, EvidenceFile, Inspection};
use crate::par;
use crate::store::{self, StoreError};
use crate::text::{SourcePath, sha256_hex};

/// How a file is inspected.
#[derive(Clone, Copy)]
enum Inspected {
    Picture,
    Document(DocumentType),
}

/// Hashes files of evidence, and inspects pictures and documents of the `allowed` types.
///
/// # Errors
/// A file cannot be read.
pub fn read_evidence(
    root: &Path,
    paths: &[PathBuf],
    allowed: &[DocumentType],
) -> Result<Evidence, StoreError> {
    let read = |path: &PathBuf| -> Result<(SourcePath, EvidenceFile), StoreError> {
        let name = store::source_path(root, path);
        let file = match inspected_as(&name, allowed) {
            Some(kind) if store::size(path)? <= MOST_BYTES => inspect(kind, store::read(path)?),
            kind => {
                let (sha256, bytes) = store::digest(path)?;
                EvidenceFile {
                    sha256,
                    bytes,
                    inside: kind.map(|_| Err(Refusal::TooLarge)),
                }
            }
        };
        Ok((name, file))
    };
    par::map(paths, read).into_iter().collect()
}

fn inspected_as(name: &SourcePath, allowed: &[DocumentType]) -> Option<Inspected> {
    let lower = name.as_str().to_lowercase();
    if [".png", ".jpg", ".jpeg"]
        .iter()
        .any(|extension| lower.ends_with(extension))
    {
        return Some(Inspected::Picture);
    }
    DocumentType::of_file(&lower)
        .filter(|kind| allowed.contains(kind))
        .map(Inspected::Document)
}

fn inspect(kind: Inspected, bytes: Vec<u8>) -> EvidenceFile {
    let (sha256, size) = (sha256_hex(&bytes), bytes.len() as u64);
    let inside = match kind {
        Inspected::Picture => document::picture(&bytes),
        Inspected::Document(kind) => document::read(kind, bytes),
    };
    EvidenceFile {
        sha256,
        bytes: size,
        inside: Some(inside.map(Inspection::of)),
    }
}
