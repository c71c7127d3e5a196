//! Reads files of evidence: their hashes, and what pictures and documents carry.

use super::reuse::Reuse;
use crate::document::{self, DocumentType, MOST_BYTES, Refusal};
use crate::model::{Evidence, EvidenceFile, Inspection};
use crate::par;
use crate::render;
use crate::store::{Files, StoreError};
use crate::text::{SourcePath, sha256_hex};

/// How a file is inspected.
#[derive(Clone, Copy)]
enum Inspected {
    Picture,
    Document(DocumentType),
}

/// Hashes files of evidence, and inspects pictures and documents of the `allowed` types. Files that
/// are known from an earlier snapshot are not read.
///
/// # Errors
/// A file cannot be read.
pub(super) fn read_evidence(
    files: &dyn Files,
    paths: Vec<SourcePath>,
    allowed: &[DocumentType],
    reuse: Option<&Reuse<'_>>,
) -> Result<Evidence, StoreError> {
    let read = |name: SourcePath| -> Result<(SourcePath, EvidenceFile), StoreError> {
        if let Some(known) = reuse.and_then(|reuse| reuse.evidence(&name, allowed)) {
            return Ok((name, known));
        }
        let path = name.as_str();
        let file = match inspected_as(&name, allowed) {
            Some(kind) if files.size(path)? <= MOST_BYTES => inspect(kind, files.read(path)?),
            kind => {
                let (sha256, bytes) = files.digest(path)?;
                EvidenceFile {
                    sha256,
                    bytes,
                    inside: kind.map(|_| Err(Refusal::TooLarge)),
                }
            }
        };
        Ok((name, file))
    };
    par::map_into(paths, read).into_iter().collect()
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
        // Decoded as for the site, so that both say the same.
        Inspected::Picture => document::picture(&bytes).and_then(|found| {
            if render::is_showable(&bytes) {
                Ok(found)
            } else {
                Err(Refusal::Broken)
            }
        }),
        Inspected::Document(kind) => document::read(kind, bytes),
    };
    EvidenceFile {
        sha256,
        bytes: size,
        inside: Some(inside.map(Inspection::of)),
    }
}
