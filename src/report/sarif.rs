//! SARIF 2.1.0, for code scanning services.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json::to_pretty_json;
use super::run::Report;
use crate::check::{Rule, rules};
use crate::diagnostic::{Finding, Level};
use crate::model::Profile;

/// The document, with paths from the root of the repository.
#[must_use]
pub fn sarif(report: &Report<'_>) -> String {
    let named: Vec<&Rule> = rules::named()
        .filter(|rule| report.findings.iter().any(|found| found.rule == rule.name))
        .collect();
    let index: BTreeMap<&str, usize> = named
        .iter()
        .enumerate()
        .map(|(at, rule)| (rule.name, at))
        .collect();
    let results: Vec<Value> = report
        .limited_findings()
        .into_iter()
        .map(|(finding, print)| result(report, &finding, print, &index))
        .collect();
    to_pretty_json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ksbfolio",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": named.into_iter().map(describe_rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn describe_rule(rule: &Rule) -> Value {
    let text = &rule.text;
    json!({
        "id": rule.name,
        "shortDescription": { "text": text.finds },
        "fullDescription": { "text": text.why },
        "help": { "text": text.instead },
        "defaultConfiguration": { "level": level(rule.levels.of(Profile::Default)) },
        "properties": { "category": rule.group.title() },
    })
}

/// The level in SARIF, which has `none` for `off`.
fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        level => level.word(),
    }
}

fn result(
    report: &Report<'_>,
    finding: &Finding,
    fingerprint: &str,
    index: &BTreeMap<&str, usize>,
) -> Value {
    let place = report.place(finding);
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index.get(finding.rule),
        "level": level(finding.level),
        "message": { "text": Report::sentence(finding) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": {
                "uri": uri(&report.repository_path(finding)),
                "uriBaseId": "%SRCROOT%",
            },
            "region": {
                "startLine": place.start.line,
                "startColumn": place.start.column,
                "endLine": place.end.line,
                "endColumn": place.end.column,
            },
        }}],
        "partialFingerprints": { "ksbfolio/v1": fingerprint },
    })
}

/// A path as a percent-encoded relative reference.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
