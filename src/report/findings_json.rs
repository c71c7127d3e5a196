//! Findings as JSON.

use serde::Serialize;

use super::identity::Identity;
use super::json::to_pretty_json;
use super::run::Report;
use super::sources::Sources;
use crate::diagnostic::Finding;

#[derive(Serialize)]
struct FindingsJson<'a> {
    version: u32,
    portfolio: Identity,
    summary: LevelCounts,
    exit_code: u8,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct LevelCounts {
    error: usize,
    warning: usize,
    note: usize,
}

#[derive(Serialize)]
struct FindingJson<'a> {
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
    fingerprint: &'a str,
}

/// The document of `check --format json`.
#[must_use]
pub fn findings_json(report: &Report<'_>) -> String {
    let Report {
        findings,
        sources,
        exit_code,
        ..
    } = *report;
    let summary = findings.summary();
    let document = FindingsJson {
        version: 1,
        portfolio: Identity::of(report.portfolio, report.coverage.as_of),
        summary: LevelCounts {
            error: summary.error,
            warning: summary.warning,
            note: summary.note,
        },
        exit_code,
        findings: findings
            .fingerprinted()
            .map(|(finding, print)| item(finding, print, sources))
            .collect(),
    };
    to_pretty_json(&document)
}

fn item<'a>(finding: &'a Finding, fingerprint: &'a str, sources: &Sources) -> FindingJson<'a> {
    let (start, end) = sources.place(&finding.place.path, finding.place.span);
    FindingJson {
        rule: finding.rule,
        level: finding.level.word(),
        message: &finding.message,
        file: finding.place.path.shown(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        subject: finding.subject.to_string(),
        help: finding.help.as_deref(),
        fingerprint,
    }
}
