//! Known standards, and the check of one file.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::EngineError;
use super::clock::day_of;
use super::load::{embedded_standards, load_standards};
use crate::check;
use crate::cover::cover;
use crate::diagnostic::{Fault, Findings};
use crate::layout;
use crate::model::{LockedStandard, Profile, Standard};
use crate::parse;
use crate::resolve::{KeyFiles, PortfolioBuilder, WorkspaceParts, find_gaps, mark_own_standards};
use crate::store::StoreError;
use crate::text::Source;

/// Ids and titles of all standards that a workspace knows.
///
/// # Errors
/// A file of the workspace cannot be read.
pub fn standard_titles(root: Option<&Path>) -> Result<Vec<(String, String)>, StoreError> {
    Ok(titles(sources_of_standards(root)?))
}

/// Ids and titles of the standards in these files.
#[must_use]
pub(super) fn titles(sources: Vec<Source>) -> Vec<(String, String)> {
    let title = |standard: Standard| (standard.id.value.clone(), standard.full_title());
    parsed(sources).into_iter().map(title).collect()
}

/// The standards of a workspace, if there is one, and those of the program; the first of an id wins.
///
/// # Errors
/// A file of the workspace cannot be read.
pub fn known_standards(root: Option<&Path>) -> Result<Vec<Standard>, StoreError> {
    Ok(parsed(sources_of_standards(root)?))
}

fn sources_of_standards(root: Option<&Path>) -> Result<Vec<Source>, StoreError> {
    Ok(match root {
        Some(root) => load_standards(root)?,
        None => embedded_standards().collect(),
    })
}

fn parsed(sources: Vec<Source>) -> Vec<Standard> {
    let mut all = Vec::new();
    for source in sources {
        if !is_standard(&source) {
            continue;
        }
        all.push(parse::standard(&source));
    }
    mark_own_standards(&mut all);
    let mut known: Vec<Standard> = Vec::new();
    for one in all.into_iter().filter_map(|parsed| parsed.value) {
        if !known.iter().any(|other| other.id.value == one.id.value) {
            known.push(one);
        }
    }
    known.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    known
}

/// The version of the standard in a file.
///
/// # Errors
/// It is not a standard that can be read.
pub(super) fn read_version(source: &Source) -> Result<LockedStandard, EngineError> {
    let parsed = parse::standard(source);
    let version = parsed.value.as_ref().map(LockedStandard::of);
    version.ok_or_else(|| {
        let help = "`ksbfolio standards check FILE` says what is wrong";
        EngineError::refused(
            format!("{} is not a standard that can be read", source.path),
            help,
        )
    })
}

/// Whether a file is a standard, by its folder.
pub(super) fn is_standard(source: &Source) -> bool {
    let beside = [
        "standards/reflection/",
        "standards/guidance/",
        "standards/programme/",
        "standards/maps/",
    ];
    !beside
        .iter()
        .any(|folder| source.path.as_str().contains(folder))
}

/// The findings in a file of the folder of standards, judged as part of an otherwise empty
/// portfolio.
#[must_use]
pub fn check_standard(source: &Source, as_of: Option<Date>) -> Findings {
    let path = source.path.as_str();
    let mut parts = empty_parts();
    if path.contains("reflection/") {
        parts.models.push(parse::reflection_model(source));
    } else if path.contains("guidance/") {
        parts.guidance.push(parse::guidance(source));
    } else if path.contains("programme/") {
        parts.programme.push(parse::programme(source));
    } else if path.contains("maps/") {
        parts.maps.push(parse::standard_map(source));
    } else {
        let mut parsed = parse::standard(source);
        if let Some(standard) = &parsed.value {
            let gaps = find_gaps(standard);
            parsed.faults.extend(gaps);
        }
        parts.standards.push(parsed);
        // A file that copies an embedded standard is recognised beside the original.
        parts.standards.extend(
            embedded_standards()
                .filter(is_standard)
                .map(|carried| parse::standard(&carried)),
        );
    }
    find_in(parts, source, &[], as_of)
}

/// The findings in a plan outside of a portfolio, from what its reader could not use.
#[must_use]
pub fn check_plan(source: &Source, faults: &[Fault]) -> Findings {
    find_in(empty_parts(), source, faults, None)
}

/// The parts of a portfolio without any content.
fn empty_parts() -> WorkspaceParts {
    let settings_source = Source::new(
        layout::SETTINGS,
        "learner: { id: none }\nstandards: [none]\n",
    );
    WorkspaceParts {
        settings: parse::settings(&settings_source),
        settings_source,
        standards: Vec::new(),
        lock: parse::standards_lock(&Source::new(layout::LOCK, "version: 1\nstandards: []\n")),
        maps: Vec::new(),
        models: Vec::new(),
        guidance: Vec::new(),
        programme: Vec::new(),
        decisions: Vec::new(),
        signers: KeyFiles::default(),
        consents: parse::consents(&Source::new(layout::CONSENTS, "consents: []\n")),
        sampling: parse::sampling(&Source::new(layout::SAMPLING, "version: 1\n")),
        evidence: BTreeMap::new(),
    }
}

/// The findings in one file, with further faults of it.
fn find_in(
    parts: WorkspaceParts,
    source: &Source,
    more: &[Fault],
    as_of: Option<Date>,
) -> Findings {
    let resolved = PortfolioBuilder::new(parts, None).join(Vec::new(), Vec::new());
    let as_of = as_of.unwrap_or_else(|| day_of(&resolved.portfolio.settings));
    let coverage = cover(&resolved.portfolio, as_of);
    let faults = [&resolved.faults, more].concat();
    let outcome = check::check(
        &resolved.portfolio,
        &coverage,
        &faults,
        Profile::Default,
        None,
    );
    outcome
        .findings
        .filtered(|finding, _| finding.place.path == source.path)
}
