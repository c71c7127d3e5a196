//! `unused-suppression`: an answer that has no effect.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Findings, Level};
use crate::model::{Entry, Suppression};
use crate::privacy::Kind;
use crate::text::{Span, counted};

pub(super) const UNUSED_SUPPRESSION: Rule = Rule {
    name: "unused-suppression",
    group: RuleGroup::Settings,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "An answer that has no effect: to a finding that is not there, or to a rule that guards.",
        why: "It would hide the same fault if it came back later; what guards people is answered word by word.",
        example: "check: [{ ignore: description-dominates, ... }], and the description is short",
        instead: "Delete it, correct the rule's name, or give the `words` that it is about.",
    },
    run: Run::Findings(run),
};

/// Why an answer has no effect.
struct Flaw {
    message: String,
    help: String,
    /// The `words` to insert, if the author has named them in the reason.
    fix: Option<(Span, String)>,
}

impl Flaw {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
            fix: None,
        }
    }
}

fn run(case: &Case<'_>, findings: &Findings, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        for suppression in &entry.front_matter.suppressions {
            let rule = suppression.rule.value.as_str();
            let levels = case.names.levels(rule);
            let flaw = if levels.is_none_or(|levels| levels.answerable) {
                check_other(case, findings, entry, suppression)
            } else {
                check_guarded(case, entry, suppression)
            };
            let Some(Flaw { message, help, fix }) = flaw else {
                continue;
            };
            let name = UNUSED_SUPPRESSION.name;
            let finding = case.about(name, entry, suppression.rule.span, message);
            let finding = finding.fact(rule).help(help);
            found.push(match fix {
                Some((place, words)) => finding.fix(place, words),
                None => finding,
            });
        }
    }
}

/// Why an answer to a rule that guards has no effect; `None` if it has one.
fn check_guarded(case: &Case<'_>, entry: &Entry, suppression: &Suppression) -> Option<Flaw> {
    let rule = suppression.rule.value.as_str();
    if !Kind::ALL.iter().any(|kind| kind.rule() == rule) {
        return Some(Flaw::new(
            format!(
                "`{rule}` guards people or decisions, or says what does not count, and no answer silences it"
            ),
            "fix what it finds, and delete the answer",
        ));
    }
    if suppression.words.is_empty() {
        return Some(describe_wordless(entry, suppression));
    }
    let mut in_files = case
        .portfolio
        .inspections(entry)
        .flat_map(|inside| &inside.identifiers);
    let used = entry
        .identifiers
        .found
        .iter()
        .any(|one| suppression.is_about(one))
        || in_files.any(|one| suppression.is_about_file(one));
    (!used).then(|| {
        Flaw::new(
            format!("{rule} finds nothing in the words of this answer"),
            "delete it, or correct the words",
        )
    })
}

/// An answer to a rule on identifiers that names no words.
fn describe_wordless(entry: &Entry, suppression: &Suppression) -> Flaw {
    let rule = suppression.rule.value.as_str();
    let found = &entry.identifiers.found;
    let of_rule = found.iter().filter(|one| one.kind.rule() == rule).count();
    let message = format!(
        "an answer to `{rule}` needs the words that it is about: {} here",
        counted(of_rule, "finding")
    );
    if of_rule == 0 {
        return Flaw::new(message, "delete it");
    }
    let fix = plan_words(suppression, &suppression.words_in_reason(found));
    let help = if fix.is_some() {
        "its reason names them: `ksbfolio check --fix` adds them as `words`"
    } else {
        "add those that identify no person, as they are written: `words: \"…\"`; `ksbfolio read ENTRY` asks about each"
    };
    Flaw {
        fix,
        ..Flaw::new(message, help)
    }
}

/// The key `words` with these words, and where to insert it. `None` if there are none, or if they
/// cannot be written in plain quotes.
fn plan_words(suppression: &Suppression, words: &[&str]) -> Option<(Span, String)> {
    let gap = suppression.gap.as_ref()?;
    let is_plain = |words: &&str| !words.contains(['"', '\\']) && !words.contains(char::is_control);
    if words.is_empty() || !words.iter().all(is_plain) {
        return None;
    }
    let quoted: Vec<String> = words.iter().map(|words| format!("\"{words}\"")).collect();
    let list = match quoted.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Some((Span::at(gap.at), format!("{}words: {list}", gap.separator)))
}

/// Why an answer to any other rule has no effect; `None` if it has one.
fn check_other(
    case: &Case<'_>,
    findings: &Findings,
    entry: &Entry,
    suppression: &Suppression,
) -> Option<Flaw> {
    let rule = suppression.rule.value.as_str();
    let levels = case.names.levels(rule);
    let is_off = match case.portfolio.settings.levels.get(rule) {
        Some(set) => set.value == Level::Off,
        None => levels == Some(Levels::OFF),
    };
    let used = findings
        .iter()
        .any(|finding| finding.rule == rule && finding.place.path == entry.path);
    if used || is_off {
        return None;
    }
    if levels.is_some() {
        let message = format!("there is no finding of {rule} here to ignore");
        return Some(Flaw::new(message, "delete it"));
    }
    let (message, help) = case.names.explain_unknown(rule);
    Some(Flaw::new(message, help))
}
