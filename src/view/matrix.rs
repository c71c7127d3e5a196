//! The matrix of a standard: entries by criteria.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::chrome::name_standard;
use super::frame::NavLink;
use super::link::Link;
use super::months::MonthSlice;
use super::rows::{StateLabel, format_statement};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{Claim, CriterionId, Line, Piece, Reason};
use crate::text::{shortened, slug};

/// The page of a matrix.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPage<'a> {
    /// The title of the page.
    pub title: String,
    /// The entries of the page, in words.
    pub lead: String,
    /// A table for each kind of criterion, so that each fits on a sheet of paper.
    pub parts: Vec<MatrixPart<'a>>,
    /// The pages of all months on a large site, else empty.
    pub pages: Vec<NavLink>,
}

/// The criteria of one kind, with the entries that claim any of them.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPart<'a> {
    /// The kind, as in `Knowledge`; empty if the standard has only one.
    pub title: String,
    /// The fragment of the part.
    pub anchor: String,
    pub columns: Vec<Column>,
    pub rows: MatrixRows<'a>,
}

/// The rows of a matrix, built one by one while they are serialised: thousands of rows need too
/// much memory.
#[derive(Clone, Debug)]
pub struct MatrixRows<'a> {
    scene: RenderContext<'a>,
    from: SitePath,
    criteria: Vec<CriterionId>,
    /// Indices into the visible entries.
    entries: Range<usize>,
}

impl Serialize for MatrixRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.scene.visible[self.entries.clone()].iter();
        serializer.collect_seq(
            entries.filter_map(|&at| build_row(&self.scene, &self.from, at, &self.criteria)),
        )
    }
}

/// A criterion as the head of a column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    pub link: Link,
    /// The beginning of the statement.
    pub text: String,
    pub state: StateLabel,
    /// Number of counting entries.
    pub total: usize,
}

/// A row: an entry with its cells.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MatrixRow {
    /// The page of the entry.
    pub href: String,
    /// The title of the entry.
    pub label: String,
    /// Claims in the order of the columns. Empty cells are only counted: there are about seventy
    /// for each claim.
    pub cells: Vec<MatrixCell>,
    /// Number of empty cells after the last claim.
    pub empty_after: usize,
    /// Number of counting claims.
    pub total: usize,
}

/// A claim: the number of empty cells before it, its letter, its name (code, letter in words and
/// entry), the fragment of the passage, as in `#p-1a2b3c4d`, which is empty if there is none, and
/// the state as a class, as in `ready`. A tuple, because templates hold a list in half the memory
/// of a map, and a matrix has tens of thousands of cells.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MatrixCell(
    pub usize,
    pub &'static str,
    pub String,
    pub String,
    pub &'static str,
);

impl<'a> MatrixPage<'a> {
    /// The matrix of the standard at `at`: of all entries, or of those of a month, by index.
    pub fn new(
        scene: &RenderContext<'a>,
        from: &SitePath,
        at: usize,
        month: Option<usize>,
    ) -> Self {
        let is_large = scene.is_large();
        let slice = month
            .or(is_large.then_some(0))
            .and_then(|at| scene.months.get(at));
        let name = name_standard(scene, at);
        let entries = slice.map_or(0..scene.visible.len(), |slice| slice.entries.clone());
        let kinds = 0..scene.portfolio.catalogue.standard(at).kinds.len();
        let mut parts: Vec<MatrixPart<'a>> = kinds
            .map(|kind| MatrixPart::new(scene, from, (at, kind), entries.clone()))
            .filter(|part| !part.columns.is_empty())
            .collect();
        if let [only] = parts.as_mut_slice() {
            only.title.clear();
        }
        Self {
            title: match (slice, month) {
                (Some(slice), Some(_)) => format!("Matrix of {name}, {}", slice.title),
                _ => format!("Matrix of {name}"),
            },
            lead: slice.map_or_else(String::new, |slice| format!("Entries of {}.", slice.title)),
            parts,
            pages: if is_large {
                list_month_pages(scene, from, at, month.unwrap_or(0))
            } else {
                Vec::new()
            },
        }
    }
}

