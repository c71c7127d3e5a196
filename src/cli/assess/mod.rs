//! `assess`: what an assessor decides about an entry, as a new file in the chain.

mod again;
mod asking;
mod given;

use std::path::Path;

use jiff::civil::Date;

use super::args::{Assess, Global};
use super::console::{Console, Trouble};
use super::filing::{self, Candidate};
use super::project::{self, Project};
use super::{CLEAN, ask};
use crate::cover::{limit, next_attempt};
use crate::io;
use crate::model::{CriterionId, Entry, Head, Role, RulesOfEvidence, Verdict, Word};
use crate::privacy::shown_path;
use crate::report::{NewDecision, NewDecisions, decision_file, tidy_feedback};
use crate::resolve::NAMESPACE;
use crate::text::{Source, in_words, nearest};

/// Somebody's judgement of one entry, before it has a form.
pub struct Judgement {
    /// Who: a reference.
    assessor: String,
    /// Verdicts, by criterion.
    verdicts: Vec<(CriterionId, Verdict)>,
    /// The rules of evidence for what is accepted.
    accepted: RulesOfEvidence,
    /// And for what is sent back.
    sent_back: RulesOfEvidence,
    /// Feedback in Markdown.
    feedback: String,
    /// The attempt, where it is no new one.
    attempt: Option<u32>,
}

/// Writes the decision, prints where, and what it changes.
pub fn run(global: &Global, command: &Assess, console: &mut Console) -> Result<u8, Trouble> {
    let project = Project::open(global)?;
    let at = entry(&project, &command.entry)?;
    refuse_identifiers(&project.portfolio.entries[at], command)?;
    let previous = filing::head(&project)?;
    let date = day_of_decision(global, command, &project)?;
    let judgement = if command.again {
        again::judgement(&project, at, command, console)?
    } else if given::is_anything(command) || !ask::is_somebody_there() {
        given::judgement(&project, at, command)?
    } else {
        asking::judgement(&project, at, command, console)?
    };
    // While questions were answered, somebody else may have decided: from here on it is one after the other.
    let _turn = filing::turn(&project.root)?;
    let (project, at, previous) = as_it_is_now(global, project, at, previous)?;
    let judged: Vec<CriterionId> = judgement
        .verdicts
        .iter()
        .map(|(criterion, _)| *criterion)
        .collect();
    if let Some(attempts) = attempts_left(&project, at, &judged) {
        console.say(&attempts);
    }
    let new = decisions(&project, at, command, date, previous, judgement)?;
    let text = decision_file(&new).ok_or_else(|| {
        let help = "leave out signs that no keyboard types; nothing was written";
        Trouble::new(
            "the feedback holds signs that a file of decisions cannot keep",
            help,
        )
    })?;
    let name = filing::free_name(&project.root, date, &new.assessor)?;
    let signature = match &command.sign {
        Some(key) if !command.dry_run => Some(io::sign(&project.root, &text, key, NAMESPACE)?),
        _ => None,
    };
    let candidate = Candidate {
        source: Source::new(&name, &text),
        signature,
    };
    write(&project, command, &candidate, console)
}

/// A decision file names the entry and its assessor for good, so neither name may identify a person.
fn refuse_identifiers(entry: &Entry, command: &Assess) -> Result<(), Trouble> {
    if let Some(assessor) = &command.assessor {
        filing::refuse_identifier(assessor)?;
    }
    if entry.own_id.is_none() {
        return Ok(());
    }
    let help = format!(
        "rename {}, or change its `id:`, and assess it then; nothing was written",
        entry.path
    );
    Err(Trouble::new(
        "the id of this entry may identify a person, and decisions are never edited",
        help,
    ))
}

/// The day of the decision: the one given, else today, because a decision is made on the day it is made.
fn day_of_decision(global: &Global, command: &Assess, project: &Project) -> Result<Date, Trouble> {
    let (settings, as_of) = (&project.portfolio.settings, project.coverage.as_of);
    let date = command
        .date
        .or(global.as_of)
        .unwrap_or_else(|| project::today(settings));
    if settings.is_frozen_at(as_of) && as_of < date {
        // No report would show it, and a decision file cannot be taken back.
        let (frozen, date) = (in_words(as_of), in_words(date));
        let message =
            format!("the portfolio is frozen at {frozen}, and this decision would be of {date}");
        let help = "take `as_of` out of portfolio.yaml to decide in it, or give the day with --date; nothing was written";
        return Err(Trouble::new(message, help));
    }
    Ok(date)
}

/// The portfolio as it is now that nobody else writes decisions: as it was read, or with what others decided about other
/// entries since. What was judged must still be what is there.
fn as_it_is_now(
    global: &Global,
    read: Project,
    at: usize,
    previous: Option<String>,
) -> Result<(Project, usize, Option<String>), Trouble> {
    let now = Project::open(global)?;
    let head = filing::head(&now)?;
    let judged = &read.portfolio.entries[at];
    let place = now.portfolio.index.by_path(&judged.path);
    let entry = place.map(|at| &now.portfolio.entries[at]);
    let is_as_read = |entry: &Entry| {
        entry.digest == judged.digest
            && entry.decisions.len() == judged.decisions.len()
            && now.portfolio.settings.standards == read.portfolio.settings.standards
    };
    match place.filter(|_| entry.is_some_and(is_as_read)) {
        // Where nothing was decided meanwhile, what was read stands, file by file.
        Some(_) if head == previous => Ok((read, at, previous)),
        Some(at) => Ok((now, at, head)),
        None => {
            let help = "look at it again, and decide anew; nothing was written";
            Err(Trouble::new(
                format!("{} was changed or decided about meanwhile", judged.id),
                help,
            ))
        }
    }
}

