//! Findings and coverage as Markdown, for the summary of a job or a comment.

use std::fmt::Write;

use super::Report;
use super::coverage_text::{in_words, total_line};
use crate::model::{Coverage, Line, Portfolio};
use crate::text::one_line;

/// The summary of a run: how far each standard is, then every finding.
#[must_use]
pub fn findings_markdown(report: &Report<'_>) -> String {
    let mut out = String::from("## Portfolio check\n\n");
    standards(&mut out, report.portfolio, report.coverage);
    let summary = report.findings.summary();
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        out,
        "\n{} errors, {} warnings, {} notes\n",
        summary.error, summary.warning, summary.note
    );
    if !report.findings.is_empty() {
        out.push_str("| Level | Rule | Where | What to do |\n|---|---|---|---|\n");
    }
    for (finding, _) in report.told() {
        let place = report.place(&finding).start;
        let _ = writeln!(
            out,
            "| {} | {} | {}:{}:{} | {} |",
            finding.level.word(),
            finding.rule,
            escaped(finding.place.path.shown()),
            place.line,
            place.column,
            escaped(&Report::sentence(&finding))
        );
    }
    out
}

/// Coverage as a table for each standard.
#[must_use]
pub fn coverage_markdown(portfolio: &Portfolio, coverage: &Coverage) -> String {
    let mut out = String::from("## Coverage\n\n");
    standards(&mut out, portfolio, coverage);
    for standard in &coverage.standards {
        let title = portfolio.catalogue.standard(standard.standard).full_title();
        let _ = writeln!(
            out,
            "\n### {}\n\n| Code | State | Why | Next |\n|---|---|---|---|",
            escaped(&title)
        );
        for line in &standard.lines {
            let code = portfolio.catalogue.code(line.criterion).as_str();
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                escaped(code),
                state(line),
                escaped(&line.why),
                escaped(line.next.as_deref().unwrap_or_default())
            );
        }
    }
    out
}

fn state(line: &Line) -> &'static str {
    if line.is_waived() {
        "waived"
    } else {
        line.state.word()
    }
}

fn standards(out: &mut String, portfolio: &Portfolio, coverage: &Coverage) {
    out.push_str("| Standard | Evidenced |\n|---|---|\n");
    for standard in &coverage.standards {
        let title = portfolio.catalogue.standard(standard.standard).full_title();
        let _ = writeln!(
            out,
            "| {} | {} |",
            escaped(&title),
            in_words(&standard.counts)
        );
    }
    let _ = writeln!(out, "\n{}", total_line(&coverage.counts()));
}

/// Text that stays text, on one line: every sign that Markdown could take for markup stands behind a backslash. A colon stays where a space follows: it begins no address there, no little picture and no order.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let line = one_line(text);
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            ':' if signs.peek().is_some_and(|next| next.is_whitespace()) => out.push(':'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '@' | ':' => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
    }
    out
}
