//! Workflow commands of GitHub, which annotate the lines of a pull request.

use std::fmt::Write;

use super::run::Report;
use crate::diagnostic::{Finding, Level};
use crate::text::{counted, one_line};

/// The most annotations of a level that GitHub shows for one step.
const SHOWN: usize = 10;

/// At most ten commands of each level; the tenth counts the rest, if there are more findings.
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
            .for_each(|finding| write_command(&mut out, report, finding));
        if found.len() > room {
            let rest = found.len() - room;
            let rest = format!(
                "{} of this level: the job summary and `ksbfolio check` show all",
                counted(rest, "more finding")
            );
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(
                out,
                "::{} title=ksbfolio::{}",
                command_name(level),
                escape_data(&rest)
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

fn write_command(out: &mut String, report: &Report<'_>, finding: &Finding) {
    let place = report.place(finding);
    let _ = writeln!(
        out,
        "::{} title={},file={},line={},endLine={},col={},endColumn={}::{}",
        command_name(finding.level),
        escape_property(finding.rule),
        escape_property(&one_line(&report.repository_path(finding))),
        place.start.line,
        place.end.line,
        place.start.column,
        // The last column is inclusive.
        place.end.column.saturating_sub(1).max(place.start.column),
        escape_data(&Report::sentence(finding))
    );
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
