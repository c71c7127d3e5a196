//! What goes to the assessor and comes back: the pack, and decision files.

use super::answers::{DecidedCode, DecidedEntry, WriteAnswer};
use super::code_names::CodeNames;
use super::dropped::DroppedFiles;
use super::page_words::{changes_in_page_words, in_page_words};
use super::state::{Answered, WrittenPortfolio};
use super::waiting::link_entry;
use crate::cover::{EntryToAssess, WaitingReason, list_to_assess};
use crate::engine::{self, EngineError, FiledDecision, PackRequest, Snapshot, WithheldEntry};
use crate::model::{Audience, Word};
use crate::store::Touched;
use crate::text::{SourcePath, listed, listed_or};
use crate::view::PackScope;

/// Files a decision file that was dropped.
pub(super) fn file_decisions(
    portfolio: &mut WrittenPortfolio,
    dropped: &DroppedFiles,
    file: &str,
    signature: Option<&str>,
) -> Answered {
    let text = read_text(dropped, file)?;
    let signature = signature.map(|file| read_text(dropped, file)).transpose()?;
    let imported = {
        let options = portfolio.options();
        let _turn = engine::take_turn(&options.root)?;
        engine::import_decision_text(options, &text, signature, false)?
    };
    portfolio.refresh(Touched::Everything)?;
    let filed = FiledDecision::from(imported);
    Ok(WriteAnswer::Filed {
        entries: list_decided(portfolio.snapshot(), &filed.path),
        path: filed.path.shown().to_owned(),
        is_known: filed.is_known,
        changes: changes_in_page_words(&filed.changes),
        remarks: filed.remarks.iter().map(|one| in_page_words(one)).collect(),
    })
}

/// The entries that the decision file at `path` is about, with its verdicts.
fn list_decided(project: &Snapshot, path: &SourcePath) -> Vec<DecidedEntry> {
    let names = CodeNames::new(&project.portfolio.catalogue);
    let mut decided = Vec::new();
    for (at, entry) in project.portfolio.entries.iter().enumerate() {
        let of_file = entry.decisions.iter();
        for decision in of_file.filter(|decision| decision.place.path == *path) {
            let codes = decision.claims.iter().map(|claim| DecidedCode {
                code: names.of(claim.criterion),
                verdict: claim.verdict.word().to_owned(),
            });
            decided.push(DecidedEntry {
                entry: link_entry(project, at),
                codes: codes.collect(),
            });
        }
    }
    decided
}

fn read_text(dropped: &DroppedFiles, name: &str) -> Result<String, EngineError> {
    let bytes = dropped.find(name)?.bytes.clone();
    String::from_utf8(bytes).map_err(|_| {
        let help = "drop the file that the assessor sent, as it is";
        EngineError::refused("this is not a file of decisions by an assessor", help)
    })
}

/// A file that was made for the person to keep.
pub(super) struct MadeFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The entries that are left out of it.
    pub withheld: Vec<WithheldEntry>,
    /// What is new in it for the assessor.
    pub news: Vec<String>,
}

/// The portfolio as one page for an audience.
///
/// # Errors
/// The settings cannot be read, or the page cannot be made.
pub(super) fn make_pack(project: &Snapshot, audience: &str) -> Result<MadeFile, EngineError> {
    let audience = Audience::from_word(audience).ok_or_else(|| {
        let words: Vec<&str> = Audience::ALL.iter().map(|one| one.word()).collect();
        let help = format!("it is one of {}", listed_or(&words));
        EngineError::refused(format!("`{audience}` is no audience"), help)
    })?;
    refuse_unreadable(project)?;
    let request = PackRequest {
        audience,
        theme: None,
        scope: PackScope::All,
    };
    let page = engine::standalone_pack(project, request)?;
    // A public page never names the learner.
    let name = match audience {
        Audience::Public => "portfolio".to_owned(),
        _ => engine::file_stem(&project.portfolio.settings.learner_id),
    };
    let whom = match audience {
        Audience::Private => "for-me",
        Audience::Assessor => "for-assessor",
        Audience::Public => "public",
    };
    let day = project.coverage.as_of;
    let name = format!("{name}-{whom}-{day}.html");
    Ok(MadeFile {
        name,
        bytes: page.into_bytes(),
        withheld: engine::list_withheld(project, audience),
        news: Vec::new(),
    })
}

/// The zip for the assessor.
///
/// # Errors
/// The settings cannot be read, or the zip cannot be made.
pub(super) fn make_zip(project: &Snapshot) -> Result<MadeFile, EngineError> {
    refuse_unreadable(project)?;
    let zip = engine::zip_for_assessor(project)?;
    Ok(MadeFile {
        name: zip.name,
        bytes: zip.bytes,
        withheld: engine::list_withheld(project, Audience::Assessor),
        news: list_news(project),
    })
}

fn refuse_unreadable(project: &Snapshot) -> Result<(), EngineError> {
    if project.portfolio.settings.is_unreadable {
        let problem = project.portfolio.standards_problem_in_words();
        let help = "open Settings: it says what to correct";
        return Err(EngineError::refused(problem.unwrap_or_default(), help));
    }
    Ok(())
}

/// What is new for the assessor since the last decision: entries that changed after they were
/// decided about, and those that were submitted since. Nothing before the first decision.
fn list_news(project: &Snapshot) -> Vec<String> {
    let portfolio = &project.portfolio;
    let files = portfolio.chain.files.iter();
    let days = files.filter_map(|file| file.author.as_ref().map(|author| author.date));
    let Some(last_day) = days.max() else {
        return Vec::new();
    };
    let names = CodeNames::new(&portfolio.catalogue);
    let list = list_to_assess(portfolio, &project.coverage);
    let describe = |one: &EntryToAssess| {
        let is_new = one.since.is_some_and(|since| since > last_day);
        let reasons = [
            (WaitingReason::Changed, "changed since it was accepted"),
            (WaitingReason::Resubmitted, "changed since it was sent back"),
            (WaitingReason::Undecided, "new"),
        ];
        let reasons = reasons.into_iter();
        let reasons = reasons.filter(|(reason, _)| *reason != WaitingReason::Undecided || is_new);
        let parts = reasons.filter_map(|(wanted, why)| {
            let claims = one.claims.iter().filter(|(_, reason)| *reason == wanted);
            let codes: Vec<String> = claims.map(|(id, _)| names.of(*id)).collect();
            (!codes.is_empty()).then(|| format!("{why} ({})", listed(&codes)))
        });
        let parts: Vec<String> = parts.collect();
        let title = &portfolio.entries[one.entry].front_matter.title;
        (!parts.is_empty()).then(|| format!("“{title}”: {}", parts.join(", ")))
    };
    list.entries.iter().filter_map(describe).collect()
}
