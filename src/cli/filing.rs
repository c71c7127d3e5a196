//! Files a decision: judged against the whole portfolio before a byte is written, then put beside the others.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::console::Trouble;
use super::project::{self, Project};
use super::{LONGEST_NAME, first_free};
use crate::check::{Group, rules};
use crate::cover::next_attempt;
use crate::diagnostic::Level;
use crate::io;
use crate::model::{Decision, Entry, Head, Role, Status, Verdict, Visibility, Word};
use crate::privacy::{Confidence, identifies};
use crate::text::{Source, short_slug};

/// A decision file that is not filed yet.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its text, under the name that it would get.
    pub source: Source,
    /// Its signature, where it has one.
    pub signature: Option<String>,
}

/// A candidate, judged.
pub struct Judged {
    /// The portfolio as it would be with it.
    pub after: Project,
    /// Why it cannot be filed; empty where it can.
    pub objections: Vec<String>,
    /// What is worth knowing, and keeps nothing from being filed.
    pub remarks: Vec<String>,
}

/// The digest that the next decision file names; none where there is no decision yet.
///
/// # Errors
/// That the chain does not hold, so that nobody can say where it ends.
pub fn head(project: &Project) -> Result<Option<String>, Trouble> {
    let chain = &project.portfolio.chain;
    let help =
        "`ksbfolio decisions verify` says what is wrong and how to mend it; nothing was written";
    match chain.head() {
        Head::Several(paths) => {
            let ends: Vec<&str> = paths.iter().map(|path| path.shown()).collect();
            Err(Trouble::new(
                format!(
                    "the chain of decisions has several ends: {}",
                    ends.join(", ")
                ),
                help,
            ))
        }
        _ if !chain.holds() => Err(Trouble::new("the chain of decisions is broken", help)),
        Head::At(digest) => Ok(Some(digest.to_owned())),
        Head::Nothing => Ok(None),
    }
}

/// The right to write decisions: one run at a time, so that no two continue the same file.
///
/// # Errors
/// That somebody else holds it for two minutes.
pub fn turn(root: &Path) -> Result<io::Lock, Trouble> {
    Ok(io::Lock::on(&root.join("portfolio"))?)
}

/// Refuses a reference of an assessor that names a person: it is in every decision file, and in the name of each.
///
/// # Errors
/// That it identifies somebody.
pub fn refuse_identifier(assessor: &str) -> Result<(), Trouble> {
    if identifies(assessor) {
        let help = "use a reference such as AS-12, never a name or a number of a person; nothing was written";
        return Err(Trouble::new(
            "the assessor's reference may identify a person",
            help,
        ));
    }
    Ok(())
}

/// A name for a decision file that nothing has yet.
///
/// # Errors
/// That the machine does not say which names are taken.
/// That the assessor's reference identifies somebody.
pub fn free_name(root: &Path, date: Date, assessor: &str) -> Result<String, Trouble> {
    refuse_identifier(assessor)?;
    let who = short_slug(assessor, LONGEST_NAME).to_uppercase();
    let who = if who.is_empty() {
        "DECISION".to_owned()
    } else {
        who
    };
    first_free(&format!("{date}-{who}"), |name| {
        let path = format!("portfolio/decisions/{name}.yaml");
        let taken =
            io::is_taken(&root.join(&path))? || io::is_taken(&root.join(format!("{path}.sig")))?;
        Ok((!taken).then_some(path))
    })
}

/// Judges a candidate as if it were filed.
///
/// # Errors
/// What the machine would not read.
pub fn judge(before: &Project, candidate: &Candidate) -> Result<Judged, Trouble> {
    let after = before.with(candidate.source.clone(), candidate.signature.clone())?;
    let mut objections = Vec::new();
    let mut remarks = Vec::new();
    let found = after.check(None, None);
    let own = found
        .all
        .iter()
        .filter(|finding| finding.place.path == candidate.source.path);
    for finding in own {
        let about_privacy =
            rules::find(finding.rule).is_some_and(|rule| rule.group == Group::Privacy);
        let harmless =
            finding.level < Level::Error && finding.rule != rules::ACCEPTED_THOUGH_INSUFFICIENT;
        let line = after
            .sources
            .place(&finding.place.path, finding.place.span)
            .0
            .line;
        // What helps with feedback that is filed already does not help here: it can still be written without.
        let help = finding.help.as_deref().filter(|_| !about_privacy);
        let help = help.map_or_else(String::new, |help| format!(" ({help})"));
        let told = format!("line {line}: {}{help}", finding.message);
        if about_privacy || harmless {
            remarks.push(told)
        } else {
            objections.push(told)
        }
    }
    let own = after
        .portfolio
        .chain
        .files
        .iter()
        .filter(|file| file.path == candidate.source.path);
    let today = project::today(&after.portfolio.settings);
    for author in own
        .filter_map(|file| file.author.as_ref())
        .filter(|author| author.date > today)
    {
        objections.push(format!("it is dated {}, and today is {today}", author.date));
    }
    let files = after.portfolio.chain.files.iter();
    let later = files.filter(|file| file.path == candidate.source.path && file.is_later);
    for author in later.filter_map(|file| file.author.as_ref()) {
        objections.push(format!(
            "it is dated {}, which is later than today",
            author.date
        ));
    }
    for entry in &after.portfolio.entries {
        let mine = entry
            .decisions
            .iter()
            .filter(|decision| decision.place.path == candidate.source.path);
        for decision in mine {
            objections.extend(objections_to(before, entry, decision));
        }
    }
    Ok(Judged {
        after,
        objections,
        remarks,
    })
}

