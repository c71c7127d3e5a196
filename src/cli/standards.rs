//! `standards`: what is known, and where it comes from.

use std::path::Path;

use super::args::{Global, Standards, StandardsCommand};
use super::console::{Console, Trouble};
use super::{CLEAN, FINDINGS, project};
use crate::check;
use crate::cover::cover;
use crate::diagnostic::Findings;
use crate::io;
use crate::model::{Profile, Standard};
use crate::parse;
use crate::report::{Sources, snippets, standard_text, standards_text};
use crate::resolve::{Ground, Parts, mark_own_standards};
use crate::text::{Source, nearest};

/// Lists, shows or checks.
pub fn run(global: &Global, command: &Standards, console: &mut Console) -> Result<u8, Trouble> {
    match &command.command {
        None | Some(StandardsCommand::List) => {
            console.report(&standards_text(&known(global)?));
            Ok(CLEAN)
        }
        Some(StandardsCommand::Show { id }) => {
            let known = known(global)?;
            let Some(standard) = known.iter().find(|standard| standard.id.value == *id) else {
                let ids = known.iter().map(|standard| standard.id.value.as_str());
                let help = nearest(id, ids).map_or_else(
                    || "`ksbfolio standards list` shows those that are known".to_owned(),
                    |near| format!("did you mean {near}?"),
                );
                return Err(Trouble::new(format!("no standard is called `{id}`"), help));
            };
            console.report(&standard_text(standard));
            Ok(CLEAN)
        }
        Some(StandardsCommand::Check { file }) => check(global, file, console),
    }
}

/// Ids and titles of all standards that a workspace knows.
pub fn titles(root: Option<&Path>) -> Result<Vec<(String, String)>, Trouble> {
    let sources = match root {
        Some(root) => io::load(root)?.standards,
        None => io::carried().collect(),
    };
    let title = |standard: Standard| (standard.id.value.clone(), standard.full_title());
    Ok(parsed(sources).into_iter().map(title).collect())
}

/// Those of the workspace, where there is one, and those of the program; the first of an id stands.
fn known(global: &Global) -> Result<Vec<Standard>, Trouble> {
    let sources = match project::root(global) {
        Ok(root) => io::load(&root)?.standards,
        Err(trouble) if global.root.is_some() => return Err(trouble),
        Err(_) => io::carried().collect(),
    };
    Ok(parsed(sources))
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

/// Whether a file is a standard, by its folder.
fn is_standard(source: &Source) -> bool {
    let beside = [
        "standards/reflection/",
        "standards/guidance/",
        "standards/programme/",
    ];
    !beside
        .iter()
        .any(|folder| source.path.as_str().contains(folder))
}

fn check(global: &Global, file: &Path, console: &mut Console) -> Result<u8, Trouble> {
    let source = io::load_text(file)?;
    let mut sources = Sources::default();
    sources.add(&source, &[]);
    let findings = faults_of(&source, global.as_of);
    let clean = if findings.is_empty() {
        "Nothing to mend.\n"
    } else {
        ""
    };
    console.report(&(snippets(&findings, &sources, console.colour()) + clean));
    Ok(if findings.is_empty() { CLEAN } else { FINDINGS })
}

/// What the rules say about this file alone: a portfolio with nothing else in it is judged.
fn faults_of(source: &Source, as_of: Option<jiff::civil::Date>) -> Findings {
    let settings_source = Source::new(
        "portfolio/portfolio.yaml",
        "learner: { id: none }\nstandards: [none]\n",
    );
    let path = source.path.as_str();
    let mut parts = Parts {
        settings: parse::settings(&settings_source),
        settings_source,
        standards: Vec::new(),
        models: Vec::new(),
        guidance: Vec::new(),
        programme: Vec::new(),
        decisions: Vec::new(),
        signers: crate::resolve::KeyFiles::default(),
        consents: parse::consents(&Source::new("portfolio/consents.yaml", "consents: []\n")),
        sampling: parse::sampling(&Source::new("portfolio/sampling.yaml", "version: 1\n")),
        evidence: std::collections::BTreeMap::new(),
        faults: Vec::new(),
    };
    if path.contains("reflection/") {
        parts.models.push(parse::reflection_model(source));
    } else if path.contains("guidance/") {
        parts.guidance.push(parse::guidance(source));
    } else if path.contains("programme/") {
        parts.programme.push(parse::programme(source));
    } else {
        parts.standards.push(parse::standard(source));
        // Whether it is one of the program's own is seen beside these.
        parts.standards.extend(
            io::carried()
                .filter(is_standard)
                .map(|carried| parse::standard(&carried)),
        );
    }
    let resolved = Ground::new(parts).join(Vec::new());
    let as_of = as_of.unwrap_or_else(|| project::day_of(&resolved.portfolio.settings));
    let coverage = cover(&resolved.portfolio, as_of);
    let outcome = check::check(
        &resolved.portfolio,
        &coverage,
        &resolved.faults,
        Profile::Default,
        None,
    );
    outcome
        .findings
        .filtered(|finding, _| finding.place.path == source.path)
}
