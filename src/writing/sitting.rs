//! One decision file of a sitting: what is missing in it, and how it is made and filed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::answers::WriteAnswer;
use super::assess_answer::SittingFault;
use super::page_words::{changes_in_page_words, in_page_words};
use super::sitting_draft::{DraftJudgement, KeptSitting};
use super::state::WrittenPortfolio;
use crate::cover::{first_day_to_decide, is_assessable};
use crate::engine::{self, Candidate, DecisionHead, EngineError, Judgement, Snapshot};
use crate::model::{CriterionId, Role, RulesOfEvidence, Verdict, Word};
use crate::privacy::has_identifier;
use crate::resolve::NAMESPACE;
use crate::store::Touched;
use crate::text::{Source, SourcePath, in_words, is_plain_id, listed, shell_word};

/// The rules of evidence, as decision files name them.
const RULES: [&str; 5] = ["valid", "authentic", "current", "sufficient", "reliable"];

/// What became of a sitting.
pub(super) enum SittingOutcome {
    /// Something is wrong or missing; nothing was made.
    Unfinished(Vec<SittingFault>),
    /// A decision file was made.
    Decided(MadeDecisions),
}

/// A decision file that was made of a sitting.
pub(super) struct MadeDecisions {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    path: Option<SourcePath>,
    changes: String,
    remarks: Vec<String>,
}

impl MadeDecisions {
    pub(super) fn answer(self) -> WriteAnswer {
        let file = self.path.as_ref().map_or(&*self.name, |path| path.as_str());
        WriteAnswer::Decided {
            sign: format!(
                "ssh-keygen -Y sign -n {NAMESPACE} -f KEY {}",
                shell_word(file)
            ),
            name: self.name,
            path: self.path.map(|path| path.shown().to_owned()),
            changes: changes_in_page_words(&self.changes),
            remarks: self.remarks,
        }
    }
}

/// Makes one decision file of a sitting, and files it if `file` says so.
///
/// # Errors
/// The chain of decisions is broken, or a file cannot be read or written.
pub(super) fn decide(
    portfolio: &mut WrittenPortfolio,
    sitting: &KeptSitting,
    file: bool,
) -> Result<SittingOutcome, EngineError> {
    let root = portfolio.options().root.clone();
    // From here on, no other process continues the chain at the same file.
    let _turn = file.then(|| engine::take_turn(&root)).transpose()?;
    portfolio.refresh(Touched::Everything)?;
    let project = portfolio.snapshot();
    let (head, judgements) = match read_sitting(project, sitting) {
        Ok(read) => read,
        Err(faults) => return Ok(SittingOutcome::Unfinished(faults)),
    };
    let head = DecisionHead {
        previous: engine::heads(project)?,
        ..head
    };
    let (assessor, date) = (head.assessor.clone(), head.date);
    let text = engine::decision_text(project, head, &judgements)?;
    let path = engine::free_name(&project.root, date, &assessor, &text)?;
    let candidate = Candidate {
        source: Source::new(&path, &text),
        signature: None,
    };
    let judged = engine::judge(project, &candidate)?;
    if !judged.objections.is_empty() {
        let objections = judged.objections.iter();
        let faults = objections.map(|words| fault(None, "", in_page_words(words)));
        return Ok(SittingOutcome::Unfinished(faults.collect()));
    }
    let filed = candidate.source.path.clone();
    let changes = engine::changes(project, &judged.after, &filed);
    if file {
        engine::file(project, &candidate)?;
        portfolio.refresh(Touched::Everything)?;
    }
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    Ok(SittingOutcome::Decided(MadeDecisions {
        name,
        text,
        path: file.then_some(filed),
        changes,
        remarks: judged
            .remarks
            .iter()
            .map(|one| in_page_words(one))
            .collect(),
    }))
}

fn fault(path: Option<&str>, field: &str, message: impl Into<String>) -> SittingFault {
    SittingFault {
        path: path.map(str::to_owned),
        field: field.to_owned(),
        message: message.into(),
    }
}

/// What is wrong or missing in a sitting before it can be saved.
pub(super) fn find_faults(project: &Snapshot, sitting: &KeptSitting) -> Vec<SittingFault> {
    read_sitting(project, sitting).err().unwrap_or_default()
}

type ReadSitting = (DecisionHead, Vec<(usize, Judgement)>);

