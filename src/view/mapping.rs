//! The mapping annex of a hand-in: from each code to the counting pieces and their passages.

use super::decisions::describe_standing;
use super::link::Link;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::rows::{StateLabel, format_statement};
use super::scene::RenderContext;
use crate::model::{Line, Piece};
use crate::text::counted;

/// A code and one passage that evidences it. A code without evidence has a row without a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappingRow {
    /// The index of the standard.
    pub standard: usize,
    /// The code.
    pub code: String,
    /// The path of its page.
    pub page: String,
    /// Its statement.
    pub statement: String,
    /// Its state.
    pub state: StateLabel,
    /// The piece that counts; `None` if the code has no evidence.
    pub piece: Option<MappedPiece>,
}

/// A piece that counts for a code, with a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedPiece {
    /// The index of the entry.
    pub entry: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its type in words.
    pub kind: &'static str,
    /// The date as `2026-03-14`; empty if unknown.
    pub date: String,
    /// The paragraph of the passage, from 1; `None` if the code is claimed for the whole piece.
    pub paragraph: Option<usize>,
    /// The passage; empty if the code is claimed for the whole piece.
    pub passage: String,
    /// The justification; empty if there is none.
    pub reason: String,
    /// The decision in force, in words.
    pub decision: String,
    /// The path of the passage on the site, with a fragment.
    pub place: String,
}

/// Every code with every visible passage that counts for it, in the order of the standards. `only`
/// is the index of a single standard.
pub fn mapping(scene: &RenderContext<'_>, only: Option<usize>) -> Vec<MappingRow> {
    let standards = scene.coverage.standards.iter();
    let wanted = standards.filter(|covered| only.is_none_or(|only| only == covered.standard));
    wanted
        .flat_map(|covered| {
            covered
                .lines
                .iter()
                .flat_map(|line| build_rows(scene, line))
        })
        .collect()
}

fn build_rows(scene: &RenderContext<'_>, line: &Line) -> Vec<MappingRow> {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    let bare = MappingRow {
        standard: line.criterion.standard,
        code: criterion.code.value.to_string(),
        page: scene.routes.criterion(line.criterion).to_owned(),
        statement: format_statement(&criterion.text),
        state: StateLabel::of_line(line),
        piece: None,
    };
    let seen = line
        .counting()
        .filter(|piece| scene.is_visible(piece.entry));
    let places: Vec<MappedPiece> = seen
        .flat_map(|piece| list_passages(scene, line, piece))
        .collect();
    if places.is_empty() {
        return vec![bare];
    }
    places
        .into_iter()
        .map(|piece| MappingRow {
            piece: Some(piece),
            ..bare.clone()
        })
        .collect()
}

fn list_passages(scene: &RenderContext<'_>, line: &Line, piece: &Piece) -> Vec<MappedPiece> {
    let entry = &scene.portfolio.entries[piece.entry];
    let claim = entry.claim(line.criterion);
    let page = scene.routes.entry(piece.entry);
    let whole = MappedPiece {
        entry: piece.entry,
        id: entry.id.clone(),
        title: entry.front_matter.title.clone(),
        kind: entry.front_matter.kind.title(),
        date: entry
            .front_matter
            .date
            .map_or_else(String::new, |date| date.to_string()),
        paragraph: None,
        passage: String::new(),
        reason: claim
            .and_then(|claim| claim.justification())
            .unwrap_or_default()
            .to_owned(),
        decision: describe_standing(scene, line.criterion, piece),
        place: page.to_owned(),
    };
    let passages = claim.map_or(&[][..], |claim| &claim.passages);
    if passages.is_empty() {
        return vec![whole];
    }
    let passage = |&at: &usize| {
        let passage = &entry.body.passages[at];
        MappedPiece {
            paragraph: Some(passage.paragraph),
            passage: passage.text.clone(),
            place: format!("{page}#{}", passage.anchor),
            ..whole.clone()
        }
    };
    passages.iter().map(passage).collect()
}

/// The annex as a page next to the folder `site`, which ends in `/`. `left_out` lists what is not
/// in the hand-in, with reasons.
pub(super) fn mapping_page(
    scene: &RenderContext<'_>,
    site: &str,
    rows: &[MappingRow],
    left_out: &[(String, String)],
) -> ListingPage {
    let mut sections = Vec::new();
    for (at, (standard, _)) in scene.portfolio.catalogue.standards.iter().enumerate() {
        let own: Vec<Vec<Cell>> = rows
            .iter()
            .filter(|row| row.standard == at)
            .map(|row| build_cells(site, row))
            .collect();
        if own.is_empty() {
            continue;
        }
        let title = standard.full_title();
        let columns = [
            "Code",
            "Statement",
            "State",
            "Entry",
            "Words that prove it",
            "Decision",
        ];
        sections.push(Part::table(&title, Grid::new(&title, &columns, own)));
    }
    let item = |(what, why): &(String, String)| Item {
        title: what.clone(),
        text: why.clone(),
        ..Item::default()
    };
    if !left_out.is_empty() {
        sections.push(Part::list(
            "Left out, and why",
            left_out.iter().map(item).collect(),
        ));
    }
    let pieces = rows.iter().filter(|row| row.piece.is_some()).count();
    ListingPage::new(
        "Mapping annex",
        format!(
            "Each code with the entries that count for it: {}, each a link to the words.",
            counted(pieces, "place")
        ),
        sections,
    )
}

fn build_cells(site: &str, row: &MappingRow) -> Vec<Cell> {
    let code = Link {
        href: format!("{site}{}", row.page),
        label: row.code.clone(),
    };
    let mut cells = vec![
        Cell::link(code),
        Cell::text(&row.statement),
        Cell::state(row.state),
    ];
    match &row.piece {
        None => cells.extend([
            Cell::text("none that counts"),
            Cell::text(""),
            Cell::text(""),
        ]),
        Some(piece) => {
            let paragraph = piece
                .paragraph
                .map_or_else(String::new, |number| format!(" ¶{number}"));
            let label = format!("{}{paragraph}", piece.title);
            let words = if piece.passage.is_empty() {
                &piece.reason
            } else {
                &piece.passage
            };
            cells.push(Cell::link(Link {
                href: format!("{site}{}", piece.place),
                label,
            }));
            cells.extend([Cell::text(words), Cell::text(&piece.decision)]);
        }
    }
    cells
}
