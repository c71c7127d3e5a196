//! Findings for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Sources;
use crate::diagnostic::{Finding, Findings};
use crate::text::short_hash;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    summary: Counts,
    exit_code: u8,
    findings: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    note: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    subject: String,
    help: Option<&'a str>,
    fingerprint: String,
}

/// The document of `check --format json`; `exit_code` is what the command will exit with.
#[must_use]
pub fn findings_json(findings: &Findings, sources: &Sources, exit_code: u8) -> String {
    let summary = findings.summary();
    let mut seen = BTreeMap::new();
    let document = Document {
        version: 1,
        summary: Counts { error: summary.error, warning: summary.warning, note: summary.note },
        exit_code,
        findings: findings.iter().map(|finding| item(finding, sources, &mut seen)).collect(),
    };
    super::coverage_json::pretty(&document)
}

fn item<'a>(finding: &'a Finding, sources: &Sources, seen: &mut BTreeMap<String, usize>) -> Item<'a> {
    let (start, end) = sources.place(&finding.place.path, finding.place.span);
    Item {
        rule: finding.rule,
        level: finding.level.word(),
        message: &finding.message,
        file: finding.place.path.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        subject: finding.subject.to_string(),
        help: finding.help.as_deref(),
        fingerprint: fingerprint(finding, seen),
    }
}

/// Made from rule, subject and message, so that moving lines and renaming files changes nothing;
/// the second of the same gets a number.
fn fingerprint(finding: &Finding, seen: &mut BTreeMap<String, usize>) -> String {
    let key = format!("{}\n{}\n{}", finding.rule, finding.subject, finding.message);
    let number = seen.entry(key.clone()).or_insert(0);
    *number += 1;
    short_hash(&format!("{key}\n{number}"), 16)
}
