//! `unused-suppression`: an answer that has no effect.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Findings, Level};
use crate::model::{Entry, Suppression};
use crate::privacy::Kind;
use crate::text::nearest;

/// The rule's record.
pub const UNUSED_SUPPRESSION: Rule = Rule {
    name: "unused-suppression",
    group: Group::Settings,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: Text {
        finds: "An answer that has no effect: to a finding that is not there, or to a rule that guards.",
        why: "It would hide the same fault if it came back later; what guards people is answered word by word.",
        example: "check: [{ ignore: description-dominates, ... }], and the description is short",
        instead: "Take it out, put the rule's name right, or name the `words` that it is about.",
    },
    run: Run::Findings(run),
};

fn run(case: &Case<'_>, findings: &Findings, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        for suppression in &entry.suppressions {
            let flaw = if super::is_answerable(&suppression.rule.value) {
                unguarded(case, findings, entry, suppression)
            } else {
                guarded(case, entry, suppression)
            };
            found.extend(flaw.map(|(message, help)| {
                case.about(
                    UNUSED_SUPPRESSION.name,
                    entry,
                    suppression.rule.span,
                    message,
                )
                .help(help)
            }));
        }
    }
}

/// Why an answer to a rule that guards has no effect, and what to do; `None` if it has one.
fn guarded(case: &Case<'_>, entry: &Entry, suppression: &Suppression) -> Option<(String, String)> {
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
        .insides(entry)
        .flat_map(|inside| &inside.identifiers);
    let used = entry
        .identifiers
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

/// The same for every other rule.
fn unguarded(
    case: &Case<'_>,
    findings: &Findings,
    entry: &Entry,
    suppression: &Suppression,
) -> Option<(String, String)> {
    let rule = suppression.rule.value.as_str();
    let names = || super::ALL.iter().map(|rule| rule.name);
    let is_off = case
        .portfolio
        .settings
        .levels
        .get(rule)
        .is_some_and(|set| set.value == Level::Off);
    let used = findings
        .iter()
        .any(|finding| finding.rule == rule && finding.place.path == entry.path);
    if used || is_off {
        return None;
    }
    if names().any(|name| name == rule) {
        return Some((
            format!("there is no finding of {rule} here to ignore"),
            "take it out".to_owned(),
        ));
    }
    let meant = nearest(rule, names());
    let help = meant.map_or_else(
        || "take it out".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    Some((format!("no rule is called `{rule}`"), help))
}
