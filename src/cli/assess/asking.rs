//! A judgement from questions on a terminal.

use std::fmt::{self, Write};

use super::given;
use crate::cli::CliError;
use crate::cli::args::Assess;
use crate::cli::ask;
use crate::cli::console::Console;
use crate::engine::{self, Judgement, Snapshot};
use crate::model::{Claim, CriterionId, Role, RulesOfEvidence, Verdict, Word};
use crate::text::SourceProvider;

/// An answer about a claim.
struct Answer(Option<Verdict>);

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Some(Verdict::Accepted) => "accepted   it is shown",
            Some(Verdict::Partly) => "partly     some of it is shown",
            Some(Verdict::Referred) => "referred   it goes back to the learner",
            None => "undecided  leave it for another time",
        })
    }
}

/// Shows the claims one by one, and asks for verdicts.
pub(super) fn judgement(
    project: &Snapshot,
    at: usize,
    command: &Assess,
    console: &mut Console,
) -> Result<(String, Judgement), CliError> {
    let entry = &project.portfolio.entries[at];
    console.report(&introduction(project, at));
    console.report(&whole_text(project, at));
    let assessor = given::assessor(command)?;
    let comments = matches!(command.role, Role::Tutor | Role::Employer);
    let mut verdicts = Vec::new();
    for claim in entry.claims.iter().filter(|_| !comments) {
        console.report(&shown(project, at, claim));
        let code = engine::code_in_files(project, claim.criterion);
        let offered = [
            Some(Verdict::Accepted),
            Some(Verdict::Partly),
            Some(Verdict::Referred),
            None,
        ];
        let offered: Vec<Answer> = offered.into_iter().map(Answer).collect();
        if let Answer(Some(verdict)) = ask::one_of(&format!("{code}:"), offered, 3)? {
            verdicts.push((claim.criterion, verdict));
        }
    }
    let accepted = evidence(&verdicts, true)?;
    let sent_back = evidence(&verdicts, false)?;
    let feedback = given::feedback(command)?;
    let sends_back = verdicts
        .iter()
        .any(|(_, verdict)| *verdict != Verdict::Accepted);
    let feedback = if !feedback.is_empty() {
        feedback
    } else if sends_back {
        ask::words(
            "What is missing?",
            "One line for the apprentice. With --open it is written in your editor.",
            "",
        )?
    } else {
        ask::optional_words(
            "Feedback:",
            "One line; Enter for none. With --open it is written in your editor.",
        )?
    };
    let judgement = Judgement {
        verdicts,
        accepted,
        sent_back,
        notes: Vec::new(),
        feedback,
        attempt: None,
    };
    Ok((assessor, judgement))
}

/// Asks which of the five rules of evidence are met.
fn evidence(
    verdicts: &[(CriterionId, Verdict)],
    accepted: bool,
) -> Result<RulesOfEvidence, CliError> {
    if !verdicts
        .iter()
        .any(|(_, verdict)| (*verdict == Verdict::Accepted) == accepted)
    {
        return Ok(RulesOfEvidence::default());
    }
    let rules = [
        ("valid", "it shows what the criterion asks for"),
        ("authentic", "it is the learner's own"),
        ("current", "it shows what the learner can do now"),
        ("sufficient", "it is enough"),
        ("reliable", "another assessor would decide the same"),
    ];
    let offered = rules.iter().map(|(name, words)| ask::Choice {
        name: (*name).to_owned(),
        words: (*words).to_owned(),
        also: String::new(),
    });
    let question = if accepted {
        "Which rules of evidence does what you accept meet? All five, or it cannot be accepted."
    } else {
        "And what goes back?"
    };
    // Nothing is ticked beforehand: each rule is for the assessor to judge.
    let met = ask::pick_few(question, offered.collect(), &[])?;
    let failed = rules
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .filter(|name| !met.contains(name));
    let failed: Vec<String> = failed.collect();
    if accepted && !failed.is_empty() {
        let help = "begin again, and send back what does not meet them; nothing was written";
        return Err(CliError::new(
            format!(
                "evidence that is not {} cannot be accepted",
                failed.join(" and not ")
            ),
            help,
        ));
    }
    if !accepted && failed.is_empty() {
        let help = "begin again, and leave out the rule that it does not meet, or accept it; nothing was written";
        return Err(CliError::new(
            "what is sent back cannot meet all five rules of evidence",
            help,
        ));
    }
    Ok(given::rules(&failed))
}

/// The entry to be judged.
fn introduction(project: &Snapshot, at: usize) -> String {
    let entry = &project.portfolio.entries[at];
    let mut out = format!(
        "{}\n{}, {}\n",
        entry.covered(&entry.front_matter.title),
        entry.front_matter.kind.title(),
        entry.path
    );
    // Writing to a string cannot fail, here and below.
    let claimed: Vec<CriterionId> = entry.claims.iter().map(|claim| claim.criterion).collect();
    if let Some(attempts) = engine::describe_attempt(project, at, &claimed) {
        let _ = writeln!(out, "{attempts}");
    }
    for decision in &entry.decisions {
        let verdicts = decision.claims.iter().map(|claim| {
            format!(
                "{} {}",
                project.portfolio.catalogue.code(claim.criterion),
                claim.verdict.word()
            )
        });
        let verdicts: Vec<String> = verdicts.collect();
        let _ = writeln!(
            out,
            "Before: {} {}, attempt {}: {}",
            decision.assessor,
            decision.date,
            decision.attempt,
            verdicts.join(", ")
        );
    }
    let last = entry
        .decisions
        .iter()
        .rev()
        .find(|decision| decision.decides());
    let changed = last
        .and_then(|decision| decision.digest.as_deref())
        .filter(|digest| !entry.digests.matches(digest));
    if let Some(digest) = changed {
        out.push_str(&engine::describe_changes(project, at, digest));
    }
    out
}

/// The text of the entry with its identifiers covered.
fn whole_text(project: &Snapshot, at: usize) -> String {
    let entry = &project.portfolio.entries[at];
    let text = project.sources.text(&entry.path).unwrap_or_default();
    let body = entry.body.span.of(&text).trim();
    format!("\n{}\n", entry.covered(body))
}

/// A claim with its statement, the learner's reason, and its passages.
fn shown(project: &Snapshot, at: usize, claim: &Claim) -> String {
    let entry = &project.portfolio.entries[at];
    let criterion = project.portfolio.catalogue.criterion(claim.criterion);
    let text = criterion.text.known().map_or(
        "wording unknown: the source does not give it",
        String::as_str,
    );
    let mut out = format!(
        "\n{}  {text}\n",
        engine::code_in_files(project, claim.criterion)
    );
    if let Some(reason) = claim.justification() {
        let _ = writeln!(out, "  the learner says: {}", entry.covered(reason));
    }
    for &passage in &claim.passages {
        let passage = &entry.body.passages[passage];
        let _ = writeln!(
            out,
            "  ¶{} \"{}\"",
            passage.paragraph,
            entry.covered(&passage.text)
        );
    }
    if claim.passages.is_empty() {
        let _ = writeln!(out, "  no passage is marked: the whole entry is to show it");
    }
    out
}
