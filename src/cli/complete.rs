//! Completes codes, entries and rules of the current portfolio.

use std::ffi::OsStr;
use std::path::Path;

use clap_complete::CompletionCandidate;

use crate::check::rules;
use crate::engine::{self, OpenOptions, Snapshot};

/// Codes that begin with the typed text. In a list with commas, the last item is completed.
pub(super) fn codes(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let (before, last) = typed
        .rsplit_once(',')
        .map_or(("", &*typed), |(before, last)| (before, last));
    let Some(project) = here() else {
        return Vec::new();
    };
    let before = if before.is_empty() {
        String::new()
    } else {
        format!("{before},")
    };
    let catalogue = &project.portfolio.catalogue;
    let candidates = catalogue.criteria().filter_map(|id| {
        let criterion = catalogue.criterion(id);
        let code = criterion.code.value.to_string();
        let begins = code.to_lowercase().starts_with(&last.to_lowercase());
        let says = criterion
            .text
            .known()
            .cloned()
            .unwrap_or_else(|| "statement unknown".to_owned());
        begins.then(|| CompletionCandidate::new(format!("{before}{code}")).help(Some(says.into())))
    });
    candidates.collect()
}

/// Codes, entries and rules.
pub(super) fn anything(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut candidates = codes(typed);
    let typed = typed.to_string_lossy();
    if let Some(project) = here() {
        let entries = project
            .portfolio
            .entries
            .iter()
            .filter(|entry| entry.id.starts_with(&*typed));
        candidates.extend(entries.map(|entry| {
            CompletionCandidate::new(&entry.id)
                .help(Some(entry.covered(&entry.front_matter.title).into()))
        }));
    }
    let rules = rules::named().filter(|rule| rule.name.starts_with(&*typed));
    candidates.extend(
        rules.map(|rule| CompletionCandidate::new(rule.name).help(Some(rule.text.finds.into()))),
    );
    candidates
}

/// The portfolio of the current folder; `None` if there is none, or it cannot be read.
fn here() -> Option<Snapshot> {
    let root = engine::find_root(Path::new(".").canonicalize().ok()?.as_path())?;
    Snapshot::open(&OpenOptions::new(root)).ok()
}
