//! Finds the text of an entry that a decision was made about, in the git history.
//!
//! No other copy is kept: it would outlive the day on which the author removes a name.

use std::sync::Arc;

use super::Snapshot;
use crate::model::{Entry, Evidence, EvidenceFile};
use crate::parse;
use crate::resolve::{ResolveContext, resolve_standalone};
use crate::store::{self, StoreError, Version};
use crate::text::{Source, SourcePath, SourceProvider, Span, sha256_hex, word_diff};

/// An earlier version of an entry.
pub(super) struct Earlier {
    /// The commit that contains it.
    pub commit: String,
    /// The entry.
    entry: Arc<Entry>,
    /// Its text.
    text: String,
}

/// The version of an entry with a given digest; `None` if the history does not have it.
///
/// # Errors
/// There is a history, and it cannot be read.
pub(super) fn as_read(
    project: &Snapshot,
    at: usize,
    digest: &str,
) -> Result<Option<Earlier>, StoreError> {
    let path = &project.portfolio.entries[at].path;
    let versions = store::versions(&project.root, path.as_str())?.unwrap_or_default();
    Ok(versions
        .into_iter()
        .find_map(|version| same(project, path, version, digest)))
}

fn same(project: &Snapshot, path: &SourcePath, version: Version, digest: &str) -> Option<Earlier> {
    let text = String::from_utf8(version.bytes).ok()?;
    let source = Source::new(path.as_str(), &text);
    let entry_with = |evidence: &Evidence| {
        let world = ResolveContext {
            evidence,
            ..ResolveContext::of(&project.portfolio)
        };
        resolve_standalone(parse::entry(&source), &text, &world).entry
    };
    let mut entry = entry_with(&project.portfolio.evidence);
    if !entry.digests.matches(digest) && !entry.front_matter.attachments.is_empty() {
        entry = entry_with(&evidence_at(project, &entry, &version.commit));
    }
    entry.digests.matches(digest).then_some(Earlier {
        commit: version.commit,
        entry,
        text,
    })
}

/// The evidence, with the files of one entry as they were in a commit.
fn evidence_at(project: &Snapshot, entry: &Entry, commit: &str) -> Evidence {
    let mut evidence = project.portfolio.evidence.clone();
    for path in &entry.uses {
        match store::file_at(&project.root, commit, path.as_str()) {
            Some(bytes) => {
                let file = EvidenceFile {
                    sha256: sha256_hex(&bytes),
                    bytes: bytes.len() as u64,
                    inside: None,
                };
                evidence.insert(path.clone(), file);
            }
            None => drop(evidence.remove(path)),
        }
    }
    evidence
}

/// The changes of an entry since it had a given digest, with identifiers masked.
#[must_use]
pub fn describe_changes(project: &Snapshot, at: usize, digest: &str) -> String {
    let entry = &project.portfolio.entries[at];
    let earlier = match as_read(project, at, digest) {
        Ok(Some(earlier)) => earlier,
        Ok(None) => {
            return "What changed cannot be shown: no git history holds what was read.\n"
                .to_owned();
        }
        Err(failure) => {
            let why = failure.cause();
            return format!(
                "What changed cannot be shown: the git history cannot be read ({why}).\n"
            );
        }
    };
    let now = project.sources.text(&entry.path).unwrap_or_default();
    let changed = word_diff(&masked(&earlier.text, &earlier.entry), &masked(&now, entry));
    let mut changed = if changed.is_empty() {
        String::new()
    } else {
        changed
    };
    let hash = |entry: &Entry, file: &str| {
        entry
            .front_matter
            .attachments
            .iter()
            .find(|one| one.file.value == file)
            .map(|one| one.sha256.clone())
    };
    for attachment in &entry.front_matter.attachments {
        let file = &attachment.file.value;
        if hash(&earlier.entry, file).is_some_and(|old| old != attachment.sha256) {
            changed = changed + file + " is another file now\n";
        }
    }
    if changed.is_empty() {
        changed.push_str(
            "Only what is never shown has changed: the day of the event, or what identifies a person.\n",
        );
    }
    let commit: String = earlier.commit.chars().take(10).collect();
    format!("What changed since it was read (commit {commit}); [-gone-] {{+new+}}:\n{changed}")
}

/// A text with identifiers masked.
fn masked(text: &str, entry: &Entry) -> String {
    let hidden = |at: usize| {
        entry
            .identifiers
            .masked
            .iter()
            .any(|span: &Span| span.start <= at && at < span.end)
    };
    let cover = |(at, sign): (usize, char)| {
        if hidden(at) && !sign.is_control() {
            '*'
        } else {
            sign
        }
    };
    entry.covered(&text.char_indices().map(cover).collect::<String>())
}
