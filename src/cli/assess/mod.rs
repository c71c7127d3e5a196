//! `assess`: an assessor's decision about an entry, as a new file in the chain.

mod again;
mod asking;
mod given;

use jiff::civil::Date;

use super::args::{Assess, Global};
use super::console::Console;
use super::{CLEAN, CliError, ask, open};
use crate::engine::{self, Candidate, DecisionHead, Judgement, Snapshot};
use crate::model::{CriterionId, Entry};
use crate::resolve::NAMESPACE;
use crate::store;
use crate::text::{Source, in_words};

/// Writes the decision, and prints its path and what it changes.
pub(super) fn run(
    global: &Global,
    command: &Assess,
    console: &mut Console,
) -> Result<u8, CliError> {
    let options = open::options(global)?;
    let project = Snapshot::open(&options)?;
    let at = engine::find_entry(&project, &command.entry)?;
    refuse_identifiers(&project.portfolio.entries[at], command)?;
    let previous = engine::heads(&project)?;
    let date = day_of_decision(global, command, &project)?;
    let is_asked = !command.again && !given::is_anything(command) && ask::can_ask();
    let (assessor, judgement) = judge(&project, at, command, is_asked, console)?;
    // Another assessor may have decided while questions were answered. From here on, one at a time.
    let _turn = engine::take_turn(&project.root)?;
    let (project, at, previous) = engine::reopen(&options, project, at, previous)?;
    let verdicts = judgement.verdicts.iter();
    let judged: Vec<CriterionId> = verdicts.map(|(criterion, _)| *criterion).collect();
    if let Some(attempt) = engine::describe_attempt(&project, at, &judged) {
        console.say(&attempt);
    }
    let head = DecisionHead {
        assessor: assessor.clone(),
        role: command.role,
        date,
        previous,
    };
    let text = engine::decision_text(&project, head, &[(at, judgement)])?;
    let name = engine::free_name(&project.root, date, &assessor, &text)?;
    let signature = match &command.sign {
        Some(key) if !command.dry_run => Some(store::sign(&project.root, &text, key, NAMESPACE)?),
        _ => None,
    };
    let candidate = Candidate {
        source: Source::new(&name, &text),
        signature,
    };
    write(&project, command, &candidate, is_asked, console)
}

/// The assessor and their judgement, from the options, or from questions on a terminal.
fn judge(
    project: &Snapshot,
    at: usize,
    command: &Assess,
    is_asked: bool,
    console: &mut Console,
) -> Result<(String, Judgement), CliError> {
    if command.again {
        again::judgement(project, at, command, console)
    } else if is_asked {
        asking::judgement(project, at, command, console)
    } else {
        given::judgement(project, at, command)
    }
}

/// A decision file keeps the names of the entry and its assessor for good, so neither may identify
/// a person.
fn refuse_identifiers(entry: &Entry, command: &Assess) -> Result<(), CliError> {
    if let Some(assessor) = &command.assessor {
        engine::refuse_identifier(assessor)?;
    }
    if entry.hidden_id.is_none() {
        return Ok(());
    }
    let help = format!(
        "rename {}, or change its `id:`, and assess it then; nothing was written",
        entry.path
    );
    Err(CliError::new(
        "the id of this entry may identify a person, and decisions are never edited",
        help,
    ))
}

/// The day of the decision: a given day, else today.
fn day_of_decision(
    global: &Global,
    command: &Assess,
    project: &Snapshot,
) -> Result<Date, CliError> {
    let (settings, as_of) = (&project.portfolio.settings, project.coverage.as_of);
    let date = command
        .date
        .or(global.as_of)
        .unwrap_or_else(|| engine::today(settings));
    if settings.is_frozen_at(as_of) && as_of < date {
        // No report would show it, and a decision file is never removed.
        let (frozen, date) = (in_words(as_of), in_words(date));
        let message =
            format!("the portfolio is frozen at {frozen}, and this decision would be of {date}");
        let help = "take `as_of` out of portfolio.yaml to decide in it, or give the day with --date; nothing was written";
        return Err(CliError::new(message, help));
    }
    Ok(date)
}

fn write(
    project: &Snapshot,
    command: &Assess,
    candidate: &Candidate,
    is_asked: bool,
    console: &mut Console,
) -> Result<u8, CliError> {
    let judged = engine::judge(project, candidate)?;
    if !judged.objections.is_empty() {
        return Err(engine::refused(&judged.objections).into());
    }
    let path = &candidate.source.path;
    let changes = engine::changes(project, &judged.after, path);
    for remark in &judged.remarks {
        console.say(&format!("Worth knowing: {remark}"));
    }
    if command.dry_run {
        console.report(&format!("{}\n{changes}", candidate.source.text));
        console.say("Nothing was written (--dry-run).");
        return Ok(CLEAN);
    }
    if is_asked {
        console.report(&format!("\n{changes}"));
        if !ask::confirm("File this decision?")? {
            console.say("Nothing was written.");
            return Ok(CLEAN);
        }
        engine::file(project, candidate)?;
        console.report(&format!("{path}\n"));
    } else {
        engine::file(project, candidate)?;
        console.report(&format!("{path}\n{changes}"));
    }
    if let [head] = judged.after.portfolio.chain.heads()[..] {
        let digest = &head.digest;
        console.say(&format!("The chain of decisions now ends at {digest}. Decision files are never edited: decide again to say otherwise."));
    }
    Ok(CLEAN)
}
