//! Files decisions written elsewhere, such as in the browser.

use std::collections::BTreeSet;
use std::path::Path;

use super::filing::{self, Candidate, heads};
use super::history::as_read;
use super::{EngineError, OpenOptions, Snapshot};
use crate::diagnostic::FaultKind;
use crate::model::DecisionFile;
use crate::parse::{self, DraftDecisions};
use crate::report::previous_line;
use crate::resolve::{decision_file_digest, plain};
use crate::store;
use crate::text::{LineIndex, Source, SourcePath, SourceProvider, Spanned, listed_or};

/// The outcome for a decision file.
#[derive(Debug)]
pub enum Imported {
    /// It is filed already, under this path. Nothing was written.
    Known(SourcePath),
    /// It was filed.
    ParsedDecisionFile {
        /// Its path.
        path: SourcePath,
        /// How it was linked into the chain.
        link: FiledLink,
        /// The changes of state, a line each.
        changes: String,
        /// Remarks that did not keep it from being filed.
        remarks: Vec<String>,
    },
}

/// The outcome for a decision file, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledDecision {
    /// Its path.
    pub path: SourcePath,
    /// Whether it was filed before, so that nothing was written.
    pub is_known: bool,
    /// The changes of state, a line each.
    pub changes: String,
    /// Remarks that did not keep it from being filed.
    pub remarks: Vec<String>,
}

impl From<Imported> for FiledDecision {
    fn from(imported: Imported) -> Self {
        match imported {
            Imported::Known(path) => Self {
                path,
                is_known: true,
                changes: String::new(),
                remarks: Vec::new(),
            },
            Imported::ParsedDecisionFile {
                path,
                changes,
                remarks,
                ..
            } => Self {
                path,
                is_known: false,
                changes,
                remarks,
            },
        }
    }
}

/// Judges a decision file against the portfolio, and files it.
///
/// # Errors
/// It cannot be parsed, or cannot be filed; the message has all reasons. Nothing is written then.
pub fn import_decision(
    options: &OpenOptions,
    file: &Path,
    rechain: bool,
) -> Result<Imported, EngineError> {
    let text = store::read_small(file)?;
    import_decision_text(options, &text, read_signature(file)?, rechain)
}

/// Judges a decision file that is in memory against the portfolio, and files it.
///
/// # Errors
/// Those of [`import_decision`].
pub fn import_decision_text(
    options: &OpenOptions,
    text: &str,
    signature: Option<String>,
    rechain: bool,
) -> Result<Imported, EngineError> {
    let text = plain(text).into_owned();
    let project = Snapshot::open(options)?;
    let digest = decision_file_digest(&text);
    let draft = read(&text)?;
    let mut filed = project.portfolio.chain.files.iter();
    let same =
        filed.find(|filed| filed.digest == digest || says_the_same(&project, filed, &text, &draft));
    if let Some(same) = same {
        return Ok(Imported::Known(same.path.clone()));
    }
    let (text, link) = link(&project, text, &draft, signature.is_some(), rechain)?;
    let name = filing::free_name(&project.root, draft.date, &draft.assessor, &text)?;
    let candidate = Candidate {
        source: Source::new(&name, &text),
        signature,
    };
    let mut judged = filing::judge(&project, &candidate)?;
    let (unknown, stale) = read_before(&project, &draft);
    judged.objections.extend(unknown);
    judged
        .objections
        .extend(objection_to_frozen(&project, &draft));
    if !judged.objections.is_empty() {
        return Err(filing::refused(&judged.objections));
    }
    filing::file(&project, &candidate)?;
    let path = candidate.source.path;
    Ok(Imported::ParsedDecisionFile {
        changes: filing::changes(&project, &judged.after, &path),
        path,
        link,
        remarks: [judged.remarks, stale].concat(),
    })
}

/// A frozen portfolio leaves later decisions out without a finding, so they are refused here.
fn objection_to_frozen(project: &Snapshot, draft: &DraftDecisions) -> Option<String> {
    let as_of = project.coverage.as_of;
    let objects = draft.date > as_of && project.portfolio.settings.is_frozen_at(as_of);
    objects.then(|| {
        format!(
            "it is dated {}, which is later than the day this portfolio is frozen at",
            draft.date
        )
    })
}

