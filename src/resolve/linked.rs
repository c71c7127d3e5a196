//! Files of evidence that an entry shows or links to in its text.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use super::attachments;
use crate::model::{Attachment, Evidence};
use crate::parse::{DraftLink, WIKI};
use crate::text::{SourcePath, Spanned, split_fragment};

/// The files that links name, by target as written.
pub(super) type LinkedFiles = BTreeMap<String, SourcePath>;

/// Finds the files of evidence that the links of an entry name.
pub(super) fn find_linked_files(
    path: &SourcePath,
    links: &[DraftLink],
    evidence: &Evidence,
) -> LinkedFiles {
    // Editors that link by `[[name]]` find a file in any folder.
    let by_name = LazyCell::new(|| {
        let name = |path: &SourcePath| path.as_str().rsplit('/').next().map(str::to_lowercase);
        let names = evidence
            .keys()
            .rev()
            .filter_map(|path| Some((name(path)?, path)));
        names.collect::<HashMap<String, &SourcePath>>()
    });
    let mut found = LinkedFiles::new();
    for link in links {
        let target = link.target.as_str();
        if found.contains_key(target) {
            continue;
        }
        let file = match target.strip_prefix(WIKI) {
            Some(name) => {
                let name = split_fragment(name)
                    .0
                    .rsplit('/')
                    .next()
                    .unwrap_or_default();
                by_name.get(&name.to_lowercase()).copied().cloned()
            }
            None => path.linked(target).find(|path| evidence.contains_key(path)),
        };
        found.extend(file.map(|file| (link.target.clone(), file)));
    }
    found
}

/// Adds the files of evidence in the text of an entry to its attachments, each once. They are judged
/// and published like those that the front matter lists.
pub(super) fn attach_linked_files(
    attachments: &mut Vec<Attachment>,
    links: &[DraftLink],
    files: &LinkedFiles,
    evidence: &Evidence,
) {
    let listed = attachments.iter().filter_map(attachments::target);
    let mut known: Vec<SourcePath> = listed.collect();
    for link in links {
        let Some(path) = files.get(&link.target).filter(|path| !known.contains(path)) else {
            continue;
        };
        let name = path.as_str().strip_prefix("portfolio/").unwrap_or_default();
        known.push(path.clone());
        let alt = link.alt.trim();
        attachments.push(Attachment {
            file: Spanned::new(name.to_owned(), link.span),
            alt: (!alt.is_empty()).then(|| alt.to_owned()),
            caption: None,
            consent: None,
            shows: None,
            sha256: evidence.get(path).map(|file| file.sha256.clone()),
            in_text: true,
        });
    }
}
