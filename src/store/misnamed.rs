//! Files of decisions and keys under a name that is nearly right. What they hold would be missing without a word.

use std::fs;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::folder::is_leaving;
use crate::text::could_be;

/// Files of keys, by name.
const KEYS: [&str; 2] = ["allowed_signers", "revoked_keys"];

/// The name of the folder of decisions.
pub const DECISIONS: &str = "decisions";

/// What a file of decisions is called.
pub const DECISION_FILE: &str = "a name that ends in .yaml";

/// Files and folders that are not read because of their name, each with the name that it should have.
///
/// # Errors
/// A folder cannot be listed.
pub fn misnamed(root: &Path) -> Result<Vec<(PathBuf, &'static str)>, StoreError> {
    let portfolio = root.join("portfolio");
    let mut found = Vec::new();
    for (path, name) in children(&portfolio)? {
        let meant = if path.is_dir() {
            near(&name, &[DECISIONS])
        } else {
            near(&name, &KEYS).or(exact_key(&name))
        };
        found.extend(meant.map(|meant| (path, meant)));
    }
    for (path, name) in children(&portfolio.join(DECISIONS))? {
        let meant = near(&name, &KEYS).or_else(|| is_nearly_yaml(&name).then_some(DECISION_FILE));
        found.extend(meant.filter(|_| !path.is_dir()).map(|meant| (path, meant)));
    }
    Ok(found)
}

/// A known name that `name` is nearly, ending and case aside; `None` if it is that name.
fn near(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let stem = name.strip_suffix(".txt").unwrap_or(name);
    known
        .iter()
        .copied()
        .find(|known| name != *known && could_be(stem, known))
}

/// A file of keys that is one folder too high.
fn exact_key(name: &str) -> Option<&'static str> {
    KEYS.into_iter().find(|known| name == *known)
}

/// `x.yaml.txt` is what Notepad saves; JSON is what other programs save.
fn is_nearly_yaml(name: &str) -> bool {
    let lower = name.to_lowercase();
    let read = [".yaml", ".yml", ".sig"]
        .iter()
        .any(|ending| name.ends_with(ending));
    !read
        && [".yaml", ".yml", ".json"]
            .iter()
            .any(|ending| lower.contains(ending))
}

/// What is in a folder, by path and name, without editors' leavings; nothing if there is no such folder.
fn children(folder: &Path) -> Result<Vec<(PathBuf, String)>, StoreError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |error| StoreError::new("look through", folder, error);
    let mut found = Vec::new();
    for item in fs::read_dir(folder).map_err(failed)? {
        let item = item.map_err(failed)?;
        let name = item.file_name().to_string_lossy().into_owned();
        if !is_leaving(&item.file_name()) {
            found.push((item.path(), name));
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_nearly_right_are_found_and_right_ones_are_not() {
        for name in [
            "allowed_signers.txt",
            "allowed-signers",
            "Allowed_Signers",
            "allowed_signer",
        ] {
            assert_eq!(near(name, &KEYS), Some("allowed_signers"), "{name}");
        }
        assert_eq!(near("revoked_keys.txt", &KEYS), Some("revoked_keys"));
        assert_eq!(near("allowed_signers", &KEYS), None);
        assert_eq!(near("2026-06-01-AS-12.yaml", &KEYS), None);
        assert!(
            is_nearly_yaml("a.yaml.txt") && is_nearly_yaml("a.YAML") && is_nearly_yaml("a.json")
        );
        assert!(
            !is_nearly_yaml("a.yaml")
                && !is_nearly_yaml("a.yaml.sig")
                && !is_nearly_yaml("README.md")
        );
    }
}