/// Reads a sitting as it was typed, or says everything that is wrong or missing in it.
fn read_sitting(
    project: &Snapshot,
    sitting: &KeptSitting,
) -> Result<ReadSitting, Vec<SittingFault>> {
    let mut faults = find_author_faults(project, sitting);
    let role = Role::from_word(&sitting.role).unwrap_or(Role::Assessor);
    let (mut judgements, mut first_day) = (Vec::new(), None);
    for draft in &sitting.entries {
        let at = project
            .portfolio
            .index
            .by_path(&SourcePath::new(&draft.path));
        match at.ok_or("It is no longer in the portfolio") {
            Ok(at) => match read_draft(project, at, draft, role) {
                Ok(judgement) => {
                    first_day = first_day.max(first_day_to_decide(&project.portfolio, at));
                    judgements.push((at, judgement));
                }
                Err(found) => faults.extend(found),
            },
            Err(why) => faults.push(fault(Some(&draft.path), "", why)),
        }
    }
    if sitting.entries.is_empty() {
        faults.push(fault(None, "", "Decide about at least one entry"));
    }
    let today = engine::day_to_decide(project);
    let date = match sitting.day.as_str() {
        "" => Ok(today),
        typed => typed.parse::<Date>(),
    };
    let date = match date {
        Err(_) => {
            faults.push(fault(None, "day", "Enter the day of the decision"));
            today
        }
        Ok(date) if date > today => {
            let message = format!("Enter a day up to {}", in_words(today));
            faults.push(fault(None, "day", message));
            date
        }
        Ok(date) => date,
    };
    if let Some(first) = first_day.filter(|first| date < *first) {
        let first = in_words(first);
        let message = format!("Enter a day from {first} on: earlier decisions do not count");
        faults.push(fault(None, "day", message));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let head = DecisionHead {
        assessor: sitting.who.trim().to_owned(),
        role,
        date,
        previous: Vec::new(),
    };
    Ok((head, judgements))
}

fn find_author_faults(project: &Snapshot, sitting: &KeptSitting) -> Vec<SittingFault> {
    let who = sitting.who.trim();
    let settings = &project.portfolio.settings;
    let message = if who.is_empty() {
        "Enter your reference, for example AS-12"
    } else if settings.may_be_learner(who) {
        "This is the apprentice’s reference. They cannot decide about their own entries"
    } else if !is_plain_id(who) {
        "Use only letters, digits and hyphens in your reference"
    } else if has_identifier(who) {
        "Use a reference such as AS-12, never a name or a number of a person"
    } else if Role::from_word(&sitting.role).is_none() {
        return vec![fault(None, "role", "Choose your role")];
    } else {
        return Vec::new();
    };
    vec![fault(None, "who", message)]
}

/// Reads the draft about the entry at `at`.
fn read_draft(
    project: &Snapshot,
    at: usize,
    draft: &DraftJudgement,
    role: Role,
) -> Result<Judgement, Vec<SittingFault>> {
    let entry = &project.portfolio.entries[at];
    let wrong = |field: &str, message: String| fault(Some(&draft.path), field, message);
    if !is_assessable(entry) {
        return Err(vec![wrong("", "It cannot be assessed now".to_owned())]);
    }
    if entry.digests.current() != draft.digest {
        let message = "It has changed since you decided. Read it again and decide again";
        return Err(vec![wrong("", message.to_owned())]);
    }
    let has_feedback = !draft.feedback.trim().is_empty();
    if !role.decides() {
        let comment = has_feedback.then(|| read_comment(draft));
        return comment.ok_or_else(|| vec![wrong("feedback", "Enter your feedback".to_owned())]);
    }
    let (verdicts, notes, open) = read_verdicts(project, at, draft);
    let open = open.into_iter();
    let open = open.map(|code| {
        let message = format!("Say what is missing for {code}");
        wrong(&format!("note:{code}"), message)
    });
    let mut faults: Vec<SittingFault> = open.collect();
    if verdicts.is_empty() && !(entry.claims.is_empty() && has_feedback) {
        let message = "Choose a decision for at least one code";
        return Err(vec![wrong("verdict", message.to_owned())]);
    }
    let accepted = list_codes(project, &verdicts, true);
    let back = list_codes(project, &verdicts, false);
    let rules = find_rule_faults(draft, &accepted, &back).into_iter();
    faults.extend(rules.map(|(field, message)| wrong(&field, message)));
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Judgement {
        verdicts,
        accepted: read_rules(&draft.accepted),
        sent_back: read_rules(&draft.back),
        notes,
        feedback: draft.feedback.clone(),
        attempt: None,
    })
}

