//! A judgement from command-line options.

use crate::cli::CliError;
use crate::cli::args::Assess;
use crate::cli::{ask, editor};
use crate::engine::{self, Judgement, Snapshot};
use crate::model::{CriterionId, Entry, RulesOfEvidence, Verdict};
use crate::resolve::{Codes, Lookup};
use crate::store;
use crate::text::{listed, listed_or};

/// Whether the options decide anything, so that no questions are asked.
pub(super) fn is_anything(command: &Assess) -> bool {
    let verdicts = &command.verdicts;
    let codes = [&verdicts.accept, &verdicts.partly, &verdicts.refer];
    codes.iter().any(|codes| !codes.is_empty()) || has_feedback(command) || command.dry_run
}

fn has_feedback(command: &Assess) -> bool {
    command.feedback.feedback.is_some()
        || command.feedback.feedback_file.is_some()
        || command.feedback.open
}

/// Reads the options, and reports every mistake at once.
pub(super) fn judgement(
    project: &Snapshot,
    at: usize,
    command: &Assess,
) -> Result<(String, Judgement), CliError> {
    let assessor = assessor(command)?;
    let verdicts = verdicts(project, at, command)?;
    let failed = failed(command);
    let accepts = verdicts
        .iter()
        .any(|(_, verdict)| *verdict == Verdict::Accepted);
    let sends_back = verdicts
        .iter()
        .any(|(_, verdict)| *verdict != Verdict::Accepted);
    if accepts && !sends_back && !failed.is_empty() {
        let help = "accept what meets all five rules of evidence, and send the rest back: --partly or --refer";
        return Err(CliError::new(
            format!(
                "evidence that is not {} cannot be accepted",
                failed.join(" and not ")
            ),
            help,
        ));
    }
    if accepts && !command.evidence.vacsr && failed.is_empty() {
        let help =
            "--vacsr says that the evidence is valid, authentic, current, sufficient and reliable";
        return Err(CliError::new("accepting needs the rules of evidence", help));
    }
    if sends_back && !accepts && command.evidence.vacsr {
        let help = "leave out --vacsr, and say what it does not meet: --not sufficient";
        return Err(CliError::new(
            "what is sent back cannot meet all five rules of evidence",
            help,
        ));
    }
    let judgement = Judgement {
        accepted: rules(&[]),
        sent_back: if failed.is_empty() {
            RulesOfEvidence::default()
        } else {
            rules(&failed)
        },
        verdicts,
        notes: Vec::new(),
        feedback: feedback(command)?,
        attempt: None,
    };
    Ok((assessor, judgement))
}

/// The assessor's reference; asked for on a terminal if it is missing.
pub(super) fn assessor(command: &Assess) -> Result<String, CliError> {
    let typed = command.assessor.as_deref().unwrap_or_default().trim();
    if !typed.is_empty() {
        return Ok(typed.to_owned());
    }
    if ask::can_ask() {
        let help = "Your reference, as in AS-12. Never a name.";
        return Ok(ask::words("Who decides?", help, "")?);
    }
    Err(CliError::new(
        "a decision needs to say whose it is",
        "--as AS-12: a reference, never a name",
    ))
}

/// The five rules of evidence, met except for those in `failed`.
pub(super) fn rules(failed: &[String]) -> RulesOfEvidence {
    let met = |name: &str| Some(!failed.iter().any(|one| one == name));
    RulesOfEvidence {
        valid: met("valid"),
        authentic: met("authentic"),
        current: met("current"),
        sufficient: met("sufficient"),
        reliable: met("reliable"),
    }
}

fn failed(command: &Assess) -> Vec<String> {
    let mut failed = command.evidence.failed.clone();
    if command.evidence.not_sufficient {
        failed.push("sufficient".to_owned());
    }
    failed.sort();
    failed.dedup();
    failed
}

/// Codes with their verdicts, in the order of the entry's claims; every wrong code is reported.
fn verdicts(
    project: &Snapshot,
    at: usize,
    command: &Assess,
) -> Result<Vec<(CriterionId, Verdict)>, CliError> {
    let entry = &project.portfolio.entries[at];
    let codes = Codes::new(&project.portfolio.catalogue);
    let lists = [
        (&command.verdicts.accept, Verdict::Accepted),
        (&command.verdicts.partly, Verdict::Partly),
        (&command.verdicts.refer, Verdict::Referred),
    ];
    let (mut verdicts, mut wrong) = (Vec::new(), Vec::new());
    let mut rest: Option<Verdict> = None;
    for (typed, verdict) in lists
        .iter()
        .flat_map(|(typed, verdict)| typed.iter().map(move |one| (one.trim(), *verdict)))
    {
        if typed.eq_ignore_ascii_case("all") {
            rest = Some(verdict);
            continue;
        }
        match codes.find(typed) {
            Lookup::Found { id, .. } if entry.claim(id).is_none() => {
                wrong.push(format!("{} does not claim {typed}", entry.id));
            }
            Lookup::Found { id, .. } if verdicts.iter().any(|(known, _)| *known == id) => {
                wrong.push(format!("{typed} is named twice"));
            }
            Lookup::Found { id, .. } => verdicts.push((id, verdict)),
            lookup => {
                let meant = lookup.meant();
                let meant = if meant.is_empty() {
                    String::new()
                } else {
                    format!(" (did you mean {}?)", listed_or(&meant))
                };
                wrong.push(format!(
                    "this portfolio has no one criterion {typed}{meant}"
                ));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(refuse_codes(project, entry, &wrong));
    }
    for claim in &entry.claims {
        if let Some(verdict) =
            rest.filter(|_| verdicts.iter().all(|(known, _)| *known != claim.criterion))
        {
            verdicts.push((claim.criterion, verdict));
        }
    }
    verdicts.sort_by_key(|(criterion, _)| *criterion);
    Ok(verdicts)
}

/// The refusal of wrong codes, with the codes that the entry claims.
fn refuse_codes(project: &Snapshot, entry: &Entry, wrong: &[String]) -> CliError {
    let claims = entry.claims.iter();
    let claimed: Vec<String> = claims
        .map(|claim| engine::code_in_files(project, claim.criterion))
        .collect();
    let help = format!(
        "{} claims {}; nothing was written",
        entry.id,
        listed(&claimed)
    );
    CliError::new(wrong.join("; "), help)
}

/// The feedback from an option, a file or the editor.
pub(super) fn feedback(command: &Assess) -> Result<String, CliError> {
    let given = &command.feedback;
    if given.open {
        return Ok(editor::edited(FEEDBACK)?);
    }
    match (&given.feedback, &given.feedback_file) {
        (Some(text), _) => Ok(text.clone()),
        (None, Some(path)) => Ok(store::read_small(path)?),
        (None, None) => Ok(String::new()),
    }
}

/// The text that the editor opens with. Lines of it that are left are removed.
const FEEDBACK: &str = "<!-- Feedback in Markdown, under this line: what is shown, what is missing, what to do. No names. -->\n";