/// What no rule about a portfolio tells, because a decision that is filed already cannot be undone.
fn objections_to(before: &Project, entry: &Entry, decision: &Decision) -> Vec<String> {
    let mut told = Vec::new();
    let id = &entry.id;
    let mut object = |holds: bool, words: String| told.extend(holds.then_some(words));
    object(
        entry.unread,
        format!("{id} cannot be read: `ksbfolio check` shows where"),
    );
    object(
        entry.status == Status::Draft && !entry.unread,
        format!("{id} is a draft: its author has not handed it in (status: submitted)"),
    );
    object(
        entry.visibility == Visibility::Private && !entry.unread,
        format!("{id} is private: its author has not made it visible to assessors"),
    );
    let comments = matches!(decision.role, Role::Tutor | Role::Employer);
    object(
        comments && !decision.claims.is_empty(),
        format!(
            "the role {} comments and does not decide: leave out the verdicts, or decide as assessor",
            decision.role.word()
        ),
    );
    object(
        decision.claims.is_empty() && decision.feedback.is_none(),
        format!("nothing is decided about {id}: give a verdict, or feedback"),
    );
    let withheld = entry.withheld_from(crate::model::Audience::Assessor).next();
    let accepts = decision
        .claims
        .iter()
        .any(|claim| claim.verdict == Verdict::Accepted);
    object(
        withheld.is_some() && accepts,
        format!(
            "{id} holds what identifies a person: refer it, and have it mended before it is accepted"
        ),
    );
    for one in decision
        .identifiers
        .iter()
        .filter(|one| one.confidence == Confidence::Certain)
    {
        let rule = one.kind.rule();
        object(
            true,
            format!(
                "the feedback on {id} identifies a person ({rule}): write it without; decisions are never edited"
            ),
        );
    }
    if decision.role.decides() && !decision.claims.is_empty() {
        told.extend(wrong_attempt(before, entry, decision));
    }
    told
}

/// The attempt must be the one that comes next, at these claims or at the entry as a whole, which is what a form knows.
/// What was read before the entry changed may also belong to an attempt before that.
fn wrong_attempt(before: &Project, entry: &Entry, decision: &Decision) -> Option<String> {
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
    let earlier = !decision.is_about(&entry.digest) && (1..expected[0]).contains(&decision.attempt);
    let id = &entry.id;
    let words = || {
        format!(
            "this is attempt {} at {id}, and the file says {}",
            expected[0], decision.attempt
        )
    };
    (!earlier && !expected.contains(&decision.attempt)).then(words)
}

/// Puts a candidate in its place, with its signature first, so that no decision ever stands there half.
///
/// # Errors
/// That a file of that name has appeared since it was chosen, or that the machine would not write.
pub fn file(root: &Path, candidate: &Candidate) -> Result<(), Trouble> {
    let path = candidate.source.path.as_str();
    let beside = format!("{path}.sig");
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    files.extend(
        candidate
            .signature
            .as_ref()
            .map(|signature| (beside.as_str(), signature.as_bytes())),
    );
    files.push((path, candidate.source.text.as_bytes()));
    if io::create_all_new(root, &files)? {
        return Ok(());
    }
    let help = "look at it, and decide again; nothing was written";
    Err(Trouble::new(
        format!("{} was created meanwhile", candidate.source.path),
        help,
    ))
}

/// A decision that cannot be filed, with every reason.
pub fn refused(objections: &[String]) -> Trouble {
    let list: Vec<String> = objections
        .iter()
        .map(|objection| format!("\n  - {objection}"))
        .collect();
    Trouble::new(
        format!("this decision cannot be filed:{}", list.concat()),
        "nothing was written",
    )
}

/// What a decision changes: each claim with its verdict, and the criterion's state before and after.
pub fn changes(before: &Project, after: &Project, path: &crate::text::SourcePath) -> String {
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
                let state = |project: &Project| {
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
