//! `decisions import`: files a decision that was written elsewhere, as in the browser.

use std::path::{Path, PathBuf};

use super::super::args::Global;
use super::super::console::{Console, Trouble};
use super::super::filing::{self, Candidate};
use super::super::history;
use super::super::project::Project;
use super::super::{CLEAN, project};
use crate::diagnostic::FaultKind;
use crate::io;
use crate::model::DecisionFile;
use crate::parse::{self, DraftDecisions};
use crate::resolve::{decision_file_digest, plain};
use crate::text::{LineIndex, Source, Texts};

/// Files decisions one after the other; what one of them lacks keeps none of the others back.
pub fn run(
    global: &Global,
    files: &[PathBuf],
    rechain: bool,
    console: &mut Console,
) -> Result<u8, Trouble> {
    let _turn = filing::turn(&project::root(global)?)?;
    let mut refused = Vec::new();
    for file in files {
        if let Err(trouble) = one(global, file, rechain, console) {
            refused.push((file, trouble));
        }
    }
    match (refused.len(), files) {
        (0, _) => Ok(CLEAN),
        (_, [_]) => refused.pop().map_or(Ok(CLEAN), |(_, trouble)| Err(trouble)),
        (number, _) => {
            for (file, trouble) in refused {
                console.say(&format!("{}: {}", io::shown(file), trouble));
            }
            let help = "the others are filed; import these again once they are mended";
            Err(Trouble::new(
                format!("{number} of {} decision files were not filed", files.len()),
                help,
            ))
        }
    }
}

/// Checks the file against the portfolio and files it; says so where that was done before.
fn one(global: &Global, file: &Path, rechain: bool, console: &mut Console) -> Result<u8, Trouble> {
    let text = plain(&io::read_small(file)?).into_owned();
    let signature = beside(file)?;
    let project = Project::open(global)?;
    let chain = &project.portfolio.chain;
    let digest = decision_file_digest(&text);
    let draft = read(&text)?;
    let is_same = |filed: &&DecisionFile| {
        filed.digest == digest || says_the_same(&project, filed, &text, &draft)
    };
    if let Some(filed) = chain.files.iter().find(is_same) {
        console.report(&format!("{}\n", filed.path));
        console.say("This decision is filed already; nothing was written.");
        return Ok(CLEAN);
    }
    let text = linked(
        &project,
        text,
        &draft,
        signature.is_some(),
        rechain,
        console,
    )?;
    let name = filing::free_name(&project.root, draft.date, &draft.assessor)?;
    let candidate = Candidate {
        source: Source::new(&name, &text),
        signature,
    };
    let mut judged = filing::judge(&project, &candidate)?;
    let (unknown, stale) = read_before(&project, &draft);
    judged.objections.extend(unknown);
    let as_of = project.coverage.as_of;
    // A frozen portfolio leaves later decisions out without a finding, so they are refused here.
    if draft.date > as_of && project.portfolio.settings.is_frozen_at(as_of) {
        let problem = format!(
            "it is dated {}, which is later than the day this portfolio is frozen at",
            draft.date
        );
        judged.objections.push(problem);
    }
    if !judged.objections.is_empty() {
        return Err(filing::refused(&judged.objections));
    }
    filing::file(&project.root, &candidate)?;
    let path = &candidate.source.path;
    console.report(&format!(
        "{path}\n{}",
        filing::changes(&project, &judged.after, path)
    ));
    for remark in judged.remarks.iter().chain(&stale) {
        console.say(&format!("Worth knowing: {remark}"));
    }
    Ok(CLEAN)
}

