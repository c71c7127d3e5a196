//! One line per finding, for editors and `grep`.

use std::fmt::Write;

use super::run::Report;
use crate::text::one_line;

/// `path:line:column: level[rule] message; help` for each finding.
#[must_use]
pub fn concise(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let place = report.place(finding).start;
        let sentence = Report::sentence(finding).replace('\n', " ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}] {sentence}",
            one_line(finding.place.path.shown()),
            place.line,
            place.column,
            finding.level.word(),
            finding.rule
        );
    }
    out
}
