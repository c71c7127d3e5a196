//! Parses the files of a workspace but for its entries.

use super::load::WorkspaceFiles;
use crate::model::{
    Guidance, IdentifierMatch, ProgrammeRules, ReflectionModel, Standard, StandardMap, StatedFacts,
    find_identifiers_in,
};
use crate::par;
use crate::parse::{self, Parsed};
use crate::report::Sources;
use crate::resolve::{ParsedDecisionFile, WorkspaceParts};
use crate::text::{Source, Span};

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
    for file in par::map_uneven(&files.standards, parse_by_folder) {
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

/// A parsed file of the folder of standards.
enum StandardsFile {
    Standard(Box<Parsed<Option<Standard>>>),
    Model(Parsed<Option<ReflectionModel>>),
    Guidance(Parsed<Option<Guidance>>),
    Programme(Parsed<Option<ProgrammeRules>>),
    Map(Box<Parsed<Option<StandardMap>>>),
}

/// Parses a file of the folder of standards: the folder below it says which kind it is.
fn parse_by_folder(source: &Source) -> StandardsFile {
    let path = source.path.as_str();
    if path.contains("standards/reflection/") {
        StandardsFile::Model(parse::reflection_model(source))
    } else if path.contains("standards/guidance/") {
        StandardsFile::Guidance(parse::guidance(source))
    } else if path.contains("standards/programme/") {
        StandardsFile::Programme(parse::programme(source))
    } else if path.contains("standards/maps/") {
        StandardsFile::Map(Box::new(parse::standard_map(source)))
    } else {
        StandardsFile::Standard(Box::new(parse::standard(source)))
    }
}
