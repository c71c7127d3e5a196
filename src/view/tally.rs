//! Criteria by type of evidence, and by month: where the weight of the evidence lies.

use std::collections::BTreeMap;

use super::link::Link;
use super::listing::{Cell, Grid, ListingPage, Part};
use super::scene::Scene;
use super::{SitePath, month_in_words};
use crate::model::{EntryType, Line};

/// What criteria are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyBy {
    /// The type of evidence.
    Type,
    /// The month in which it was written.
    Month,
}

/// What a column stands for. Sorts as columns do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Type(EntryType),
    Month(i16, i8),
    Undated,
}

impl Column {
    fn title(self) -> String {
        match self {
            Self::Type(kind) => kind.title().to_owned(),
            Self::Month(year, month) => {
                format!("{} {year}", month_in_words(year, month).get(..3).unwrap_or_default())
            }
            Self::Undated => "Undated".to_owned(),
        }
    }
}

/// The tally of a standard: pieces that count, for each criterion.
pub fn tally(scene: &Scene<'_>, from: &SitePath, standard: usize, by: TallyBy) -> ListingPage {
    let covered = &scene.coverage.standards[standard];
    let column = |entry: usize| {
        let entry = &scene.portfolio.entries[entry];
        match (by, entry.date) {
            (TallyBy::Type, _) => Column::Type(entry.kind),
            (TallyBy::Month, Some(date)) => Column::Month(date.year(), date.month()),
            (TallyBy::Month, None) => Column::Undated,
        }
    };
    let mut totals: BTreeMap<Column, usize> = BTreeMap::new();
    let count = |line: &Line| {
        let mut counts: BTreeMap<Column, usize> = BTreeMap::new();
        for piece in line.counting().filter(|piece| scene.may_see(piece.entry)) {
            *counts.entry(column(piece.entry)).or_default() += 1;
        }
        counts
    };
    let counted: Vec<(&Line, BTreeMap<Column, usize>)> =
        covered.lines.iter().map(|line| (line, count(line))).collect();
    for (column, number) in counted.iter().flat_map(|(_, counts)| counts) {
        *totals.entry(*column).or_default() += number;
    }
    let columns: Vec<Column> = totals.keys().copied().collect();
    let mut rows: Vec<Vec<Cell>> =
        counted.iter().map(|(line, counts)| row(scene, from, line, counts, &columns)).collect();
    let mut last = vec![Cell::text("All")];
    last.extend(columns.iter().map(|column| Cell::text(totals[column].to_string())));
    last.push(Cell::text(totals.values().sum::<usize>().to_string()));
    rows.push(last);
    let known = scene.portfolio.catalogue.standard(standard).full_title();
    let what = if by == TallyBy::Type { "type of evidence" } else { "month" };
    let title = format!("{known} by {what}");
    let mut names = vec!["Criterion".to_owned()];
    names.extend(columns.into_iter().map(Column::title));
    names.push("All".to_owned());
    let grid = Grid { caption: title.clone(), columns: names, rows, wide: true, form: false };
    ListingPage {
        title,
        lead: format!(
            "How many pieces that count each criterion has, by {what}. The table scrolls sideways."
        ),
        chart: None,
        sections: vec![Part::table("Pieces that count", grid)],
    }
}

fn row(
    scene: &Scene<'_>,
    from: &SitePath,
    line: &Line,
    counts: &BTreeMap<Column, usize>,
    columns: &[Column],
) -> Vec<Cell> {
    let label = scene.portfolio.catalogue.code(line.criterion).to_string();
    let mut cells =
        vec![Cell::link(Link { href: from.link_to(scene.routes.criterion(line.criterion)), label })];
    cells.extend(columns.iter().map(|column| match counts.get(column) {
        Some(number) => Cell::weighed(*number),
        None => Cell::default(),
    }));
    cells.push(Cell::text(counts.values().sum::<usize>().to_string()));
    cells
}
