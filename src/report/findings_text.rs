//! Findings for people: the line shown, the columns marked, what to do. The only file that names the library
//! that draws them.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Weight, Renderer, Snippet};

use super::next_steps::next_steps;
use super::{Report, Sources};
use crate::check::rules;
use crate::diagnostic::{Finding, Findings, Level};
use crate::par;

/// Findings of one rule in one file that are shown in full; further ones are counted.
const SHOWN: usize = 25;

/// Findings at one place that are listed; further ones are counted.
const LISTED: usize = 12;

/// Of notes fewer: a learner who has just begun is short of everything, and knows it.
const NOTES: usize = 3;

/// All findings, and a last screen that says what to do next.
#[must_use]
pub fn findings_text(report: &Report<'_>, colour: bool) -> String {
    let mut out = snippets(report.findings, report.sources, colour);
    out.push_str(&next_steps(report));
    out
}

/// The findings of a single file, without a portfolio round it.
#[must_use]
pub fn snippets(findings: &Findings, sources: &Sources, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(100);
    let mut shown: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut groups = grouped(findings);
    groups.retain(|together| {
        let count = shown
            .entry((together[0].place.path.shown(), together[0].rule))
            .or_insert(0);
        *count += 1;
        *count <= SHOWN
    });
    let mut out = String::new();
    for drawn in par::map(&groups, |together| drawn(together, sources, &renderer)) {
        out.push_str(&drawn);
        out.push_str("\n\n");
    }
    for ((path, rule), count) in shown.into_iter().filter(|(_, count)| *count > SHOWN) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "and {} more of {rule} in {path}\n", count - SHOWN);
    }
    out
}

/// Findings of one rule at one place belong together: the line is shown once.
fn grouped(findings: &Findings) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        match groups.last_mut() {
            Some(group) if group[0].rule == finding.rule && group[0].place == finding.place => {
                group.push(finding);
            }
            _ => groups.push(vec![finding]),
        }
    }
    groups
}

fn drawn(together: &[&Finding], sources: &Sources, renderer: &Renderer) -> String {
    let first = together[0];
    let weight = match first.level {
        Level::Error => Weight::ERROR,
        Level::Warning => Weight::WARNING,
        Level::Note | Level::Off => Weight::NOTE,
    };
    let message = if together.len() == 1 {
        first.message.clone()
    } else {
        heading(first.rule, together.len())
    };
    let title = weight.primary_title(message).id(first.rule);
    let path = first.place.path.shown();
    let mut group = match sources.excerpt(&first.place.path, first.place.span) {
        Some(excerpt) => {
            let mark = AnnotationKind::Primary
                .span(excerpt.marked)
                .label(first.label.clone());
            title.element(
                Snippet::source(excerpt.text)
                    .line_start(excerpt.line)
                    .path(path)
                    .annotation(mark),
            )
        }
        None => Group::with_title(title).element(annotate_snippets::Origin::path(path)),
    };
    if together.len() > 1 {
        let listed = if first.level == Level::Note {
            NOTES
        } else {
            LISTED
        };
        for finding in &together[..together.len().min(listed)] {
            let help = finding
                .help
                .as_ref()
                .map_or_else(String::new, |help| format!("\n  -> {help}"));
            group = group.element(
                Weight::NOTE
                    .no_name()
                    .message(format!("{}{help}", finding.message)),
            );
        }
        if together.len() > listed {
            let rest = format!(
                "and {} more: `ksbfolio check --format concise` lists all",
                together.len() - listed
            );
            group = group.element(Weight::NOTE.no_name().message(rest));
        }
    } else if let Some(help) = &first.help {
        group = group.element(Weight::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The rule's own sentence, with how many there are.
fn heading(rule: &str, number: usize) -> String {
    let finds = rules::find(rule)
        .map_or(rule, |rule| rule.text.finds)
        .trim_end_matches('.');
    let mut letters = finds.chars();
    let lower = letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    });
    format!("{lower} ({number} here)")
}
