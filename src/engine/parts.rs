//! Parses the files of a workspace but for its entries.

use super::base_files::BaseFiles;
use super::parsed_standards::{StandardsFile, parse_standards_file};
use crate::model::{IdentifierMatch, StatedFacts, find_identifiers_in};
use crate::par;
use crate::parse::{self, DraftSettings, Parsed};
use crate::report::Sources;
use crate::resolve::{ParsedDecisionFile, PortfolioBuilder, WorkspaceParts};
use crate::text::Span;

/// Parses all texts but those of entries.
#[must_use]
pub(super) fn parts(
    files: &BaseFiles,
    settings: Parsed<DraftSettings>,
    stated: Option<&StatedFacts>,
) -> WorkspaceParts {
    let decisions = files.decisions.iter();
    let decisions = decisions.map(|(source, signature)| {
        let digest = stated.and_then(|stated| stated.decisions.get(source.path.as_str()));
        ParsedDecisionFile::new(source.clone(), signature.clone()).with_stated_digest(digest)
    });
    let mut parts = WorkspaceParts {
        settings,
        standards: Vec::new(),
        lock: parse::standards_lock(&files.lock),
        maps: Vec::new(),
        models: Vec::new(),
        guidance: Vec::new(),
        programme: Vec::new(),
        decisions: decisions.collect(),
        signers: files.signers.clone(),
        consents: parse::consents(&files.consents),
        sampling: parse::sampling(&files.sampling),
        evidence: files.evidence.clone(),
        settings_source: files.settings.clone(),
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
    parts
}

/// The texts of all files but entries, with identifiers masked.
#[must_use]
pub(super) fn sources(files: &BaseFiles, builder: &PortfolioBuilder) -> Sources {
    let mut sources = Sources::default();
    let unmasked = files.standards.iter().chain(&files.themes);
    unmasked.for_each(|source| sources.add(source, &[]));
    let base = builder.base();
    let masked = [
        (&files.consents, &base.register.identifiers),
        (&files.sampling, &base.sampling.identifiers),
        (&files.settings, &base.settings_identifiers),
    ];
    for (source, identifiers) in masked {
        sources.add(source, &spans(identifiers));
    }
    files
        .signers
        .texts()
        .for_each(|source| sources.add(source, &[]));
    for source in std::iter::once(&files.lock).chain(&files.unreadable) {
        sources.add(source, &spans(&find_identifiers_in(&source.text, &[])));
    }
    for (source, identifiers) in builder.decision_files() {
        sources.add(source, &spans(identifiers));
    }
    sources
}

/// The spans of identifiers.
pub(super) fn spans(identifiers: &[IdentifierMatch]) -> Vec<Span> {
    identifiers.iter().map(|one| one.span).collect()
}
