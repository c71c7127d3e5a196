//! The list of files that a build owns in its output folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::sum;

/// The files in an output folder that this program wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Version of this format.
    pub version: u32,
    /// The recorded hash of each file by path; empty while a build may or may not have written it.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Its file name in the output folder.
    pub(super) const NAME: &str = ".ksbfolio.json";

    /// An empty list.
    #[must_use]
    pub(super) fn new() -> Self {
        Self {
            version: 1,
            files: BTreeMap::new(),
        }
    }

    /// Parses a manifest; `None` if the text is not one.
    #[must_use]
    pub(super) fn read(text: &str) -> Option<Self> {
        let manifest: Self = serde_json::from_str(text).ok()?;
        // A forged manifest could name files outside of the folder.
        let within = manifest.files.keys().all(|path| is_within(path));
        (manifest.version == 1 && within).then_some(manifest)
    }

    /// The text of the manifest.
    #[must_use]
    pub(super) fn written(&self) -> String {
        // Serialising a map of strings cannot fail.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// The manifest to store before the first file is written: all old files and all new ones.
    #[must_use]
    pub(super) fn intent<'a>(&self, coming: impl IntoIterator<Item = &'a str>) -> Self {
        let mut intent = self.clone();
        intent.version = 1;
        for path in coming {
            intent.files.entry(path.to_owned()).or_default();
        }
        intent
    }

    /// Files of this manifest that `new` does not have, with their recorded hashes.
    pub(super) fn stale<'a>(&'a self, new: &'a Self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let gone = self
            .files
            .iter()
            .filter(|(path, _)| !new.files.contains_key(*path));
        gone.map(|(path, sum)| (path.as_str(), sum.as_str()))
    }
}

/// Whether a path stays inside its folder, on every system.
fn is_within(path: &str) -> bool {
    let plain = |part: &str| !["", ".", ".."].contains(&part);
    path.split('/').all(plain) && !path.contains(['\\', ':', '\0'])
}

/// A hash as the manifest records it.
#[must_use]
pub(super) fn recorded(sum: u128) -> String {
    format!("{sum:032x}")
}

/// Whether a stale file is as it was written, or may have been written by a build that was stopped.
#[must_use]
pub(super) fn may_remove(record: &str, on_disk: &[u8]) -> bool {
    record.is_empty() || record == recorded(sum(on_disk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_build_owns_its_intent_and_foreign_files_stay() {
        let mut old = Manifest::new();
        old.files.insert("a.html".to_owned(), recorded(sum(b"a")));
        let intent = old.intent(["b.html"]);
        assert_eq!(Manifest::read(&intent.written()).as_ref(), Some(&intent));
        let empty = Manifest::new();
        let stale: Vec<_> = intent.stale(&empty).collect();
        assert_eq!(stale.len(), 2);
        for outside in ["../b.html", "/b.html", "a/../../b", "c:/b", "a\\..\\b", ""] {
            let forged = format!("{{\"version\":1,\"files\":{{{outside:?}:\"\"}}}}");
            assert_eq!(Manifest::read(&forged), None, "{outside}");
        }
        assert!(may_remove("", b"whatever"));
        assert!(may_remove(&recorded(sum(b"a")), b"a"));
        assert!(!may_remove(&recorded(sum(b"a")), b"edited"));
    }
}
