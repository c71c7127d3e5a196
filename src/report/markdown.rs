//! Findings and coverage as Markdown, for a job summary or a comment.

use std::fmt::Write;

use super::coverage_text::{in_words, state_word, total_line};
use super::run::Report;
use crate::model::{Coverage, Portfolio};
use crate::text::{counted, one_line};

/// The summary of a run: the coverage of each standard, then the findings.
#[must_use]
pub fn findings_markdown(report: &Report<'_>) -> String {
    let mut out = String::from("## Portfolio check\n\n");
    write_standards(&mut out, report.portfolio, report.coverage);
    let summary = report.findings.summary();
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        out,
        "\n{}, {}, {}\n",
        counted(summary.error, "error"),
        counted(summary.warning, "warning"),
        counted(summary.note, "note")
    );
    if !report.findings.is_empty() {
        out.push_str("| Level | Rule | Where | What to do |\n|---|---|---|---|\n");
    }
    for (finding, _) in report.limited_findings() {
        let place = report.place(&finding).start;
        let _ = writeln!(
            out,
            "| {} | {} | {}:{}:{} | {} |",
            finding.level.word(),
            finding.rule,
            escape_markdown(finding.place.path.shown()),
            place.line,
            place.column,
            escape_markdown(&Report::sentence(&finding))
        );
    }
    out
}

/// Coverage as a table for each standard.
#[must_use]
pub fn coverage_markdown(portfolio: &Portfolio, coverage: &Coverage) -> String {
    let mut out = String::from("## Coverage\n\n");
    write_standards(&mut out, portfolio, coverage);
    for standard in &coverage.standards {
        let title = portfolio.catalogue.standard(standard.standard).full_title();
        let _ = writeln!(
            out,
            "\n### {}\n\n| Code | State | Why | Next |\n|---|---|---|---|",
            escape_markdown(&title)
        );
        for line in &standard.lines {
            let code = portfolio.catalogue.code(line.criterion).as_str();
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                escape_markdown(code),
                state_word(line),
                escape_markdown(&line.why),
                escape_markdown(line.next.as_deref().unwrap_or_default())
            );
        }
    }
    out
}

fn write_standards(out: &mut String, portfolio: &Portfolio, coverage: &Coverage) {
    out.push_str("| Standard | Evidenced |\n|---|---|\n");
    for standard in &coverage.standards {
        let title = portfolio.catalogue.standard(standard.standard).full_title();
        let _ = writeln!(
            out,
            "| {} | {} |",
            escape_markdown(&title),
            in_words(&standard.counts)
        );
    }
    let _ = writeln!(out, "\n{}", total_line(&coverage.counts()));
}

/// Escapes text for Markdown, on one line. A colon before a space is kept: no link, emoji or
/// command can begin there.
pub(super) fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let line = one_line(text);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ':' if letters.peek().is_some_and(|next| next.is_whitespace()) => out.push(':'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '@' | ':' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}