impl<'a> MatrixPart<'a> {
    fn new(
        scene: &RenderContext<'a>,
        from: &SitePath,
        (at, kind): (usize, usize),
        entries: Range<usize>,
    ) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let lines = scene.coverage.standards[at].lines.iter();
        let lines: Vec<&Line> = lines
            .filter(|line| catalogue.criterion(line.criterion).kind == kind)
            .collect();
        let title = &catalogue.standard(at).kinds[kind].title;
        Self {
            title: title.clone(),
            // Two kinds may have one title.
            anchor: format!("{}-{}", slug(title), kind + 1),
            columns: lines
                .iter()
                .map(|line| build_column(scene, from, line))
                .collect(),
            rows: MatrixRows {
                scene: *scene,
                from: from.clone(),
                criteria: lines.iter().map(|line| line.criterion).collect(),
                entries,
            },
        }
    }
}

fn build_column(scene: &RenderContext<'_>, from: &SitePath, line: &Line) -> Column {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    Column {
        link: scene.criterion_link(from, line.criterion),
        text: shortened(&format_statement(&criterion.text), 80),
        state: StateLabel::of_line(line),
        total: line.counting().count(),
    }
}

fn list_month_pages(
    scene: &RenderContext<'_>,
    from: &SitePath,
    standard: usize,
    shown: usize,
) -> Vec<NavLink> {
    let page = |(at, slice): (usize, &MonthSlice)| NavLink {
        href: from.link_to(&scene.routes.matrix_month(standard, &slice.name)),
        label: slice.title.clone(),
        current: at == shown,
    };
    scene.months.iter().enumerate().map(page).collect()
}

fn build_row(
    scene: &RenderContext<'_>,
    from: &SitePath,
    entry: usize,
    ids: &[CriterionId],
) -> Option<MatrixRow> {
    let known = &scene.portfolio.entries[entry];
    let mut cells = Vec::with_capacity(known.claims.len());
    let (mut total, mut next) = (0, 0);
    for (claim, piece) in scene.coverage.of_claims(entry, &known.claims) {
        let Ok(column) = ids.binary_search(&claim.criterion) else {
            continue;
        };
        let (_, piece) = piece?;
        total += usize::from(piece.counts());
        // Claims are sorted in the order of the columns.
        cells.push(build_cell(scene, entry, claim, piece, column - next));
        next = column + 1;
    }
    (!cells.is_empty()).then(|| MatrixRow {
        href: from.link_to(scene.routes.entry(entry)),
        label: known.front_matter.title.clone(),
        empty_after: ids.len() - next,
        cells,
        total,
    })
}

fn build_cell(
    scene: &RenderContext<'_>,
    entry: usize,
    claim: &Claim,
    piece: &Piece,
    empty_before: usize,
) -> MatrixCell {
    let (letter, word, class) = match () {
        () if piece.accepted() => ("A", "accepted", "accepted"),
        () if piece.counts() => ("C", "counts", "ready"),
        () if piece.against.contains(&Reason::Draft) => ("D", "draft", "draft"),
        () if piece.against.contains(&Reason::PartlyAccepted) => ("N", "partly", "more"),
        () if piece.against.contains(&Reason::Referred) => ("N", "referred", "more"),
        () => ("N", "does not count", "more"),
    };
    let passage = claim
        .passages
        .first()
        .map(|&at| &scene.portfolio.entries[entry].body.passages[at].anchor);
    let place = passage.map_or_else(String::new, |anchor| ["#", anchor].concat());
    let code = scene.portfolio.catalogue.code(claim.criterion).as_str();
    let title = &scene.portfolio.entries[entry].front_matter.title;
    MatrixCell(
        empty_before,
        letter,
        [code, " ", word, ", ", title].concat(),
        place,
        class,
    )
}
