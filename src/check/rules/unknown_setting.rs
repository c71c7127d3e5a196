//! `unknown-setting`: a waiver, scope line or rule that names something nobody knows.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding, Level};
use crate::text::nearest;

/// The rule's record.
pub const UNKNOWN_SETTING: Rule = Rule {
    name: "unknown-setting",
    group: Group::Settings,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A waiver, scope line or level that has no effect: it names nothing known, or a rule that cannot be off.",
        why: "What it was meant to change stays as it is. Rules that guard people or decisions are never off.",
        example: "waivers:\n  - { code: \"st0215:K99\", … }",
        instead: "Name a criterion, standard or rule that exists; answer a rule that guards in the entry, by its words.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (name, level) in &case.portfolio.settings.levels {
        if super::find(name).is_none() {
            let message = format!("`{name}` names no rule of this program");
            let meant = nearest(name, super::ALL.iter().map(|rule| rule.name));
            let help = meant.map_or_else(
                || "the documentation lists all rules".to_owned(),
                |meant| format!("did you mean {meant}?"),
            );
            found.push(
                case.about_settings(UNKNOWN_SETTING.name, level.span, message)
                    .help(help),
            );
        } else if level.value == Level::Off && super::guards(name) {
            let message = format!(
                "`{name}` cannot be off, because it guards people or decisions or says what does not count"
            );
            let help = "take the line out; `note` is the lightest level that has an effect";
            found.push(
                case.about_settings(UNKNOWN_SETTING.name, level.span, message)
                    .help(help),
            );
        }
    }
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownSetting {
            name,
            what,
            nearest,
        } = kind
        else {
            return None;
        };
        let help = match nearest {
            Some(near) => format!("did you mean {near}?"),
            None => format!("name a {what} of this portfolio"),
        };
        Some(
            Finding::new(
                UNKNOWN_SETTING.name,
                place,
                subject,
                format!("`{name}` names no {what} of this portfolio"),
            )
            .help(help),
        )
    });
}
