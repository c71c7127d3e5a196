//! The list of generated files that is kept in the output folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::sum;

/// The list of generated files in an output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this format.
    pub version: u32,
    /// Checksum of each file by path; empty for files that an unfinished build may have written.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Its name in the output folder.
    pub const NAME: &str = ".ksbfolio.json";

    /// An empty manifest.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: 1,
            files: BTreeMap::new(),
        }
    }

    /// Parses a manifest; `None` if it is invalid, of another version, or names a file outside the
    /// folder.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let manifest: Self = serde_json::from_str(text).ok()?;
        // A manifest may come with a folder from elsewhere, and must not make the program delete
        // other files.
        let within = manifest.files.keys().all(|path| is_within(path));
        (manifest.version == 1 && within).then_some(manifest)
    }

    /// Serialises the manifest.
    #[must_use]
    pub fn written(&self) -> String {
        // A map of texts cannot fail to serialise.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// The manifest to store before the first file is written: all old files and all files to come.
    #[must_use]
    pub fn intent<'a>(&self, coming: impl IntoIterator<Item = &'a str>) -> Self {
        let mut intent = self.clone();
        intent.version = 1;
        for path in coming {
            intent.files.entry(path.to_owned()).or_default();
        }
        intent
    }

    /// Files that `new` no longer contains, with their recorded checksums.
    pub fn stale<'a>(&'a self, new: &'a Self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let gone = self
            .files
            .iter()
            .filter(|(path, _)| !new.files.contains_key(*path));
        gone.map(|(path, sum)| (path.as_str(), sum.as_str()))
    }
}

/// Whether a path is relative and stays in its folder, on every system.
fn is_within(path: &str) -> bool {
    let plain = |part: &str| !["", ".", ".."].contains(&part);
    path.split('/').all(plain) && !path.contains(['\\', ':', '\0'])
}

/// A checksum as manifests record it.
#[must_use]
pub fn recorded(sum: u128) -> String {
    format!("{sum:032x}")
}

/// Whether a stale file is unchanged since it was written, or may be the work of an unfinished
/// build.
#[must_use]
pub fn may_remove(record: &str, on_disk: &[u8]) -> bool {
    record.is_empty() || record == recorded(sum(on_disk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_claim_pending_files_and_no_file_outside_the_folder() {
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
