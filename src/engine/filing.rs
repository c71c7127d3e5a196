//! Files a decision: it is judged as part of the whole portfolio before a byte is written.
//!
//! This is the only way for new decisions: `assess` and imports are judged as part of the whole
//! portfolio before a byte is written. Signatures are made by ssh-keygen, so no private key is read
//! here.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::clock::today;
use super::lock_standards::add_lock;
use super::names::{MAX_NAME, first_free};
use super::{EngineError, Snapshot};
use crate::check::{RuleGroup, rules};
use crate::cover::next_attempt;
use crate::diagnostic::Level;
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{
    Audience, Decision, Entry, IdentifierMatch, Role, Status, Verdict, Visibility, Word,
};
use crate::privacy::{Confidence, has_identifier};
use crate::resolve::decision_file_digest;
use crate::store::{self, CommitError, Overlay};
use crate::text::{Source, SourcePath, short_slug};

/// A decision file that is not filed yet.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its text, under the path it would get.
    pub source: Source,
    /// Its detached signature, if it has one.
    pub signature: Option<String>,
}

/// A candidate, judged.
pub struct Judged {
    /// The portfolio as it would be with the candidate.
    pub after: Snapshot,
    /// Reasons not to file it.
    pub objections: Vec<String>,
    /// Remarks that do not keep it from being filed.
    pub remarks: Vec<String>,
}

/// The digests that the next decision file names: none if there is no decision yet, several if
/// people decided at the same time.
///
/// # Errors
/// The chain is broken, so its end is unknown.
pub fn heads(project: &Snapshot) -> Result<Vec<String>, EngineError> {
    let chain = &project.portfolio.chain;
    if !chain.holds() {
        let help = "`ksbfolio decisions verify` says what is wrong and how to correct it; nothing was written";
        return Err(EngineError::refused(
            "the chain of decisions is broken",
            help,
        ));
    }
    let heads = chain.heads().into_iter();
    Ok(heads.map(|head| head.digest.clone()).collect())
}

/// Locks the decisions, so that no two processes continue the chain at the same file.
///
/// # Errors
/// Another process holds the lock for two minutes.
pub fn take_turn(root: &Path) -> Result<store::Lock, EngineError> {
    Ok(store::Lock::on(&root.join(layout::PORTFOLIO))?)
}

/// Refuses an assessor's reference that may identify a person: it is in every decision file, and in
/// its name.
///
/// # Errors
/// It may identify a person.
pub fn refuse_identifier(assessor: &str) -> Result<(), EngineError> {
    if has_identifier(assessor) {
        let help = "use a reference such as AS-12, never a name or a number of a person; nothing was written";
        return Err(EngineError::refused(
            "the assessor's reference may identify a person",
            help,
        ));
    }
    Ok(())
}

/// A free name for a decision file of this text. It has digits of the text's digest, so that two
/// people who decide on one day in two copies of a portfolio do not take the same name.
///
/// # Errors
/// The folder cannot be searched, or the reference may identify a person.
pub fn free_name(
    root: &Path,
    date: Date,
    assessor: &str,
    text: &str,
) -> Result<String, EngineError> {
    refuse_identifier(assessor)?;
    let who = short_slug(assessor, MAX_NAME).to_uppercase();
    let who = if who.is_empty() {
        "DECISION".to_owned()
    } else {
        who
    };
    let digest = decision_file_digest(text);
    let digits: String = digest.chars().skip("sha256:".len()).take(8).collect();
    first_free(&format!("{date}-{who}-{digits}"), |name| {
        let path = format!("{}/{name}.yaml", layout::DECISIONS);
        let signature = signature_of(&path);
        let taken = store::is_taken(&root.join(&path))? || store::is_taken(&root.join(signature))?;
        Ok((!taken).then_some(path))
    })
}

/// The path of the detached signature of a decision file.
fn signature_of(path: &str) -> String {
    format!("{path}.sig")
}

/// Judges a candidate as if it were filed.
///
/// # Errors
/// A file that has to be read cannot be read.
pub fn judge(before: &Snapshot, candidate: &Candidate) -> Result<Judged, EngineError> {
    let path = &candidate.source.path;
    let mut overlay = Overlay::default().write(path.as_str(), candidate.source.text.as_bytes());
    if let Some(signature) = &candidate.signature {
        overlay = overlay.write(&signature_of(path.as_str()), signature.as_bytes());
    }
    let after = before.with(overlay)?;
    let (mut objections, remarks) = findings_about(&after, path);
    objections.extend(objections_to_date(&after, path));
    for entry in &after.portfolio.entries {
        let decisions = entry.decisions.iter();
        for decision in decisions.filter(|decision| decision.place.path == *path) {
            objections.extend(objections_to(before, entry, decision));
        }
    }
    Ok(Judged {
        after,
        objections,
        remarks,
    })
}

