//! What goes to the assessor and comes back: the pack, decision files, and what waits.

use super::answers::{EntryLink, WaitingEntry, WriteAnswer};
use super::code_names::CodeNames;
use super::dropped::DroppedFiles;
use super::page_words::changes_in_page_words;
use super::state::{Answered, WrittenPortfolio};
use crate::cover::{WaitingReason, list_to_assess};
use crate::engine::{self, EngineError, Imported, PackRequest, Snapshot, WithheldEntry};
use crate::model::{Audience, Word};
use crate::store::Touched;
use crate::text::{listed_or, portable_name};
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
    Ok(match imported {
        Imported::Known(path) => WriteAnswer::Filed {
            path: path.shown().to_owned(),
            is_known: true,
            changes: String::new(),
            remarks: Vec::new(),
        },
        Imported::ParsedDecisionFile {
            path,
            changes,
            remarks,
            ..
        } => WriteAnswer::Filed {
            path: path.shown().to_owned(),
            is_known: false,
            changes: changes_in_page_words(&changes),
            remarks,
        },
    })
}

fn read_text(dropped: &DroppedFiles, name: &str) -> Result<String, EngineError> {
    let bytes = dropped.find(name)?.bytes.clone();
    String::from_utf8(bytes).map_err(|_| {
        let help = "drop the file that the assessor sent, as it is";
        EngineError::refused("this is no decision file", help)
    })
}

/// The portfolio as one page for an audience, with its name, and the entries that are left out of it.
///
/// # Errors
/// The settings cannot be read, or the page cannot be made.
pub(super) fn make_pack(
    project: &Snapshot,
    audience: &str,
) -> Result<(String, Vec<u8>, Vec<WithheldEntry>), EngineError> {
    let audience = Audience::from_word(audience).ok_or_else(|| {
        let words: Vec<&str> = Audience::ALL.iter().map(|one| one.word()).collect();
        let help = format!("it is one of {}", listed_or(&words));
        EngineError::refused(format!("`{audience}` is no audience"), help)
    })?;
    if project.portfolio.settings.is_unreadable {
        let problem = project.portfolio.standards_problem();
        let help = "the list of problems shows the line and what to write";
        return Err(EngineError::refused(problem.unwrap_or_default(), help));
    }
    let request = PackRequest {
        audience,
        theme: None,
        scope: PackScope::All,
    };
    let page = engine::standalone_pack(project, request)?;
    let learner = portable_name(&project.portfolio.settings.learner_id);
    // A public page never names the learner.
    let name = match audience {
        Audience::Public => "portfolio".to_owned(),
        _ if learner.is_empty() => "portfolio".to_owned(),
        _ => learner,
    };
    let whom = match audience {
        Audience::Private => "for-me",
        Audience::Assessor => "for-assessor",
        Audience::Public => "public",
    };
    let day = project.coverage.as_of;
    let name = format!("{name}-{whom}-{day}.html");
    let withheld = engine::list_withheld(project, audience);
    Ok((name, page.into_bytes(), withheld))
}

/// The entries that wait for an assessor, the most urgent first.
pub(super) fn list_waiting(project: &Snapshot) -> WriteAnswer {
    let names = CodeNames::new(&project.portfolio.catalogue);
    let list = list_to_assess(&project.portfolio, &project.coverage);
    let entries = list.entries.iter().map(|one| {
        let entry = &project.portfolio.entries[one.entry];
        let reason = match one.reason {
            WaitingReason::Changed => "changed since accepted",
            WaitingReason::Resubmitted => "resubmitted",
            WaitingReason::Undecided => "not decided yet",
        };
        WaitingEntry {
            entry: EntryLink {
                path: entry.path.as_str().to_owned(),
                title: entry.front_matter.title.clone(),
            },
            codes: one.claims.iter().map(|(id, _)| names.of(*id)).collect(),
            reason: reason.to_owned(),
            since: one.since.map(|day| day.to_string()),
        }
    });
    WriteAnswer::Waiting {
        entries: entries.collect(),
    }
}
