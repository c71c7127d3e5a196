//! `unused-suppression`: an answer that has no effect.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Findings, Level};
use crate::model::{Entry, Suppression};
use crate::privacy::Kind;

pub(super) const UNUSED_SUPPRESSION: Rule = Rule {
    name: "unused-suppression",
    group: RuleGroup::Settings,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "An answer that has no effect: to a finding that is not there, or to a rule that guards.",
        why: "It would hide the same fault if it came back later; what guards people is answered word by word.",
        example: "check: [{ ignore: description-dominates, ... }], and the description is short",
        instead: "Take it out, put the rule's name right, or name the `words` that it is about.",
    },
    run: Run::Findings(run),
};

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
            found.extend(flaw.map(|(message, help)| {
                case.about(
                    UNUSED_SUPPRESSION.name,
                    entry,
                    suppression.rule.span,
                    message,
                )
                .fact(rule)
                .help(help)
            }));
        }
    }
}

/// Why an answer to a rule that guards has no effect, and what to do; `None` if it has one.
fn check_guarded(
    case: &Case<'_>,
    entry: &Entry,
    suppression: &Suppression,
) -> Option<(String, String)> {
    let rule = suppression.rule.value.as_str();
    if !Kind::ALL.iter().any(|kind| kind.rule() == rule) {
        let message = format!(
            "`{rule}` guards people or decisions, or says what does not count, and no answer silences it"
        );
        return Some((
            message,
            "mend what it finds, and take the answer out".to_owned(),
        ));
    }
    if suppression.words.is_empty() {
        let message =
            format!("an answer to `{rule}` has no effect without the words that it is about");
        return Some((
            message,
            "add them as they are written: `words: \"…\"`".to_owned(),
        ));
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
        (
            format!("{rule} finds nothing in the words of this answer"),
            "take it out, or put the words right".to_owned(),
        )
    })
}

/// Why an answer to any other rule has no effect, and what to do; `None` if it has one.
fn check_other(
    case: &Case<'_>,
    findings: &Findings,
    entry: &Entry,
    suppression: &Suppression,
) -> Option<(String, String)> {
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
    Some(match levels {
        Some(_) => (
            format!("there is no finding of {rule} here to ignore"),
            "take it out".to_owned(),
        ),
        None => case.names.explain_unknown(rule),
    })
}
