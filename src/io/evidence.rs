//! Reads files of evidence: their digests, and what pictures and documents carry.

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use super::load::source_path;
use crate::document::{self, DocumentType, MOST_BYTES, Refusal};
use crate::model::{Evidence, EvidenceFile, Inside};
use crate::par;
use crate::text::{SourcePath, sha256_hex, sha256_of};

/// What a file is looked into as.
#[derive(Clone, Copy)]
enum Look {
    Picture,
    Document(DocumentType),
}

/// Files of evidence. Pictures are looked into, and documents of the types that are allowed.
pub(super) fn evidence_files(
    root: &Path,
    paths: &[PathBuf],
    allowed: &[DocumentType],
) -> Result<Evidence, Failure> {
    let read = |path: &PathBuf| -> Result<(SourcePath, EvidenceFile), Failure> {
        let failed = |error| Failure::new("read", path, error);
        let name = source_path(root, path);
        let bytes = fs::metadata(path).map_err(failed)?.len();
        let file = match look(&name, allowed) {
            Some(look) if bytes <= MOST_BYTES => looked_into(look, fs::read(path).map_err(failed)?),
            look => {
                let (sha256, bytes) =
                    sha256_of(fs::File::open(path).map_err(failed)?).map_err(failed)?;
                EvidenceFile {
                    sha256,
                    bytes,
                    inside: look.map(|_| Err(Refusal::TooLarge)),
                }
            }
        };
        Ok((name, file))
    };
    par::map(paths, read).into_iter().collect()
}

fn look(name: &SourcePath, allowed: &[DocumentType]) -> Option<Look> {
    let lower = name.as_str().to_lowercase();
    if [".png", ".jpg", ".jpeg"]
        .iter()
        .any(|ending| lower.ends_with(ending))
    {
        return Some(Look::Picture);
    }
    DocumentType::of_file(&lower)
        .filter(|kind| allowed.contains(kind))
        .map(Look::Document)
}

fn looked_into(look: Look, bytes: Vec<u8>) -> EvidenceFile {
    let (sha256, size) = (sha256_hex(&bytes), bytes.len() as u64);
    let inside = match look {
        Look::Picture => document::picture(&bytes),
        Look::Document(kind) => document::read(kind, bytes),
    };
    EvidenceFile {
        sha256,
        bytes: size,
        inside: Some(inside.map(Inside::of)),
    }
}