/// Rules of evidence without an answer, and answers that contradict the verdicts: the field of
/// each, and what to do about it.
fn find_rule_faults(
    draft: &DraftJudgement,
    accepted: &[String],
    back: &[String],
) -> Vec<(String, String)> {
    let sides = [
        ("accepted", &draft.accepted, accepted),
        ("back", &draft.back, back),
    ];
    let open = sides.into_iter();
    let open = open.filter_map(|(side, answers, codes)| find_open_rule(side, answers, codes));
    let mut faults: Vec<(String, String)> = open.collect();
    let answers = read_rules(&draft.accepted);
    let unmet = answers.unmet().filter(|_| !accepted.is_empty());
    faults.extend(unmet.map(|rule| {
        let (codes, words) = (listed(accepted), in_words_of_form(rule));
        let message = format!(
            "You accept {codes}, but say that the evidence is not {words}: change one of the two"
        );
        (format!("accepted:{rule}"), message)
    }));
    if !back.is_empty() && read_rules(&draft.back).all_met() {
        let (codes, does) = (listed(back), if back.len() == 1 { "does" } else { "do" });
        let message = format!("Say what {codes} {does} not meet, or accept: all five are yes");
        faults.push(("back:valid".to_owned(), message));
    }
    faults
}

/// A rule of evidence, as the form puts it.
fn in_words_of_form(rule: &str) -> &str {
    match rule {
        "sufficient" => "enough",
        "authentic" => "the apprentice’s own",
        _ => rule,
    }
}

/// The judgement of someone who comments and does not decide.
fn read_comment(draft: &DraftJudgement) -> Judgement {
    Judgement {
        verdicts: Vec::new(),
        accepted: RulesOfEvidence::default(),
        sent_back: RulesOfEvidence::default(),
        notes: Vec::new(),
        feedback: draft.feedback.clone(),
        attempt: None,
    }
}

type ReadVerdicts = (
    Vec<(CriterionId, Verdict)>,
    Vec<(CriterionId, String)>,
    Vec<String>,
);

/// The verdicts and the feedback of a draft, by criterion, and the codes that are sent back without
/// feedback.
fn read_verdicts(project: &Snapshot, at: usize, draft: &DraftJudgement) -> ReadVerdicts {
    let (mut verdicts, mut notes, mut open) = ReadVerdicts::default();
    for claim in &project.portfolio.entries[at].claims {
        let code = engine::code_in_files(project, claim.criterion);
        let typed = draft.verdicts.get(&code);
        let Some(verdict) = typed.and_then(|word| Verdict::from_word(word)) else {
            continue;
        };
        let note = draft.notes.get(&code).map_or("", |note| note.trim());
        verdicts.push((claim.criterion, verdict));
        notes.push((claim.criterion, note.to_owned()));
        if verdict != Verdict::Accepted && note.is_empty() {
            open.push(code);
        }
    }
    verdicts.sort_by_key(|(criterion, _)| *criterion);
    (verdicts, notes, open)
}

/// The codes that are accepted, or those that are sent back.
fn list_codes(
    project: &Snapshot,
    verdicts: &[(CriterionId, Verdict)],
    is_accepted: bool,
) -> Vec<String> {
    let side = verdicts
        .iter()
        .filter(|(_, verdict)| (*verdict == Verdict::Accepted) == is_accepted);
    side.map(|(id, _)| engine::code_in_files(project, *id))
        .collect()
}

/// The first rule of evidence without an answer, and what to do about it.
fn find_open_rule(
    side: &str,
    answers: &BTreeMap<String, bool>,
    codes: &[String],
) -> Option<(String, String)> {
    if codes.is_empty() {
        return None;
    }
    let open: Vec<&str> = RULES
        .into_iter()
        .filter(|rule| !answers.contains_key(*rule))
        .collect();
    let codes = listed(codes);
    let message = match *open.as_slice() {
        [] => return None,
        [rule] => format!("Say whether the evidence for {codes} is {rule}"),
        _ => format!("Answer the rules of evidence for {codes}"),
    };
    Some((format!("{side}:{}", open[0]), message))
}

fn read_rules(answers: &BTreeMap<String, bool>) -> RulesOfEvidence {
    let answer = |rule: &str| answers.get(rule).copied();
    RulesOfEvidence {
        valid: answer("valid"),
        authentic: answer("authentic"),
        current: answer("current"),
        sufficient: answer("sufficient"),
        reliable: answer("reliable"),
    }
}
