//! Parses the files of a workspace but for its entries.

use super::load::WorkspaceFiles;
use super::parsed_standards::{StandardsFile, parse_standards_file};
use crate::model::{IdentifierMatch, StatedFacts, find_identifiers_in};
use crate::par;
use crate::parse;
use crate::report::Sources;
use crate::resolve::{ParsedDecisionFile, WorkspaceParts};
use crate::text::Span;

/// Parses all texts but those of entries, and adds them to `sources` with their identifiers masked.
#[must_use]
pub(super) fn parts(
    files: WorkspaceFiles,
    sources: &mut Sources,
    stated: Option<&StatedFacts>,
) -> WorkspaceParts {
    let decisions = files.decisions.into_iter();
    let decisions = decisions.map(|(source, signature)| {
        let digest = stated.and_then(|stated| stated.decisions.get(source.path.as_str()));
        ParsedDecisionFile::new(source, signature).with_stated_digest(digest)
    });
    let mut parts = WorkspaceParts {
        settings: files.settings,
        standards: Vec::new(),
        lock: parse::standards_lock(&files.lock),
        maps: Vec::new(),
        models: Vec::new(),
        guidance: Vec::new(),
        programme: Vec::new(),
        decisions: decisions.collect(),
        signers: files.signers,
        consents: parse::consents(&files.consents),
        sampling: parse::sampling(&files.sampling),
        evidence: files.evidence,
        faults: files.faults,
        settings_source: files.settings_source,
    };
    for file in par::map_uneven(&files.standards, parse_standards_file) {
        match file {
            StandardsFile::Standard(standard) => parts.standards.push(*standard),
            StandardsFile::Model(model) => parts.models.push(model),
            StandardsFile::Guidance(guidance) => parts.guidance.push(guidance),
            StandardsFile::Programme(rules) => parts.programme.push(rules),
            StandardsFile::Map(map) => parts.maps.push(*map),
        }
    }
    let unmasked = files.standards.iter().chain(&files.themes);
    unmasked.for_each(|source| sources.add(source, &[]));
    let masked = [
        (&files.consents, &parts.consents.value.identifiers),
        (&files.sampling, &parts.sampling.value.identifiers),
        (&parts.settings_source, &parts.settings.value.identifiers),
    ];
    for (source, identifiers) in masked {
        sources.add(source, &spans(identifiers));
    }
    parts
        .signers
        .texts()
        .for_each(|source| sources.add(source, &[]));
    let lock = find_identifiers_in(&files.lock.text, &[]);
    sources.add(&files.lock, &spans(&lock));
    for source in &files.unreadable {
        sources.add(source, &spans(&find_identifiers_in(&source.text, &[])));
    }
    parts
}

/// The spans of identifiers.
pub(super) fn spans(identifiers: &[IdentifierMatch]) -> Vec<Span> {
    identifiers.iter().map(|one| one.span).collect()
}
