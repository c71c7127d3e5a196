//! What goes to the assessor and comes back: the pack, and decision files.

use super::answers::WriteAnswer;
use super::dropped::DroppedFiles;
use super::state::{Answered, WrittenPortfolio};
use crate::engine::{self, EngineError, FiledDecision, PackRequest, Snapshot};
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
    let filed = FiledDecision::from(imported);
    Ok(WriteAnswer::Filed {
        path: filed.path.shown().to_owned(),
        is_known: filed.is_known,
        changes: filed.changes,
        remarks: filed.remarks,
    })
}

fn read_text(dropped: &DroppedFiles, name: &str) -> Result<String, EngineError> {
    let bytes = dropped.find(name)?.bytes.clone();
    String::from_utf8(bytes).map_err(|_| {
        let help = "drop the file that the assessor sent, as it is";
        EngineError::refused("this is no decision file", help)
    })
}

/// The portfolio as one page for an audience, with its name.
///
/// # Errors
/// The settings cannot be read, or the page cannot be made.
pub(super) fn make_pack(
    project: &Snapshot,
    audience: &str,
) -> Result<(String, Vec<u8>), EngineError> {
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
    Ok((format!("{name}.html"), page.into_bytes()))
}
