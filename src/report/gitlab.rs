//! GitLab's code quality report.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::Report;
use crate::diagnostic::{Finding, Level};

/// A list of findings, with paths from the root of the repository.
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
    super::coverage_json::pretty(&report.told().into_iter().map(item).collect::<Vec<_>>())
}
