//! Parts of an OpenDocument text beside its own: the manifest, the facts about it, and formulas.

use std::collections::BTreeMap;

use crate::document::package::Parts;
use crate::document::refusal::Refusal;
use crate::document::xml::{self, Step};

/// Refuses an encrypted document.
pub(super) fn refuse_locked(manifest: Option<&[u8]>) -> Result<(), Refusal> {
    let mut is_locked = false;
    if let Some(bytes) = manifest {
        xml::walk(bytes, &mut |step, _| {
            is_locked |= matches!(step, Step::Open(element) if element.name == "encryption-data");
        })?;
    }
    if is_locked {
        Err(Refusal::Locked)
    } else {
        Ok(())
    }
}

/// Reads the day of the last change, or else of creation.
pub(super) fn read_saved(bytes: &[u8]) -> Result<Option<String>, Refusal> {
    let (mut modified, mut created) = (None, None);
    xml::walk(bytes, &mut |step, around| {
        let Step::Text(text) = step else { return };
        match around.last().map(|one| one.name.as_str()) {
            Some("date") => modified = Some(text.trim().to_owned()),
            Some("creation-date") => created = Some(text.trim().to_owned()),
            _ => {}
        }
    })?;
    Ok(modified.or(created))
}

/// The formulas of a document by the path of their part, as their author typed them.
pub(super) fn read_formulas(parts: &Parts) -> Result<BTreeMap<String, String>, Refusal> {
    let mut formulas = BTreeMap::new();
    for (name, bytes) in parts {
        let Some(object) = name.strip_suffix("/content.xml") else {
            continue;
        };
        let (mut is_formula, mut typed, mut shown) = (false, String::new(), Vec::new());
        xml::walk(bytes, &mut |step, around| match step {
            Step::Open(element) => is_formula |= around.is_empty() && element.name == "math",
            Step::Text(text) if around.iter().any(|one| one.name == "annotation") => {
                typed.push_str(text);
            }
            Step::Text(text) => shown.push(text.trim().to_owned()),
            _ => {}
        })?;
        if is_formula {
            let words = if typed.trim().is_empty() {
                shown.join(" ")
            } else {
                typed
            };
            let words: Vec<&str> = words.split_whitespace().collect();
            formulas.insert(object.to_owned(), words.join(" "));
        }
    }
    Ok(formulas)
}
