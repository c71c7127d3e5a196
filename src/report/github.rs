//! Workflow commands of GitHub, which it shows beside the lines of a pull request.

use std::fmt::Write;

use super::Report;
use crate::diagnostic::{Finding, Level};
use crate::text::one_line;

/// GitHub shows so many annotations of a kind for one step; whatever comes after them is lost.
const SHOWN: usize = 10;

/// At most ten commands of each level; where there are more findings, the tenth says how many.
#[must_use]
pub fn github(report: &Report<'_>) -> String {
    let mut out = String::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let found: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| finding.level == level)
            .collect();
        let room = if found.len() > SHOWN {
            SHOWN - 1
        } else {
            SHOWN
        };
        found
            .iter()
            .take(room)
            .for_each(|finding| command(&mut out, report, finding));
        if found.len() > room {
            let word = if found.len() - room == 1 {
                "finding"
            } else {
                "findings"
            };
            let rest = format!(
                "{} more {word} of this level: the job summary and `ksbfolio check` show all",
                found.len() - room
            );
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(
                out,
                "::{} title=ksbfolio::{}",
                command_name(level),
                data(&rest)
            );
        }
    }
    out
}

fn command_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    }
}

fn command(out: &mut String, report: &Report<'_>, finding: &Finding) {
    let place = report.place(finding);
    let _ = writeln!(
        out,
        "::{} title={},file={},line={},endLine={},col={},endColumn={}::{}",
        command_name(finding.level),
        property(finding.rule),
        property(&one_line(&report.repository_path(finding))),
        place.start.line,
        place.end.line,
        place.start.column,
        // The service counts the last column in.
        place.end.column.saturating_sub(1).max(place.start.column),
        data(&Report::sentence(finding))
    );
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