/// Whether a file that is filed says the same, but for its place in the chain.
fn says_the_same(
    project: &Project,
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

/// The signature that was sent with a file.
fn beside(file: &Path) -> Result<Option<String>, Trouble> {
    let mut name = file.as_os_str().to_owned();
    name.push(".sig");
    let path = Path::new(&name);
    let there = file != Path::new("-") && io::stands(path) == io::Stands::File;
    Ok(if there {
        Some(io::read_small(path)?)
    } else {
        None
    })
}

/// The file as decisions; every key that is wrong is told, with its line.
fn read(text: &str) -> Result<DraftDecisions, Trouble> {
    let parsed = parse::decisions(&Source::new("the file", text));
    let lines = LineIndex::new(text);
    let told = parsed.faults.iter().map(|fault| {
        let line = lines.place(text, fault.place.span.start).line;
        format!("\n  - line {line}: {}", in_words(&fault.kind))
    });
    let told: Vec<String> = told.collect();
    match parsed.value {
        Some(draft) if told.is_empty() => Ok(draft),
        _ => Err(Trouble::new(
            format!("this is no decision file:{}", told.concat()),
            "nothing was written",
        )),
    }
}

/// What is wrong with a file that nobody's `check` will ever see.
fn in_words(kind: &FaultKind) -> String {
    match kind {
        FaultKind::BrokenYaml { reason, .. } => format!("YAML ends here: {reason}"),
        FaultKind::UnknownKey { key, .. } => format!("decision files have no key `{key}`"),
        FaultKind::MissingKey { key } => format!("the key `{key}` is missing"),
        FaultKind::DuplicateKey { key, .. } => format!("the key `{key}` stands twice"),
        FaultKind::WrongType { key, expected, .. } => format!("`{key}` takes {expected}"),
        FaultKind::BadDate { key, .. } | FaultKind::AmbiguousDate { key, .. } => {
            format!("`{key}` is no day: write YYYY-MM-DD")
        }
        FaultKind::UnknownWord { key, allowed, .. } => {
            format!("`{key}` takes one of {}", allowed.join(", "))
        }
        FaultKind::ImplicitType { key, write, .. } => format!("`{key}` needs quotes: {write}"),
        _ => "this cannot be read".to_owned(),
    }
}

/// The text with `previous` at the end of the chain: as it is, or moved there where that is allowed.
fn linked(
    project: &Project,
    text: String,
    draft: &DraftDecisions,
    signed: bool,
    rechain: bool,
    console: &mut Console,
) -> Result<String, Trouble> {
    let head = filing::head(project)?;
    let named = draft
        .previous
        .as_ref()
        .map(|previous| previous.value.clone());
    if named == head {
        return Ok(text);
    }
    if signed {
        let help =
            "the assessor decides again at the end of the chain as it is now, and signs that";
        return Err(Trouble::new(
            "the chain has grown since this file was signed",
            help,
        ));
    }
    let together = is_of_one_sitting(project, draft);
    if !rechain && !together {
        let help = "with --rechain it is filed at the end of the chain as it is now; agree that with its assessor";
        return Err(Trouble::new(
            "the chain has grown since this file was written",
            help,
        ));
    }
    let line = head.map_or_else(String::new, |head| format!("previous: {head}\n"));
    let moved = moved(&text, draft, &line).ok_or_else(|| {
        let help = "write `previous:` and `decisions:` at the beginnings of lines";
        Trouble::new(
            "the file cannot be filed behind another one as it is written",
            help,
        )
    })?;
    console.say(if together {
        "Decisions of the same assessor about other entries were filed since: `previous` now names the last of them. Nothing else was changed."
    } else {
        "The chain has grown since: `previous` now names its end. Nothing else was changed."
    });
    Ok(moved)
}

/// Whether all that was filed since this file was written is by the same assessor and about other entries, as when
/// several decisions were saved from one site, which cannot know of each other. Their order then says nothing.
fn is_of_one_sitting(project: &Project, draft: &DraftDecisions) -> bool {
    let files = &project.portfolio.chain.files;
    let before = match &draft.previous {
        None => Some(0),
        Some(named) => files
            .iter()
            .position(|file| file.digest == named.value)
            .map(|at| at + 1),
    };
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

/// The text with another line for `previous`; none where it has no line of its own.
fn moved(text: &str, draft: &DraftDecisions, line: &str) -> Option<String> {
    let (start, end) = if let Some(previous) = &draft.previous {
        let start = text[..previous.span.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let end = text[previous.span.end..]
            .find('\n')
            .map_or(text.len(), |at| previous.span.end + at + 1);
        text[start..]
            .starts_with("previous:")
            .then_some((start, end))?
    } else {
        let decisions = text.find("\ndecisions:")? + 1;
        (decisions, decisions)
    };
    Some(format!("{}{line}{}", &text[..start], &text[end..]))
}

/// Decisions about other words than the entry has now: those about words that nobody knows are objected to, and those
/// about an earlier version are told.
fn read_before(project: &Project, draft: &DraftDecisions) -> (Vec<String>, Vec<String>) {
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
            Some(digest) if digest == entry.digest => {}
            Some(digest) => match history::as_read(project, at, digest) {
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
