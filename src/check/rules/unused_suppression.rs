//! `unused-suppression`: an answer to a finding that is not there.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Findings, Level};
use crate::text::nearest;

/// The rule's record.
pub const UNUSED_SUPPRESSION: Rule = Rule {
    name: "unused-suppression",
    group: Group::Settings,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: Text {
        finds: "An answer to a finding that is not there.",
        why: "It would hide the same fault if it came back later.",
        example: "check: [{ ignore: description-dominates, ... }], and the description is short",
        instead: "Take it out, or put the rule's name right.",
    },
    run: Run::Findings(run),
};

fn run(case: &Case<'_>, findings: &Findings, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        for suppression in &entry.suppressions {
            let rule = suppression.rule.value.as_str();
            let names = || super::ALL.iter().map(|rule| rule.name);
            let known = names().any(|name| name == rule);
            let is_off = case.portfolio.settings.levels.get(rule).is_some_and(|set| set.value == Level::Off);
            let used =
                findings.iter().any(|finding| finding.rule == rule && finding.place.path == entry.path);
            if used || is_off {
                continue;
            }
            let (message, help) = if known {
                (format!("there is no finding of {rule} here to ignore"), "take it out".to_owned())
            } else {
                let meant = nearest(rule, names());
                let help = meant
                    .map_or_else(|| "take it out".to_owned(), |meant| format!("did you mean `{meant}`?"));
                (format!("no rule is called `{rule}`"), help)
            };
            found.push(case.about(UNUSED_SUPPRESSION.name, entry, suppression.rule.span, message).help(help));
        }
    }
}
