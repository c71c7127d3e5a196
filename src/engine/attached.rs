//! Pictures and documents of a site. Pictures are re-encoded, documents are published unchanged.

use std::collections::{BTreeMap, BTreeSet};

use super::embedded_pictures::embed_pictures;
use super::{EngineError, Snapshot};
use crate::files::{SiteFile, SitePath};
use crate::layout;
use crate::model::Audience;
use crate::par;
use crate::render;
use crate::store;
use crate::text::{SourcePath, sha256_hex};
use crate::view::{self, AttachedFile, Published};

/// The pictures and documents that may be shown, and their files. A file that cannot be published
/// is left out, and its page says so.
///
/// # Errors
/// A file cannot be read.
pub fn attached(
    project: &Snapshot,
    audience: Audience,
) -> Result<(BTreeMap<SourcePath, Published>, Vec<SiteFile>), EngineError> {
    prepare_files(project, list_wanted(project, audience))
}

/// The pictures and documents of one entry that may be shown, with pictures as `data:` URLs.
///
/// # Errors
/// A file cannot be read.
pub fn embedded_in(
    project: &Snapshot,
    audience: Audience,
    at: usize,
) -> Result<BTreeMap<SourcePath, Published>, EngineError> {
    let entry = &project.portfolio.entries[at];
    let base = SourcePath::new(layout::SETTINGS);
    let attached = entry.front_matter.attachments.iter();
    let attached = attached.filter_map(|one| base.join(&one.file.value));
    let named: BTreeSet<SourcePath> = attached
        .chain(entry.linked_files.values().cloned())
        .collect();
    let mut wanted = list_wanted(project, audience);
    wanted.retain(|file| named.contains(&file.source));
    let (published, files) = prepare_files(project, wanted)?;
    Ok(embed_pictures(published, &files))
}

fn list_wanted(project: &Snapshot, audience: Audience) -> Vec<AttachedFile> {
    view::attached_files(&project.portfolio, audience, project.coverage.as_of)
}

fn prepare_files(
    project: &Snapshot,
    wanted: Vec<AttachedFile>,
) -> Result<(BTreeMap<SourcePath, Published>, Vec<SiteFile>), EngineError> {
    let sources: Vec<SourcePath> = wanted.iter().map(|file| file.source.clone()).collect();
    let bytes = store::read_files(&*project.files, &sources)?;
    let work: Vec<(AttachedFile, Vec<u8>)> = wanted.into_iter().zip(bytes).collect();
    let mut published = BTreeMap::new();
    let mut files = Vec::new();
    let prepare = |work| prepared(work, project.is_filtered());
    for (source, shown, file) in par::map_into(work, prepare).into_iter().flatten() {
        published.insert(source, shown);
        files.push(file);
    }
    Ok((published, files))
}

/// Sentences about files that are not published although their entries are, and about which `check`
/// may have no finding.
#[must_use]
pub fn not_published(
    project: &Snapshot,
    audience: Audience,
    published: &BTreeMap<SourcePath, Published>,
) -> Vec<String> {
    let (portfolio, as_of) = (&project.portfolio, project.coverage.as_of);
    let never = view::never_published(portfolio, audience, as_of).into_iter();
    let never = never.map(|(source, why)| format!("Left out: {source}, {}.", why.words()));
    let wanted = view::attached_files(portfolio, audience, as_of).into_iter();
    let missing = wanted
        .filter(|file| !published.contains_key(&file.source))
        .map(|file| {
            let source = file.source;
            match file.document {
                None => {
                    format!(
                        "Left out: {source}, of which no clean copy can be made. Save it again."
                    )
                }
                Some(_) => format!("Left out: {source}, which was changed meanwhile. Build again."),
            }
        });
    never.chain(missing).collect()
}

/// A file as it is published; `None` if a picture cannot be re-encoded, or a document is not the
/// one that was inspected. A picture that `is_clean` is published as it is.
fn prepared(
    (file, original): (AttachedFile, Vec<u8>),
    is_clean: bool,
) -> Option<(SourcePath, Published, SiteFile)> {
    let AttachedFile {
        source,
        sha256,
        site_path,
        document,
    } = file;
    let (bytes, width, height) = if document.is_some() {
        (sha256_hex(&original) == sha256).then_some((original, 0, 0))?
    } else {
        let clean = render::clean(&original)?;
        let bytes = if is_clean { original } else { clean.bytes };
        (bytes, clean.width, clean.height)
    };
    let path = SitePath::new(site_path.clone());
    Some((
        source,
        Published {
            site_path,
            width,
            height,
            document,
        },
        SiteFile { path, bytes },
    ))
}
