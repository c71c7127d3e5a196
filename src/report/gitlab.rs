//! GitLab's code quality report.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::json::to_pretty_json;
use super::run::Report;
use crate::diagnostic::{Finding, Level};

/// The findings, with paths from the root of the repository.
#[must_use]
pub fn gitlab(report: &Report<'_>) -> String {
    let item = |(finding, fingerprint): (Cow<'_, Finding>, &str)| -> Value {
        let place = report.place(&finding);
        json!({
            "description": Report::sentence(&finding),
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": match finding.level {
                Level::Error => "major",
                Level::Warning => "minor",
                Level::Note | Level::Off => "info",
            },
            "location": {
                "path": report.repository_path(&finding),
                "lines": { "begin": place.start.line, "end": place.end.line },
            },
        })
    };
    let findings = report.limited_findings().into_iter();
    to_pretty_json(&findings.map(item).collect::<Vec<_>>())
}
