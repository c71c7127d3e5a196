//! Copies of pictures and documents that may be published.

use std::collections::BTreeMap;

use super::console::Trouble;
use super::project::Project;
use crate::document;
use crate::io;
use crate::model::Audience;
use crate::par;
use crate::render::{self, SiteFile};
use crate::text::{SourcePath, sha256_hex};
use crate::view::{self, AttachedFile, OfferedDocument, Published, SitePath};

/// Makes copies of the pictures and documents that may be shown. A file of which none can be made is left out, and its
/// page says so.
///
/// # Errors
/// A file cannot be read.
pub fn attached(
    project: &Project,
    audience: Audience,
) -> Result<(BTreeMap<SourcePath, Published>, Vec<SiteFile>), Trouble> {
    let wanted = view::attached_files(&project.portfolio, audience, project.coverage.as_of);
    let sources: Vec<SourcePath> = wanted.iter().map(|file| file.source.clone()).collect();
    let bytes = io::read_files(&project.root, &sources)?;
    let work: Vec<(AttachedFile, Vec<u8>)> = wanted.into_iter().zip(bytes).collect();
    let mut published = BTreeMap::new();
    let mut files = Vec::new();
    for (source, shown, file) in par::map_into(work, copied).into_iter().flatten() {
        published.insert(source, shown);
        files.push(file);
    }
    Ok((published, files))
}

/// Lines about files that an audience may see, and of which no clean copy could be made.
pub fn left_out(
    project: &Project,
    audience: Audience,
    published: &BTreeMap<SourcePath, Published>,
) -> Vec<String> {
    let wanted = view::attached_files(&project.portfolio, audience, project.coverage.as_of);
    let missing = wanted.into_iter().filter(|file| !published.contains_key(&file.source));
    missing
        .map(|file| format!("Left out: {}, of which no clean copy can be made. Save it anew.", file.source))
        .collect()
}

/// A copy; none where none can be made, or where the file is no longer the one that was judged.
fn copied((file, original): (AttachedFile, Vec<u8>)) -> Option<(SourcePath, Published, SiteFile)> {
    let AttachedFile { source, sha256, site_path, document } = file;
    let (bytes, width, height, document) = match document {
        None => {
            let clean = render::clean(&original)?;
            (clean.bytes, clean.width, clean.height, None)
        }
        Some(_) if sha256_hex(&original) != sha256 => return None,
        Some(kind) => {
            let copy = document::copy(kind, original).ok()?;
            let name = view::name_to_save(&source, kind);
            let offered = OfferedDocument { kind, bytes: copy.len() as u64, name };
            (copy, 0, 0, Some(offered))
        }
    };
    let path = SitePath::new(site_path.clone());
    Some((source, Published { site_path, width, height, document }, SiteFile { path, bytes }))
}
