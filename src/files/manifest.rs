//! The list of generated files that is kept in the output folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::sum;

/// The list of the program's own files that it keeps in the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this format.
    pub version: u32,
    /// The sum of each file by path; empty while a build is under way that may or may not have written the file.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Its name in the output folder.
    pub const NAME: &str = ".ksbfolio.json";

    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: 1,
            files: BTreeMap::new(),
        }
    }

    /// Reads a list; nothing comes back where it is not one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let manifest: Self = serde_json::from_str(text).ok()?;
        // Whoever hands a folder on could write a list that names files elsewhere.
        let within = manifest.files.keys().all(|path| is_within(path));
        (manifest.version == 1 && within).then_some(manifest)
    }

    /// The list as it is stored.
    #[must_use]
    pub fn written(&self) -> String {
        // A map of texts cannot fail to serialise.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// What to store before the first file is touched: all old files, and all that are about to come.
    #[must_use]
    pub fn intent<'a>(&self, coming: impl IntoIterator<Item = &'a str>) -> Self {
        let mut intent = self.clone();
        intent.version = 1;
        for path in coming {
            intent.files.entry(path.to_owned()).or_default();
        }
        intent
    }

    /// Files of this list that `new` no longer has, with the sum they were written with.
    pub fn stale<'a>(&'a self, new: &'a Self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let gone = self
            .files
            .iter()
            .filter(|(path, _)| !new.files.contains_key(*path));
        gone.map(|(path, sum)| (path.as_str(), sum.as_str()))
    }
}

/// Whether a path leads from a folder to something in it, on every system.
fn is_within(path: &str) -> bool {
    let plain = |part: &str| !["", ".", ".."].contains(&part);
    path.split('/').all(plain) && !path.contains(['\\', ':', '\0'])
}

/// A sum as the list holds it.
#[must_use]
pub fn recorded(sum: u128) -> String {
    format!("{sum:032x}")
}

/// Whether a stale file may be removed: it is as it was written, or a build that was stopped may have written it.
#[must_use]
pub fn may_remove(record: &str, on_disk: &[u8]) -> bool {
    record.is_empty() || record == recorded(sum(on_disk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_build_owns_what_it_was_about_to_write_and_nobody_elses_file_is_removed() {
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
