//! A portfolio as its assessor may see it, with the facts that its filtered sources state.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::pack_filter::{FilteredSources, filter_sources};
use super::pack_manifest::StateDifference;
use super::pack_shared::FileMap;
use super::{EngineError, OpenOptions, Snapshot};
use crate::model::{Coverage, Portfolio, StatedFacts};
use crate::store::{self, MemoryFiles};

/// Filtered sources, judged.
pub(super) struct FilteredCopy {
    /// The files, by their path in the workspace.
    pub files: FileMap,
    /// The facts that no longer follow from them, digests included.
    pub stated: StatedFacts,
    /// Sentences about what is left out.
    pub left_out: Vec<String>,
    /// Criteria whose state in the whole portfolio does not follow from them.
    pub differences: Vec<StateDifference>,
    /// The portfolio that they make.
    pub snapshot: Snapshot,
}

/// Filters the sources of a portfolio for an assessor, and judges them on the same day.
///
/// # Errors
/// A file cannot be read, or was changed meanwhile.
pub(super) fn copy_filtered(project: &Snapshot) -> Result<FilteredCopy, EngineError> {
    let FilteredSources {
        files,
        mut stated,
        left_out,
    } = filter_sources(project)?;
    let options = OpenOptions::new(PathBuf::new()).as_of(project.coverage.as_of);
    let sources = memory_files(&files);
    let unproved = Snapshot::open_filtered(sources.clone(), &options, Arc::new(stated.clone()))?;
    state_digests(project, &unproved, &mut stated);
    let snapshot = Snapshot::open_filtered(sources, &options, Arc::new(stated.clone()))?;
    if let Some(path) = project.sources.moved() {
        let message = format!("{path} was changed while the file was made");
        return Err(EngineError::refused(message, "make it again"));
    }
    Ok(FilteredCopy {
        differences: compare_states(project, &snapshot),
        files,
        stated,
        left_out,
        snapshot,
    })
}

/// Files as those of a workspace.
pub(super) fn memory_files(files: &FileMap) -> Arc<dyn store::Files> {
    let files = files.iter();
    let files = files.map(|(path, bytes)| (path.clone(), bytes.clone()));
    Arc::new(files.collect::<MemoryFiles>())
}

/// States the digests of the entries that are no longer what was hashed.
fn state_digests(project: &Snapshot, filtered: &Snapshot, stated: &mut StatedFacts) {
    for entry in &filtered.portfolio.entries {
        let path = &entry.path;
        let Some(whole) = project.portfolio.index.by_path(path) else {
            continue;
        };
        let whole = &project.portfolio.entries[whole].digests;
        if *whole != entry.digests {
            let facts = stated.entries.entry(path.as_str().to_owned());
            facts.or_default().digests = whole.all();
        }
    }
}

/// The criteria whose state differs.
fn compare_states(project: &Snapshot, filtered: &Snapshot) -> Vec<StateDifference> {
    let computed = list_states(&filtered.portfolio, &filtered.coverage);
    let states = list_states(&project.portfolio, &project.coverage).into_iter();
    let differing = states.filter_map(|(code, stated)| {
        let computed = computed.get(&code).copied().unwrap_or_default();
        (stated != computed).then(|| StateDifference {
            code,
            stated: stated.to_owned(),
            computed: computed.to_owned(),
        })
    });
    differing.collect()
}

/// The state of each criterion, by its code with the id of its standard.
pub(super) fn list_states(
    portfolio: &Portfolio,
    coverage: &Coverage,
) -> BTreeMap<String, &'static str> {
    let lines = coverage.lines();
    let states = lines.map(|line| {
        let code = portfolio.catalogue.full_code(line.criterion);
        (code, line.state.title())
    });
    states.collect()
}
