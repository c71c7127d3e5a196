//! Findings for people: the line shown, the columns marked, what to do. The only file that names the library
//! that draws them.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Weight, Renderer, Snippet};

use super::Sources;
use crate::diagnostic::{Finding, Findings, Level};

/// All findings, and a last line that counts them.
#[must_use]
pub fn findings_text(findings: &Findings, sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(100);
    let mut out = String::new();
    for finding in findings {
        out.push_str(&one(finding, sources, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&last_line(findings));
    out
}

fn one(finding: &Finding, sources: &Sources, renderer: &Renderer) -> String {
    let weight = match finding.level {
        Level::Error => Weight::ERROR,
        Level::Warning => Weight::WARNING,
        Level::Note | Level::Off => Weight::NOTE,
    };
    let title = weight.primary_title(finding.message.as_str()).id(finding.rule);
    let path = finding.place.path.as_str();
    let mut group = match sources.shown(&finding.place.path) {
        Some(text) => {
            let span = marked(&text, finding.place.span.start, finding.place.span.end);
            let mark = AnnotationKind::Primary.span(span).label(finding.label.clone());
            title.element(Snippet::source(text).path(path).annotation(mark))
        }
        None => Group::with_title(title),
    };
    if let Some(help) = &finding.help {
        group = group.element(Weight::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The part of a range that stands on its first line: long ones would fill the screen.
fn marked(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let start = start.min(text.len());
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    start..end.min(line_end).max(start)
}

fn last_line(findings: &Findings) -> String {
    let summary = findings.summary();
    let count = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        number => format!("{number} {word}s"),
    };
    if findings.is_empty() {
        return "Nothing to mend.\n".to_owned();
    }
    format!(
        "{}, {}, {}. `ksbfolio explain RULE` tells more about the name in brackets.\n",
        count(summary.error, "error"),
        count(summary.warning, "warning"),
        count(summary.note, "note"),
    )
}