/// Whether two decision files differ only in their place in the chain.
fn says_the_same(
    project: &Snapshot,
    filed: &DecisionFile,
    text: &str,
    draft: &DraftDecisions,
) -> bool {
    let Some(other) = project.sources.text(&filed.path) else {
        return false;
    };
    let other = plain(&other);
    let parsed = parse::decisions(&Source::new(filed.path.as_str(), &other));
    let other = parsed.value.and_then(|parsed| moved(&other, &parsed, ""));
    other.is_some() && other == moved(text, draft, "")
}

/// The detached signature beside a file.
fn read_signature(file: &Path) -> Result<Option<String>, EngineError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".sig");
    let path = Path::new(&name);
    let there = file != Path::new("-") && store::file_kind(path) == store::FileKind::File;
    Ok(if there {
        Some(store::read_small(path)?)
    } else {
        None
    })
}

/// Parses the file; every key that is wrong is reported with its line.
fn read(text: &str) -> Result<DraftDecisions, EngineError> {
    let parsed = parse::decisions(&Source::new("the file", text));
    let lines = LineIndex::new(text);
    let faults = parsed.faults.iter().map(|fault| {
        let line = lines.place(text, fault.place.span.start).line;
        format!("\n  - line {line}: {}", in_words(&fault.kind))
    });
    let faults: Vec<String> = faults.collect();
    match parsed.value {
        Some(draft) if faults.is_empty() => Ok(draft),
        _ => Err(EngineError::refused(
            format!("this is not a decision file:{}", faults.concat()),
            "nothing was written",
        )),
    }
}

/// A fault in words. The file is not part of the portfolio yet, so no rule words it.
fn in_words(kind: &FaultKind) -> String {
    match kind {
        FaultKind::BrokenYaml { reason, .. } => format!("YAML ends here: {reason}"),
        FaultKind::UnknownKey { key, .. } => format!("decision files have no key `{key}`"),
        FaultKind::MissingKey { key } => format!("the key `{key}` is missing"),
        FaultKind::DuplicateKey { key, .. } => format!("the key `{key}` is there twice"),
        FaultKind::WrongType { key, expected, .. } => format!("`{key}` takes {expected}"),
        FaultKind::BadDate { key, .. }
        | FaultKind::NoSuchDay { key, .. }
        | FaultKind::AmbiguousDate { key, .. } => {
            format!("`{key}` is not a date written as YYYY-MM-DD")
        }
        FaultKind::UnknownWord { key, allowed, .. } => {
            format!("`{key}` takes one of {}", listed_or(allowed))
        }
        FaultKind::ImplicitType { key, write, .. } => format!("`{key}` needs quotes: {write}"),
        _ => "this cannot be read".to_owned(),
    }
}

/// How a file was linked into the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiledLink {
    /// It named the end of the chain already.
    AsWritten,
    /// It follows an earlier file, beside those that were filed since. The next decision joins the
    /// branches.
    Branched,
    /// It now follows other decisions of the same sitting.
    SameSitting,
    /// It now follows the end of the chain, as asked for.
    Rechained,
}

/// The text with `previous` as it is, or moved to the end of the chain if that is allowed.
fn link(
    project: &Snapshot,
    text: String,
    draft: &DraftDecisions,
    signed: bool,
    rechain: bool,
) -> Result<(String, FiledLink), EngineError> {
    let heads = heads(project)?;
    let named = draft.previous.iter().map(|digest| &digest.value);
    if named.clone().collect::<BTreeSet<_>>() == heads.iter().collect() {
        return Ok((text, FiledLink::AsWritten));
    }
    let files = &project.portfolio.chain.files;
    let is_filed = |digest: &String| files.iter().any(|file| file.digest == *digest);
    let follows_known = named.clone().all(is_filed);
    let together = is_of_one_sitting(project, draft);
    if follows_known && (signed || !(rechain || together)) {
        return Ok((text, FiledLink::Branched));
    }
    if signed || !(rechain || together) {
        let help = if signed {
            "ask for the file that it follows, and file that first; a signed file cannot be changed"
        } else {
            "file the one that it follows first; or, if its assessor agrees, add --rechain to file it at the end of the chain"
        };
        let message = "this file follows a decision file that is not in this portfolio";
        return Err(EngineError::refused(message, help));
    }
    let moved = moved(&text, draft, &previous_line(&heads)).ok_or_else(|| {
        let help = "write `previous:` and `decisions:` at the beginnings of lines";
        EngineError::refused(
            "the file cannot be filed behind another one as it is written",
            help,
        )
    })?;
    if together {
        Ok((moved, FiledLink::SameSitting))
    } else {
        Ok((moved, FiledLink::Rechained))
    }
}

