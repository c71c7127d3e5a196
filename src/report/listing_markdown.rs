//! Pages of lists and tables as Markdown.

use std::fmt::Write;

use super::markdown::escape_markdown;
use crate::view::{Cell, Grid, Item, ListingPage};

/// The page as a Markdown document, with all text escaped.
#[must_use]
pub fn listing_markdown(page: &ListingPage, subtitle: &str) -> String {
    let mut out = format!(
        "# {}\n\n{}\n\n{}\n",
        escape_markdown(&page.title),
        escape_markdown(subtitle),
        escape_markdown(&page.lead)
    );
    for part in &page.sections {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "\n## {}\n", escape_markdown(&part.title));
        let mut blocks: Vec<String> = part
            .text
            .iter()
            .map(|text| format!("{}\n", escape_markdown(text)))
            .collect();
        let items: String = part.items.iter().map(render_item).collect();
        blocks.extend((!items.is_empty()).then_some(items));
        blocks.extend(part.table.as_ref().map(render_table));
        out.push_str(&blocks.join("\n"));
    }
    out
}

fn render_item(item: &Item) -> String {
    let link = item
        .link
        .as_ref()
        .map(|link| link.label.as_str())
        .unwrap_or_default();
    let verdicts = item.verdicts.iter();
    let verdicts: Vec<String> = verdicts
        .map(|one| format!("{}: {}", one.code.label, one.state.words))
        .collect();
    let state = item.state.map_or("", |state| state.words);
    let words = [
        item.title.as_str(),
        link,
        item.flag,
        state,
        item.meta.as_str(),
        &verdicts.join(", "),
        item.text.as_str(),
    ];
    let words = words.map(escape_markdown);
    let words: Vec<String> = words
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let mut out = format!("- {}\n", words.join("; "));
    if !item.source.is_empty() {
        out.push('\n');
        for line in item.source.lines() {
            let _ = writeln!(out, "  > {}", escape_markdown(line));
        }
        out.push('\n');
    }
    out
}

fn render_table(grid: &Grid) -> String {
    let mut out = render_row(grid.columns.iter().map(|column| escape_markdown(column)));
    out.push_str(&render_row(grid.columns.iter().map(|_| "---".to_owned())));
    for row in &grid.rows {
        out.push_str(&render_row(row.iter().map(render_cell)));
    }
    out
}

fn render_cell(cell: &Cell) -> String {
    match cell.state {
        Some(state) if cell.text.is_empty() => escape_markdown(state.words),
        _ => escape_markdown(&cell.text),
    }
}

fn render_row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}
