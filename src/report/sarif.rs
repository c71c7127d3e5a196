//! SARIF 2.1.0, for code scanning services.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::identity::Identity;
use super::json::to_pretty_json;
use super::line_hash::line_hashes;
use super::run::Report;
use crate::check::{Rule, rules};
use crate::diagnostic::{Finding, Level};
use crate::model::Profile;
use crate::text::SourcePath;

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
    let mut hashes: BTreeMap<SourcePath, Vec<String>> = BTreeMap::new();
    let findings = report.limited_findings().into_iter();
    let results: Vec<Value> = findings
        .map(|(finding, print)| {
            let prints = partial_fingerprints(report, &finding, print, &mut hashes);
            result(report, &finding, &prints, &index)
        })
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
            "properties": { "portfolio": Identity::of(report.portfolio, report.coverage.as_of) },
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
    prints: &Value,
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
        "partialFingerprints": prints,
    })
}

/// Our fingerprint, and the hash of the line for services that know no other. It is taken of the
/// masked text, so that an identifier cannot be guessed from it; `hashes` caches those of a file. A
/// file that is no text has none.
fn partial_fingerprints(
    report: &Report<'_>,
    finding: &Finding,
    fingerprint: &str,
    hashes: &mut BTreeMap<SourcePath, Vec<String>>,
) -> Value {
    let path = &finding.place.path;
    let lines = hashes.entry(path.clone()).or_insert_with(|| {
        let masked = report.sources.shown(path);
        masked.map_or_else(Vec::new, |text| line_hashes(&text))
    });
    let line = report.place(finding).start.line;
    match lines.get(line - 1) {
        Some(hash) => json!({ "ksbfolio/v2": fingerprint, "primaryLocationLineHash": hash }),
        None => json!({ "ksbfolio/v2": fingerprint }),
    }
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