/// Whether everything filed since this file was written is by the same assessor and about other
/// entries, as when several decisions are saved from one site, which cannot know of each other.
/// Their order has no meaning then.
fn is_of_one_sitting(project: &Snapshot, draft: &DraftDecisions) -> bool {
    let files = &project.portfolio.chain.files;
    let place = |named: &Spanned<String>| {
        let found = files.iter().position(|file| file.digest == named.value);
        found.map(|at| at + 1)
    };
    let places: Option<Vec<usize>> = draft.previous.iter().map(place).collect();
    let before = places.map(|places| places.into_iter().max().unwrap_or(0));
    let entries: Vec<&String> = draft
        .decisions
        .iter()
        .map(|decision| &decision.entry.value)
        .collect();
    let is_beside = |file: &DecisionFile| {
        let same = file
            .author
            .as_ref()
            .is_some_and(|author| (&author.id, author.role) == (&draft.assessor, draft.role));
        same && !file.entries.iter().any(|entry| entries.contains(&entry))
    };
    before.is_some_and(|before| before < files.len() && files[before..].iter().all(is_beside))
}

/// The text with another line for `previous`; `None` if that or `decisions` is not written at the
/// beginning of a line.
fn moved(text: &str, draft: &DraftDecisions, line: &str) -> Option<String> {
    let key = |name: &str| {
        let at_line = format!("\n{name}:");
        let later = || text.find(&at_line).map(|at| at + 1);
        if text.starts_with(&at_line[1..]) {
            Some(0)
        } else {
            later()
        }
    };
    let (start, end) = if let Some(last) = draft.previous.iter().map(|one| one.span.end).max() {
        let end = text[last..]
            .find('\n')
            .map_or(text.len(), |at| last + at + 1);
        (key("previous")?, end)
    } else {
        let decisions = key("decisions")?;
        (decisions, decisions)
    };
    Some(format!("{}{line}{}", &text[..start], &text[end..]))
}

/// Objections to decisions about a text that the portfolio never had, and remarks on those about an
/// earlier text.
fn read_before(project: &Snapshot, draft: &DraftDecisions) -> (Vec<String>, Vec<String>) {
    let (mut unknown, mut stale) = (Vec::new(), Vec::new());
    for decision in &draft.decisions {
        let Some(at) = project.portfolio.index.by_id(&decision.entry.value) else {
            continue;
        };
        let entry = &project.portfolio.entries[at];
        let id = &entry.id;
        match decision.digest.as_deref() {
            None => unknown.push(format!(
                "it does not say which text of {id} was read (digest)"
            )),
            Some(digest) if entry.digests.matches(digest) => {}
            Some(digest) => match as_read(project, at, digest) {
                Ok(Some(earlier)) => {
                    let commit: String = earlier.commit.chars().take(10).collect();
                    stale.push(format!(
                        "{id} has changed since it was read (commit {commit}): what it accepts has lapsed"
                    ));
                }
                Ok(None) => unknown.push(format!(
                    "it is about a text of {id} that this portfolio never had, as far as is known"
                )),
                Err(failure) => unknown.push(format!(
                    "it is about an earlier text of {id}, and the git history cannot be read: {}",
                    failure.cause()
                )),
            },
        }
    }
    (unknown, stale)
}