/// The findings in a decision file: those that keep it from being filed, and the others.
fn findings_about(after: &Snapshot, path: &SourcePath) -> (Vec<String>, Vec<String>) {
    let (mut objections, mut remarks) = (Vec::new(), Vec::new());
    let found = after.check(None, None);
    for finding in found.all.iter().filter(|one| one.place.path == *path) {
        let rule = rules::find(finding.rule);
        let about_privacy = rule.is_some_and(|rule| rule.group == RuleGroup::Privacy);
        let harmless =
            finding.level < Level::Error && finding.rule != rules::ACCEPTED_THOUGH_INSUFFICIENT;
        let place = after.sources.place(path, finding.place.span).0;
        // Help for feedback that is filed already is wrong here: it can still be written without.
        let help = finding.help.as_deref().filter(|_| !about_privacy);
        let help = help.map_or_else(String::new, |help| format!(" ({help})"));
        let line = format!("line {}: {}{help}", place.line, finding.message);
        if about_privacy || harmless {
            remarks.push(line);
        } else {
            objections.push(line);
        }
    }
    (objections, remarks)
}

/// Objections to a decision dated later than today, or than the day the portfolio is judged by.
fn objections_to_date(after: &Snapshot, path: &SourcePath) -> Vec<String> {
    let today = today(&after.portfolio.settings);
    let files = after.portfolio.chain.files.iter();
    let files = files.filter(|file| file.path == *path);
    let dates = files.filter_map(|file| Some((file.author.as_ref()?.date, file.is_later)));
    let mut objections = Vec::new();
    for (date, is_later) in dates {
        if date > today {
            objections.push(format!("it is dated {date}, and today is {today}"));
        }
        if is_later {
            objections.push(format!("it is dated {date}, which is later than today"));
        }
    }
    objections
}

/// Objections that are no findings, because a decision that is filed already cannot be undone.
fn objections_to(before: &Snapshot, entry: &Entry, decision: &Decision) -> Vec<String> {
    let id = &entry.id;
    let is_withheld = entry.withheld_from(Audience::Assessor).next().is_some();
    let mut verdicts = decision.claims.iter().map(|claim| claim.verdict);
    let accepts = verdicts.any(|verdict| verdict == Verdict::Accepted);
    let front = &entry.front_matter;
    let objections = [
        (
            front.unread,
            format!("{id} cannot be read: `ksbfolio check` shows where"),
        ),
        (
            front.status == Status::Draft && !front.unread,
            format!("{id} is a draft: its author has not handed it in (status: submitted)"),
        ),
        (
            front.visibility == Visibility::Private && !front.unread,
            format!("{id} is private: its author has not made it visible to assessors"),
        ),
        (
            entry.hidden_id.is_some(),
            "the id of the entry may identify a person, and decisions are never edited: rename it first".to_owned(),
        ),
        (
            is_withheld && accepts,
            format!(
                "{id} holds what identifies a person: refer it, and have it corrected before it is accepted"
            ),
        ),
    ];
    let objections = objections.into_iter().filter(|(objects, _)| *objects);
    let mut objections: Vec<String> = objections.map(|(_, words)| words).collect();
    objections.extend(incomplete_verdicts(id, decision));
    objections.extend(identifying_feedback(id, decision));
    if decision.role.decides() && !decision.claims.is_empty() {
        objections.extend(wrong_attempt(before, entry, decision));
    }
    objections
}

