//! Finds decision files, key files and files of settings whose names are nearly right: they would be
//! missing in silence.

use super::StoreError;
use super::files::{Child, Files, join, masked_path};
use crate::layout::{DECISIONS, PORTFOLIO};
use crate::text::{SourcePath, could_be, names_before_copy};

/// Names of key files.
const KEYS: [&str; 2] = ["allowed_signers", "revoked_keys"];

/// Names of files in the folder of the portfolio.
const SETTINGS: [&str; 3] = ["portfolio.yaml", "consents.yaml", "sampling.yaml"];

/// The name of the folder of decisions.
const FOLDER: &str = "decisions";

/// The expected name of a decision file, in words.
const DECISION_FILE: &str = "a name that ends in .yaml";

/// Files and folders that are not read because of their names, each with the expected name.
///
/// # Errors
/// A folder cannot be read.
pub fn misnamed(files: &dyn Files) -> Result<Vec<(SourcePath, &'static str)>, StoreError> {
    let mut found = Vec::new();
    let mut add = |folder: &str, name: &str, meant: Option<&'static str>| {
        found.extend(meant.map(|meant| (masked_path(&join(folder, name)), meant)));
    };
    for Child { name, is_folder } in files.children(PORTFOLIO)? {
        let meant = if is_folder {
            near(&name, &[FOLDER])
        } else {
            let key = near(&name, &KEYS).or_else(|| exact_key(&name));
            key.or_else(|| nearly_settings(&name))
        };
        add(PORTFOLIO, &name, meant);
    }
    let children = files.children(DECISIONS)?.into_iter();
    for Child { name, .. } in children.filter(|child| !child.is_folder) {
        let meant = near(&name, &KEYS).or_else(|| is_nearly_yaml(&name).then_some(DECISION_FILE));
        add(DECISIONS, &name, meant);
    }
    Ok(found)
}

/// The known name that `name` nearly is, apart from extension and case; `None` if it is exactly
/// that name.
fn near(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let stem = name.strip_suffix(".txt").unwrap_or(name);
    known
        .iter()
        .copied()
        .find(|known| name != *known && could_be(stem, known))
}

/// The file of settings that a name nearly is: `consent.yaml`, `consents.yml`,
/// `consents.yaml.txt`. Copies are reported elsewhere.
fn nearly_settings(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let lower = lower.strip_suffix(".txt").unwrap_or(&lower);
    let stem = [".yaml", ".yml", ".json"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending))?;
    let is_copy = names_before_copy(name)
        .iter()
        .any(|before| SETTINGS.contains(&before.as_str()));
    let is_near = |known: &&str| could_be(stem, known.trim_end_matches(".yaml"));
    let found = SETTINGS.into_iter().find(is_near);
    found.filter(|known| !is_copy && name != *known)
}

/// A key file that is one folder too high.
fn exact_key(name: &str) -> Option<&'static str> {
    KEYS.into_iter().find(|known| name == *known)
}

/// `x.yaml.txt` is what Notepad saves, JSON what other programs save.
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
        for (name, meant) in [
            ("consent.yaml", Some("consents.yaml")),
            ("Consents.yml", Some("consents.yaml")),
            ("portfolio.yaml.txt", Some("portfolio.yaml")),
            ("sample.yaml", Some("sampling.yaml")),
            ("consents.yaml", None),
            ("portfolio (1).yaml", None),
            ("notes.yaml", None),
            ("standards.lock", None),
        ] {
            assert_eq!(nearly_settings(name), meant, "{name}");
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
