//! Earlier contents of files: what can be taken back.

use std::collections::{BTreeMap, VecDeque};

use crate::text::sha256_hex;

/// The number of changes of each file that can be taken back.
const MOST_VERSIONS: usize = 20;

/// The most bytes of contents that are kept for one file.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Words that are typed one after the other are taken back together, up to this many.
const LONGEST_RUN: usize = 200;

/// Earlier contents of files, in memory alone.
#[derive(Debug, Default)]
pub(super) struct Versions {
    of_files: BTreeMap<String, VecDeque<FileVersion>>,
}

/// A content of a file, and the change that replaced it.
#[derive(Debug)]
struct FileVersion {
    /// The content.
    before: Vec<u8>,
    /// The SHA-256 of the content that replaced it.
    after: String,
    /// The typing that replaced it.
    run: Option<TypingRun>,
}

/// Words that are typed one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct TypingRun {
    /// Where they go on.
    pub end: usize,
    /// Where this part of them begins.
    pub start: usize,
    /// Their number in UTF-16 code units.
    pub length: usize,
    /// Whether the browser took words back by itself, as with Ctrl+Z.
    pub is_undo: bool,
}

impl Versions {
    /// Notes that a file changed from one content to another.
    pub(super) fn note(&mut self, path: &str, before: &[u8], after: &[u8], run: Option<TypingRun>) {
        let (before_hash, after_hash) = (sha256_hex(before), sha256_hex(after));
        let versions = self.of_files.entry(path.to_owned()).or_default();
        // A change by others in between cannot be taken back here, nor what was before it.
        if versions
            .back()
            .is_some_and(|last| last.after != before_hash)
        {
            versions.clear();
        }
        if let Some(run) = run.filter(|run| run.is_undo)
            && take_back(versions, after, &after_hash, run)
        {
            return;
        }
        if let Some(last) = versions.back_mut()
            && let (Some(typed), Some(run)) = (last.run, run)
            && typed.end == run.start
            && !run.is_undo
            && typed.length + run.length <= LONGEST_RUN
        {
            last.after = after_hash;
            last.run = Some(TypingRun {
                length: typed.length + run.length,
                ..run
            });
            return;
        }
        versions.push_back(FileVersion {
            before: before.to_vec(),
            after: after_hash,
            run,
        });
        let size = |version: &FileVersion| version.before.len();
        while versions.len() > 1
            && (versions.len() > MOST_VERSIONS
                || versions.iter().map(size).sum::<usize>() > MOST_BYTES)
        {
            versions.pop_front();
        }
    }

    /// Moves the changes of a file to its new path.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        if let Some(versions) = self.of_files.remove(from) {
            self.of_files.insert(to.to_owned(), versions);
        }
    }

    /// The number of changes of a file with this hash that can be taken back.
    pub(super) fn count(&self, path: &str, hash: &str) -> usize {
        let versions = self.of_files.get(path);
        let is_last = |last: &FileVersion| last.after == hash;
        let versions = versions.filter(|all| all.back().is_some_and(is_last));
        versions.map_or(0, VecDeque::len)
    }

    /// The content before the last change of a file with this hash; `None` if there was no change.
    pub(super) fn last(&self, path: &str, hash: &str) -> Option<&[u8]> {
        let last = self.of_files.get(path)?.back()?;
        (last.after == hash).then_some(last.before.as_slice())
    }

    /// Drops the last change of a file, which was taken back.
    pub(super) fn drop_last(&mut self, path: &str) {
        let Some(versions) = self.of_files.get_mut(path) else {
            return;
        };
        versions.pop_back();
        // What is typed next is no part of what was typed before.
        if let Some(last) = versions.back_mut() {
            last.run = None;
        }
    }
}

/// Takes changes back that the browser has undone by itself, so that they are not undone once more:
/// those since the file had the content `after`, or a part of the last typing.
fn take_back(
    versions: &mut VecDeque<FileVersion>,
    after: &[u8],
    after_hash: &str,
    undone: TypingRun,
) -> bool {
    if let Some(at) = versions.iter().rposition(|one| one.before == after) {
        versions.truncate(at);
        return true;
    }
    let Some(last) = versions.back_mut() else {
        return false;
    };
    let Some(typed) = last.run.filter(|typed| {
        typed.end == undone.start && undone.end < undone.start && typed.length > undone.length
    }) else {
        return false;
    };
    after_hash.clone_into(&mut last.after);
    last.run = Some(TypingRun {
        end: undone.end,
        length: typed.length - undone.length,
        ..typed
    });
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_twenty_changes_can_be_taken_back() {
        let mut versions = Versions::default();
        let text = |number: usize| number.to_string().into_bytes();
        for number in 0..25 {
            versions.note("a.md", &text(number), &text(number + 1), None);
        }
        let last = sha256_hex(&text(25));
        assert_eq!(versions.count("a.md", &last), 20);
        let mut now = last;
        for number in (5..25).rev() {
            assert_eq!(versions.last("a.md", &now), Some(&*text(number)));
            versions.drop_last("a.md");
            now = sha256_hex(&text(number));
        }
        assert_eq!(versions.last("a.md", &now), None);
    }
}
