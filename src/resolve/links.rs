//! Links between entries and files, and links that lead nowhere.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::attachments;
use super::context::ResolveContext;
use super::faults::missing_file;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{Attachment, Entry, EntryIndex};
use crate::parse::{DraftLink, WIKI};
use crate::text::{MAX_SUGGESTIONS, SourcePath, nearest, percent_decode, split_fragment};

/// Schemes that a link may have; links with other schemes are rendered as text.
const SAFE_SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// The paths of files and entries that an entry attaches or links to.
pub(super) fn used_paths(
    path: &SourcePath,
    attachments: &[Attachment],
    links: &[DraftLink],
) -> Vec<SourcePath> {
    let attached = attachments.iter().filter_map(attachments::target);
    let linked = links
        .iter()
        .filter_map(|link| path.linked(&link.target).next());
    attached.chain(linked).collect()
}

/// Records links and `closed_by` keys of an entry that lead nowhere.
pub(super) fn check_references(
    entry: &Entry,
    links: &[DraftLink],
    index: &EntryIndex,
    context: &ResolveContext<'_>,
    faults: &mut Vec<Fault>,
) {
    check_links(entry, links, index, context, faults);
    check_closing_entries(entry, index, faults);
}

/// Makes the suggestion relative to the folder of an entry.
fn relative_to_entry(mut fault: Fault, path: &SourcePath) -> Fault {
    let climb = "../".repeat(path.as_str().matches('/').count().saturating_sub(1));
    let (FaultKind::MissingFile {
        nearest: Some(near),
        ..
    }
    | FaultKind::WrongCase { actual: near, .. }) = &mut fault.kind
    else {
        return fault;
    };
    if !near.starts_with("..") {
        *near = format!("{climb}{near}");
    }
    fault
}

/// Whether a target may be followed: `https:/x` and `//x` look like web addresses and are none.
fn is_well_formed(target: &str) -> bool {
    let lower = target.to_lowercase();
    match ["https:", "http:"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme))
    {
        Some(rest) => rest.strip_prefix("//").is_some_and(|host| {
            host.starts_with(|first: char| first.is_alphanumeric() || first == '[')
        }),
        None => !lower.starts_with("//") && !lower.starts_with("\\\\"),
    }
}

/// The scheme of a link target, in lower case; `None` if it has none.
fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let plain = scheme
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    (plain && !scheme.is_empty()).then(|| scheme.to_lowercase())
}

fn check_links(
    entry: &Entry,
    links: &[DraftLink],
    index: &EntryIndex,
    context: &ResolveContext<'_>,
    faults: &mut Vec<Fault>,
) {
    let anchors = LazyCell::new(|| entry.body.anchors());
    let before = faults.len();
    // An attachment that is missing is reported there, and not again where the text shows it.
    let attached = entry.front_matter.attachments.iter();
    let missing = attached.filter(|one| one.sha256.is_none());
    let missing: BTreeSet<SourcePath> = missing.filter_map(attachments::target).collect();
    let is_reported = |link: &DraftLink| {
        let mut meant = entry.path.linked(&link.target);
        !missing.is_empty() && meant.any(|path| missing.contains(&path))
    };
    for link in links {
        let place = Place::new(&entry.path, link.span);
        let near = (faults.len() - before < MAX_SUGGESTIONS).then_some(index);
        match scheme(&link.target) {
            _ if !is_well_formed(&link.target) => {
                faults.push(broken_link(&link.target, "", place, near));
            }
            _ if entry.linked_files.contains_key(&link.target) => {}
            Some(scheme) if scheme == "wiki" => {
                let name = &link.target[WIKI.len()..];
                if link.image || index.linked(&entry.path, &link.target).is_none() {
                    faults.push(broken_link(name, split_fragment(name).0, place, near));
                }
            }
            Some(scheme) if scheme == "entry" => {
                let id = &link.target["entry:".len()..];
                if index.by_id(id).is_none() {
                    faults.push(broken_link(&link.target, id, place, near));
                }
            }
            Some(scheme) if link.image || !SAFE_SCHEMES.contains(&scheme.as_str()) => {
                let kind = FaultKind::UnsafeLink { scheme };
                faults.push(Fault { place, kind });
            }
            Some(_) => {}
            None if split_fragment(&link.target).0.is_empty() => {
                let fragment = link.target.trim_start_matches('#');
                if anchors.find(fragment).is_none() {
                    faults.push(broken_link(&link.target, fragment, place, near));
                }
            }
            None if is_reported(link) => {}
            None => {
                let is_entry = !link.image && index.linked(&entry.path, &link.target).is_some();
                if !is_entry {
                    faults.push(missing_target(entry, link, place, near, context));
                }
            }
        }
    }
}

/// The fault of a relative link that names no entry and no file of evidence.
fn missing_target(
    entry: &Entry,
    link: &DraftLink,
    place: Place,
    near: Option<&EntryIndex>,
    context: &ResolveContext<'_>,
) -> Fault {
    let path = split_fragment(&link.target).0;
    let missing = missing_file(path, place.clone(), near.map(|_| context.evidence));
    let is_certain = matches!(missing.kind, FaultKind::WrongCase { .. });
    if link.image || is_certain || is_evidence(path) {
        return relative_to_entry(missing, &entry.path);
    }
    let guess = percent_decode(path);
    let guess = SourcePath::new(&guess);
    broken_link(&link.target, guess.stem(), place, near)
}

/// Whether a path has the ending of a picture or document, or leads to the folder of evidence.
fn is_evidence(path: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "pdf", "docx", "doc", "odt", "xlsx", "xls", "ods", "pptx", "ppt", "odp", "png", "jpg",
        "jpeg", "heic",
    ];
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    ENDINGS.contains(&ending.as_str()) || path.contains("evidence/")
}

fn broken_link(target: &str, guess: &str, place: Place, near: Option<&EntryIndex>) -> Fault {
    let kind = FaultKind::BrokenLink {
        target: target.to_owned(),
        nearest: nearest_id(guess, near),
        takes_id: false,
    };
    Fault { place, kind }
}

fn nearest_id(guess: &str, near: Option<&EntryIndex>) -> Option<String> {
    near.and_then(|index| nearest(guess, index.ids()))
        .map(str::to_owned)
}

fn check_closing_entries(entry: &Entry, index: &EntryIndex, faults: &mut Vec<Fault>) {
    let before = faults.len();
    let closing = entry
        .front_matter
        .actions
        .iter()
        .filter_map(|action| action.closed_by.as_ref());
    for closing in closing.filter(|closing| index.by_id(&closing.value).is_none()) {
        let near = (faults.len() - before < MAX_SUGGESTIONS).then_some(index);
        // A learner who writes a file name most likely means the entry in that file.
        let guess = SourcePath::new(&closing.value);
        let kind = FaultKind::BrokenLink {
            target: closing.value.clone(),
            nearest: nearest_id(guess.stem(), near),
            takes_id: true,
        };
        let place = Place::new(&entry.path, closing.span);
        faults.push(Fault { place, kind });
    }
}
