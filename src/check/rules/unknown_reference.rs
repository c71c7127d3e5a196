//! `unknown-reference`: a name that leads to nothing.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding, Level};
use crate::text::listed_or;

pub(super) const UNKNOWN_REFERENCE: Rule = Rule {
    name: "unknown-reference",
    group: RuleGroup::References,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "The name of a standard, model, consent, criterion or rule that does not exist, or a level that has no effect.",
        why: "Nothing can be checked against a standard or model that is not there, a picture without a consent that can be found is left out, and a waiver or level of an unknown name changes nothing. Rules that guard people or decisions are never off.",
        example: "standards: [st215]",
        instead: "Correct the name, or add what it names: a standard to standards/, a model to standards/reflection/, a consent to consents.yaml. `ksbfolio standards list` shows standards and RULES.md rules.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    check_levels(case, found);
    case.each_fault(found, |kind, place, subject| {
        let (message, nearest, help) = match kind {
            FaultKind::UnknownStandard { id, nearest } => (
                format!("no standard here is called `{id}`"),
                nearest,
                "`ksbfolio standards list` shows those that are known".to_owned(),
            ),
            FaultKind::UnknownModel { id, nearest, known } => (
                format!("no reflection model is called `{id}`"),
                nearest,
                format!("use {}", listed_or(known)),
            ),
            FaultKind::UnknownConsent { id, nearest } => (
                format!("consents.yaml has no `{id}`, so the picture is left out"),
                nearest,
                "record the consent in portfolio/consents.yaml".to_owned(),
            ),
            FaultKind::UnknownSetting {
                name,
                what,
                nearest,
            } => (
                format!("this portfolio has no {what} called `{name}`"),
                nearest,
                format!("name a {what} of this portfolio"),
            ),
            _ => return None,
        };
        let help = match (nearest, kind) {
            (Some(near), FaultKind::UnknownSetting { .. }) => format!("did you mean {near}?"),
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, _) => help,
        };
        Some(Finding::new(UNKNOWN_REFERENCE.name, place, subject, message).help(help))
    });
}

/// Reports levels for names that no finding has, and levels that switch off what cannot be off.
fn check_levels(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (name, level) in &case.portfolio.settings.levels {
        let (message, help) = match case.names.levels(name) {
            Some(levels) if levels.guards && level.value == Level::Off => (
                format!(
                    "`{name}` cannot be off, because it guards people or decisions or says what does not count"
                ),
                "delete the line; `note` is the lowest level that has an effect".to_owned(),
            ),
            Some(_) => continue,
            None => case.names.explain_unknown(name),
        };
        let finding = case.about_settings(UNKNOWN_REFERENCE.name, level.span, message);
        found.push(finding.fact("level").fact(name).help(help));
    }
}