fn write(
    project: &Project,
    command: &Assess,
    candidate: &Candidate,
    console: &mut Console,
) -> Result<u8, Trouble> {
    let judged = filing::judge(project, candidate)?;
    if !judged.objections.is_empty() {
        return Err(filing::refused(&judged.objections));
    }
    let path = &candidate.source.path;
    let changes = filing::changes(project, &judged.after, path);
    for remark in &judged.remarks {
        console.say(&format!("Worth knowing: {remark}"));
    }
    if command.dry_run {
        console.report(&format!("{}\n{changes}", candidate.source.text));
        console.say("Nothing was written (--dry-run).");
        return Ok(CLEAN);
    }
    filing::file(&project.root, candidate)?;
    console.report(&format!("{path}\n{changes}"));
    if let Head::At(digest) = judged.after.portfolio.chain.head() {
        console.say(&format!("The chain of decisions now ends at {digest}. Decision files are never edited: decide again to say otherwise."));
    }
    Ok(CLEAN)
}

/// The place of the entry with an id or a path.
fn entry(project: &Project, typed: &str) -> Result<usize, Trouble> {
    let portfolio = &project.portfolio;
    let id = typed.strip_prefix("entry:").unwrap_or(typed);
    let by_path = || io::source_name(&project.root, Path::new(typed)).ok();
    let found = portfolio.index.by_id(id);
    let found = found.or_else(|| {
        portfolio
            .index
            .by_path(&crate::text::SourcePath::new(&by_path()?))
    });
    if let Some(at) = found {
        return Ok(at);
    }
    if portfolio.entries.iter().any(|entry| entry.id == id) {
        let help = "give one of them another `id:`; a decision about either would bind to neither";
        return Err(Trouble::new(
            format!("several entries have the id {}", shown_path(id).0),
            help,
        ));
    }
    let help = nearest(id, portfolio.index.ids()).map_or_else(
        || "`ksbfolio explain CODE` names the entries that claim a code".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    Err(Trouble::new(
        format!("no entry has the id `{}`", shown_path(id).0),
        help,
    ))
}

/// The decision file that says so. What is accepted and what is sent back are two decisions: the rules of evidence are
/// not met alike by both.
fn decisions(
    project: &Project,
    at: usize,
    command: &Assess,
    date: Date,
    previous: Option<String>,
    judgement: Judgement,
) -> Result<NewDecisions, Trouble> {
    let portfolio = &project.portfolio;
    let entry = &portfolio.entries[at];
    let role = Role::from_word(&command.role).unwrap_or(Role::Assessor);
    let criteria: Vec<CriterionId> = judgement
        .verdicts
        .iter()
        .map(|(criterion, _)| *criterion)
        .collect();
    let attempt = judgement
        .attempt
        .unwrap_or_else(|| next_attempt(portfolio, at, &criteria));
    let code = |criterion: CriterionId| code(project, criterion);
    let part = |accepted: bool, evidence: RulesOfEvidence| NewDecision {
        entry: entry.id.clone(),
        attempt,
        digest: entry.digest.clone(),
        claims: judgement
            .verdicts
            .iter()
            .filter(|(_, verdict)| (*verdict == Verdict::Accepted) == accepted)
            .map(|&(criterion, verdict)| (code(criterion), verdict))
            .collect(),
        evidence,
        feedback: String::new(),
    };
    let mut decisions = vec![
        part(true, judgement.accepted),
        part(false, judgement.sent_back),
    ];
    decisions.retain(|decision| !decision.claims.is_empty());
    if decisions.is_empty() {
        decisions.push(part(true, RulesOfEvidence::default()));
    }
    // Feedback belongs to what goes back, where anything does.
    if let Some(last) = decisions.last_mut() {
        last.feedback = tidy_feedback(&judgement.feedback);
    }
    if decisions
        .iter()
        .all(|decision| decision.claims.is_empty() && decision.feedback.is_empty())
    {
        let help = "name codes behind --accept, --partly or --refer, or give --feedback; nothing was written";
        return Err(Trouble::new(
            format!("nothing is decided about {}", entry.id),
            help,
        ));
    }
    Ok(NewDecisions {
        assessor: judgement.assessor,
        role,
        date,
        previous,
        decisions,
    })
}

/// A criterion as files name it: by its code, and by its standard too where the code alone is not enough.
fn code(project: &Project, criterion: CriterionId) -> String {
    let catalogue = &project.portfolio.catalogue;
    if catalogue.without_plain_code().contains(&criterion) {
        catalogue.full_code(criterion)
    } else {
        catalogue.code(criterion).to_string()
    }
}

/// Which attempt at these criteria of an entry is judged now, where a standard limits them.
fn attempts_left(project: &Project, at: usize, criteria: &[CriterionId]) -> Option<String> {
    let most = criteria
        .iter()
        .filter_map(|&criterion| limit(&project.portfolio, criterion))
        .min()?;
    let attempt = next_attempt(&project.portfolio, at, criteria);
    let last = if attempt == most { ", the last" } else { "" };
    Some(format!("This is attempt {attempt} of {most}{last}."))
}