/// Objections to verdicts that say too little, or contradict what is said with them.
fn incomplete_verdicts(id: &str, decision: &Decision) -> impl Iterator<Item = String> {
    let is_comment = matches!(decision.role, Role::Tutor | Role::Employer);
    let mut verdicts = decision.claims.iter().map(|claim| claim.verdict);
    let sends_back = verdicts.any(|verdict| verdict != Verdict::Accepted);
    let objections = [
        (
            is_comment && !decision.claims.is_empty(),
            format!(
                "the role {} comments and does not decide: leave out the verdicts, or decide as assessor",
                decision.role.word()
            ),
        ),
        (
            decision.claims.is_empty() && decision.feedback.is_none(),
            format!("nothing is decided about {id}: give a verdict, or feedback"),
        ),
        (
            sends_back && decision.feedback.is_none(),
            format!("{id} is sent back without feedback: say what is missing (--feedback)"),
        ),
        (
            sends_back && decision.evidence.all_met(),
            format!(
                "{id} is sent back, but is said to meet all five rules of evidence: say which it does not meet"
            ),
        ),
    ];
    let objections = objections.into_iter().filter(|(objects, _)| *objects);
    objections.map(|(_, words)| words)
}

/// Objections to feedback that certainly identifies a person.
fn identifying_feedback(id: &str, decision: &Decision) -> impl Iterator<Item = String> {
    let certain = |one: &&IdentifierMatch| one.confidence == Confidence::Certain;
    decision.identifiers.iter().filter(certain).map(move |one| {
        let rule = one.kind.rule();
        format!("the feedback on {id} identifies a person ({rule}): write it without; decisions are never edited")
    })
}

/// The attempt must be the next one, for these claims or for the entry as a whole, which is all
/// that a form knows. A decision about an earlier text may have an earlier attempt.
fn wrong_attempt(before: &Snapshot, entry: &Entry, decision: &Decision) -> Option<String> {
    let portfolio = &before.portfolio;
    let at = portfolio.index.by_id(&entry.id)?;
    let criteria: Vec<_> = decision
        .claims
        .iter()
        .map(|claim| claim.criterion)
        .collect();
    let expected = [
        next_attempt(portfolio, at, &criteria),
        next_attempt(portfolio, at, &[]),
    ];
    let earlier =
        !decision.is_about(&entry.digests) && (1..expected[0]).contains(&decision.attempt);
    let id = &entry.id;
    let words = || {
        format!(
            "this is attempt {} at {id}, and the file says {}",
            expected[0], decision.attempt
        )
    };
    (!earlier && !expected.contains(&decision.attempt)).then(words)
}

/// Writes a candidate, its signature first, so that a decision is never in place without it. The
/// standards are recorded before both.
///
/// # Errors
/// The name was taken since it was chosen, or a file cannot be written.
pub fn file(project: &Snapshot, candidate: &Candidate) -> Result<(), EngineError> {
    let path = &candidate.source.path;
    let mut changes = ChangeSet::default();
    add_lock(project, project.coverage.as_of, &mut changes)?;
    if let Some(signature) = &candidate.signature {
        let beside = SourcePath::new(&format!("{}.sig", path.as_str()));
        changes.create(&beside, signature.as_str());
    }
    changes.create(path, candidate.source.text.as_bytes());
    store::commit(&project.root, &changes).map_err(|error| match error {
        CommitError::Conflict(conflict) => {
            let help = "look at it, and decide again; nothing was written";
            EngineError::refused(conflict.to_string(), help)
        }
        error @ CommitError::Store(_) => error.into(),
    })
}

/// A decision that cannot be filed, with every reason.
pub fn refused(objections: &[String]) -> EngineError {
    let list: Vec<String> = objections
        .iter()
        .map(|objection| format!("\n  - {objection}"))
        .collect();
    EngineError::refused(
        format!("this decision cannot be filed:{}", list.concat()),
        "nothing was written",
    )
}

/// The effect of a decision file: each claim with its verdict, and the states of its criterion
/// before and after.
pub fn changes(before: &Snapshot, after: &Snapshot, path: &SourcePath) -> String {
    let mut out = String::new();
    for entry in &after.portfolio.entries {
        for decision in entry
            .decisions
            .iter()
            .filter(|decision| decision.place.path == *path)
        {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(out, "{}, attempt {}", entry.id, decision.attempt);
            for claim in &decision.claims {
                let state = |project: &Snapshot| {
                    project
                        .coverage
                        .line(claim.criterion)
                        .map_or("left out", |line| line.state.word())
                };
                let code = after.portfolio.catalogue.code(claim.criterion).to_string();
                let (old, new) = (state(before), state(after));
                let change = if old == new {
                    format!("stays {new}")
                } else {
                    format!("{old} -> {new}")
                };
                let _ = writeln!(out, "  {code:<10} {:<9} {change}", claim.verdict.word());
            }
            if decision.claims.is_empty() {
                let _ = writeln!(out, "  a comment: it changes no state");
            }
        }
    }
    out
}
