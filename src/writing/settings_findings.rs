//! Findings about the settings, each under its field.

use super::form::find_value;
use super::settings_answer::SettingsFinding;
use super::settings_fields::FIELDS;
use crate::check::{RuleGroup, rules};
use crate::diagnostic::{Finding, Findings, Level};
use crate::layout::{CONSENTS, SETTINGS};
use crate::parse::yaml::{Node, Value};
use crate::text::Span;

/// Lists of the settings that have findings of their own.
const LISTS: [&str; 2] = ["reviews", "breaks"];

/// Findings about what the forms show. Others, such as how far a criterion is, belong elsewhere.
pub(super) fn list_findings(
    findings: &Findings,
    settings: Option<&Node>,
    text: &str,
) -> Vec<SettingsFinding> {
    let found = findings.iter().filter(|one| one.level > Level::Off);
    let about = found.filter_map(|finding| {
        let field = match finding.place.path.as_str() {
            SETTINGS => find_field(settings?, finding.place.span, text)?,
            CONSENTS => "consents",
            _ => return None,
        };
        is_about_values(finding).then(|| SettingsFinding {
            field: field.to_owned(),
            level: finding.level.word().to_owned(),
            message: finding.message.clone(),
            help: finding.help.clone(),
        })
    });
    about.collect()
}

/// Whether a finding is about what somebody typed, and not about how far the portfolio is.
fn is_about_values(finding: &Finding) -> bool {
    let group = rules::find(finding.rule).map(|rule| rule.group);
    !matches!(group, Some(RuleGroup::Coverage | RuleGroup::Rhythm))
}

/// The field in whose value a place is.
fn find_field(settings: &Node, place: Span, text: &str) -> Option<&'static str> {
    let names = FIELDS.iter().map(|row| row.name).chain(LISTS);
    let has = |name: &&str| {
        find_value(settings, name).is_some_and(|node| {
            // A finding may be at the key, which is on the line of its value.
            let line = text[..node.span.start].rfind('\n').map_or(0, |at| at + 1);
            let start = if name.contains('.') {
                node.span.start
            } else {
                line
            };
            (start..=find_end(node)).contains(&place.start)
        })
    };
    names.into_iter().find(has)
}

/// Where a value ends. The span of a list or table is its beginning alone.
fn find_end(node: &Node) -> usize {
    let inside = match &node.value {
        Value::List(items) => items.iter().map(find_end).max(),
        Value::Table(pairs) => pairs.iter().map(|(_, value)| find_end(value)).max(),
        _ => None,
    };
    inside.map_or(node.span.end, |end| end.max(node.span.end))
}
