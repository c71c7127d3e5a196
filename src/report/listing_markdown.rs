//! A page of lists and tables as Markdown.

use std::fmt::Write;

use super::markdown::escaped;
use crate::view::{Cell, Grid, Item, ListingPage};

/// The page as a Markdown document. All words stay words: what could be markup is escaped.
#[must_use]
pub fn listing_markdown(page: &ListingPage, subtitle: &str) -> String {
    let mut out = format!(
        "# {}\n\n{}\n\n{}\n",
        escaped(&page.title),
        escaped(subtitle),
        escaped(&page.lead)
    );
    for part in &page.sections {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "\n## {}\n", escaped(&part.title));
        let mut blocks: Vec<String> = part
            .text
            .iter()
            .map(|text| format!("{}\n", escaped(text)))
            .collect();
        let items: String = part.items.iter().map(item).collect();
        blocks.extend((!items.is_empty()).then_some(items));
        blocks.extend(part.table.as_ref().map(table));
        out.push_str(&blocks.join("\n"));
    }
    out
}

fn item(item: &Item) -> String {
    let link = item
        .link
        .as_ref()
        .map(|link| link.label.as_str())
        .unwrap_or_default();
    let words = [link, item.flag, item.meta.as_str(), item.text.as_str()].map(escaped);
    let words: Vec<String> = words
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let mut out = format!("- {}\n", words.join("; "));
    if !item.source.is_empty() {
        out.push('\n');
        for line in item.source.lines() {
            let _ = writeln!(out, "  > {}", escaped(line));
        }
        out.push('\n');
    }
    out
}

fn table(grid: &Grid) -> String {
    let mut out = line(grid.columns.iter().map(|column| escaped(column)));
    out.push_str(&line(grid.columns.iter().map(|_| "---".to_owned())));
    for row in &grid.rows {
        out.push_str(&line(row.iter().map(cell)));
    }
    out
}

fn cell(cell: &Cell) -> String {
    escaped(if cell.text.is_empty() {
        cell.state
    } else {
        &cell.text
    })
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}
