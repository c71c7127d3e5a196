//! Entries by criteria.

use serde::{Serialize, Serializer};

use super::link::Link;
use super::rows::shown_state;
use super::scene::Scene;
use crate::files::SitePath;
use crate::model::{Claim, CriterionId, Piece, Reason};

/// The matrix of one standard.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPage<'a> {
    /// Its title.
    pub title: String,
    /// The standard.
    pub standard: Link,
    /// The columns: criteria.
    pub columns: Vec<Column>,
    /// The rows: entries that claim any of them.
    pub rows: MatrixRows<'a>,
}

/// The rows of a matrix. They are made one by one as they are asked for: thousands of them are a lot to hold.
#[derive(Clone, Debug)]
pub struct MatrixRows<'a> {
    scene: Scene<'a>,
    from: SitePath,
    criteria: Vec<CriterionId>,
}

impl Serialize for MatrixRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.scene.visible.iter();
        serializer
            .collect_seq(entries.filter_map(|&at| row(&self.scene, &self.from, at, &self.criteria)))
    }
}

/// A criterion at the head of a column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Code and page.
    pub link: Link,
    /// Its state.
    pub state: &'static str,
    /// How many pieces count.
    pub total: usize,
}

/// An entry and its cells.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow {
    /// Its page.
    pub href: String,
    /// Its title.
    pub label: String,
    /// Its claims, by column. Empty cells are counted: there are seventy of them for each that is not.
    pub cells: Vec<MatrixCell>,
    /// Empty cells after the last claim.
    pub empty_after: usize,
    /// How many claims count.
    pub total: usize,
}

/// A claim of an entry on a criterion: how many cells since the claim before it are empty, its letter, the same in words
/// with the code, and the place on the entry's page of the passage that proves it, as in `#p-1a2b3c4d`; empty where no
/// passage does. Thousands of entries have tens of thousands of cells, and templates hold a list in half the memory of
/// names and values.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixCell(pub usize, pub &'static str, pub String, pub String);

impl<'a> MatrixPage<'a> {
    /// The matrix of the standard at `at`.
    #[must_use]
    pub fn new(scene: &Scene<'a>, from: &SitePath, at: usize) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let standard = catalogue.standard(at);
        let lines = &scene.coverage.standards[at].lines;
        let column = |line: &crate::model::Line| Column {
            link: scene.criterion_link(from, line.criterion),
            state: shown_state(line),
            total: line.counting().count(),
        };
        let criteria = lines.iter().map(|line| line.criterion).collect();
        Self {
            title: format!("Matrix of {}", standard.full_title()),
            standard: scene.standard_link(from, at),
            columns: lines.iter().map(column).collect(),
            rows: MatrixRows {
                scene: *scene,
                from: from.clone(),
                criteria,
            },
        }
    }
}

fn row(scene: &Scene<'_>, from: &SitePath, entry: usize, ids: &[CriterionId]) -> Option<MatrixRow> {
    let known = &scene.portfolio.entries[entry];
    let mut cells = Vec::with_capacity(known.claims.len());
    let (mut total, mut next) = (0, 0);
    for (claim, piece) in scene.coverage.of_claims(entry, &known.claims) {
        let Ok(column) = ids.binary_search(&claim.criterion) else {
            continue;
        };
        let (_, piece) = piece?;
        total += usize::from(piece.counts());
        // Claims are sorted as the columns are.
        cells.push(cell(scene, entry, claim, piece, column - next));
        next = column + 1;
    }
    (!cells.is_empty()).then(|| MatrixRow {
        href: from.link_to(scene.routes.entry(entry)),
        label: known.title.clone(),
        empty_after: ids.len() - next,
        cells,
        total,
    })
}

fn cell(
    scene: &Scene<'_>,
    entry: usize,
    claim: &Claim,
    piece: &Piece,
    empty_before: usize,
) -> MatrixCell {
    let (letter, word) = match () {
        () if piece.accepted() => ("A", "accepted"),
        () if piece.counts() => ("C", "counts"),
        () if piece.against.contains(&Reason::Draft) => ("D", "draft"),
        () => ("N", "does not count"),
    };
    let passage = claim
        .passages
        .first()
        .map(|&at| &scene.portfolio.entries[entry].body.passages[at].anchor);
    let place = passage.map_or_else(String::new, |anchor| ["#", anchor].concat());
    let code = scene.portfolio.catalogue.code(claim.criterion).as_str();
    MatrixCell(empty_before, letter, [code, " ", word].concat(), place)
}
