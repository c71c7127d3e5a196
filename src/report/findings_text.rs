//! Findings as text: the source line, the marked columns and the advice. The only file that names
//! the library that draws them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Weight, Origin, Renderer, Snippet, Title};

use super::next_steps::next_steps;
use super::run::Report;
use super::sources::Sources;
use crate::check::rules;
use crate::diagnostic::{Finding, Findings, Level};
use crate::par;

/// The most findings of one rule in one file that are shown in full; the rest is counted.
const SHOWN: usize = 25;

/// The most errors and warnings that are listed at one place; the rest is counted.
const LISTED: usize = 12;

/// The most notes that are listed at one place: a new portfolio has very many.
const NOTES: usize = 3;

/// All findings, then the next steps. What is not due yet is only counted there.
#[must_use]
pub fn findings_text(report: &Report<'_>, colour: bool) -> String {
    let now = report.findings.iter();
    let now = now.filter(|finding| !report.is_for_later(finding));
    let mut out = draw(now.collect(), report.sources, colour);
    out.push_str(&next_steps(report));
    out
}

/// The findings alone, as for a single file without a portfolio.
#[must_use]
pub fn snippets(findings: &Findings, sources: &Sources, colour: bool) -> String {
    draw(findings.iter().collect(), sources, colour)
}

/// Draws findings, the heaviest first.
fn draw(mut findings: Vec<&Finding>, sources: &Sources, colour: bool) -> String {
    findings.sort_by_key(|finding| Reverse(finding.level));
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(100);
    let mut shown: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut groups = group_notes(group_by_place(&findings));
    groups.retain(|together| {
        let count = shown
            .entry((together[0].place.path.shown(), together[0].rule))
            .or_insert(0);
        *count += 1;
        *count <= SHOWN
    });
    let mut out = String::new();
    for snippet in par::map(&groups, |together| render(together, sources, &renderer)) {
        out.push_str(&snippet);
        out.push_str("\n\n");
    }
    for ((path, rule), count) in shown.into_iter().filter(|(_, count)| *count > SHOWN) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "and {} more of {rule} in {path}\n", count - SHOWN);
    }
    out
}

/// Groups findings of one rule at one place, so that the line is shown once.
fn group_by_place<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for &finding in findings {
        match groups.last_mut() {
            Some(group) if group[0].rule == finding.rule && group[0].place == finding.place => {
                group.push(finding);
            }
            _ => groups.push(vec![finding]),
        }
    }
    groups
}

/// Groups notes of one rule in one file, also of several places: an imported text may have very many.
fn group_notes(groups: Vec<Vec<&Finding>>) -> Vec<Vec<&Finding>> {
    let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut grouped: Vec<Vec<&Finding>> = Vec::new();
    for group in groups {
        let key = (group[0].place.path.as_str(), group[0].rule);
        if let Some(&at) = first.get(&key) {
            grouped[at].extend(group);
            continue;
        }
        if group[0].level <= Level::Note {
            first.insert(key, grouped.len());
        }
        grouped.push(group);
    }
    grouped
}

fn render(together: &[&Finding], sources: &Sources, renderer: &Renderer) -> String {
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
    let mut group = add_excerpt(title, first, sources);
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
            let place = if finding.place == first.place {
                String::new()
            } else {
                let (start, _) = sources.place(&finding.place.path, finding.place.span);
                format!("line {}: ", start.line)
            };
            group = group.element(
                Weight::NOTE
                    .no_name()
                    .message(format!("{place}{}{help}", finding.message)),
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

/// Adds the line of a finding below its title, or the path alone if the text is not available.
fn add_excerpt<'a>(title: Title<'a>, finding: &'a Finding, sources: &Sources) -> Group<'a> {
    let path = finding.place.path.shown();
    match sources.excerpt(&finding.place.path, finding.place.span) {
        Some(excerpt) => {
            let mark = AnnotationKind::Primary
                .span(excerpt.marked)
                .label(finding.label.clone());
            let snippet = Snippet::source(excerpt.text)
                .line_start(excerpt.line)
                .annotation(mark);
            match excerpt.column {
                None => title.element(snippet.path(path)),
                Some(column) => {
                    let origin = Origin::path(path).line(excerpt.line).char_column(column);
                    title.element(origin).element(snippet)
                }
            }
        }
        None => Group::with_title(title).element(Origin::path(path)),
    }
}

/// The rule's sentence with the number of findings.
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
