//! From each code to the pieces that count for it, and in them to the words: what a gateway pack carries as its annex.

use super::decisions::standing;
use super::link::Link;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::rows::{shown_state, statement};
use super::scene::Scene;
use crate::model::{Line, Piece};

/// One code and one place that evidences it; a code without evidence has a row too, without a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappingRow {
    /// The place of the standard in the portfolio's list.
    pub standard: usize,
    /// The code.
    pub code: String,
    /// Its page on the site.
    pub page: String,
    /// Its statement.
    pub statement: String,
    /// Its state.
    pub state: &'static str,
    /// The piece that counts, where one does.
    pub piece: Option<MappedPiece>,
}

/// A piece that counts for a code, and the words in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedPiece {
    /// The place of the entry in the portfolio's list.
    pub entry: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its type in words.
    pub kind: &'static str,
    /// The day it was written, as `2026-03-14`; empty where unknown.
    pub date: String,
    /// The paragraph of the passage, from 1; none where the code is claimed for the whole piece.
    pub paragraph: Option<usize>,
    /// The words that prove it; empty where the code is claimed for the whole piece.
    pub passage: String,
    /// The learner's reason; empty where none is given.
    pub reason: String,
    /// What is decided, in words.
    pub decision: String,
    /// The place on the site.
    pub place: String,
}

/// Every code of the standards, or of the one at `only`, with every place that counts for it and that the audience may
/// see, in the order of the standards.
#[must_use]
pub fn mapping(scene: &Scene<'_>, only: Option<usize>) -> Vec<MappingRow> {
    let standards = scene.coverage.standards.iter();
    let wanted = standards.filter(|covered| only.is_none_or(|only| only == covered.standard));
    wanted
        .flat_map(|covered| covered.lines.iter().flat_map(|line| rows(scene, line)))
        .collect()
}

fn rows(scene: &Scene<'_>, line: &Line) -> Vec<MappingRow> {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    let bare = MappingRow {
        standard: line.criterion.standard,
        code: criterion.code.value.to_string(),
        page: scene.routes.criterion(line.criterion).to_owned(),
        statement: statement(&criterion.text),
        state: shown_state(line),
        piece: None,
    };
    let seen = line.counting().filter(|piece| scene.may_see(piece.entry));
    let places: Vec<MappedPiece> = seen.flat_map(|piece| places(scene, line, piece)).collect();
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

fn places(scene: &Scene<'_>, line: &Line, piece: &Piece) -> Vec<MappedPiece> {
    let entry = &scene.portfolio.entries[piece.entry];
    let claim = entry.claim(line.criterion);
    let page = scene.routes.entry(piece.entry);
    let whole = MappedPiece {
        entry: piece.entry,
        id: entry.id.clone(),
        title: entry.title.clone(),
        kind: entry.kind.title(),
        date: entry.date.map_or_else(String::new, |date| date.to_string()),
        paragraph: None,
        passage: String::new(),
        reason: claim
            .and_then(|claim| claim.justification())
            .unwrap_or_default()
            .to_owned(),
        decision: standing(scene, line.criterion, piece),
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

/// The annex as a page that stands beside the folder `site`, which ends in `/`. `left_out` says what is not in the pack,
/// each with the reason.
#[must_use]
pub fn mapping_page(
    scene: &Scene<'_>,
    site: &str,
    rows: &[MappingRow],
    left_out: &[(String, String)],
) -> ListingPage {
    let mut sections = Vec::new();
    for (at, (standard, _)) in scene.portfolio.catalogue.standards.iter().enumerate() {
        let own: Vec<Vec<Cell>> = rows
            .iter()
            .filter(|row| row.standard == at)
            .map(|row| cells(site, row))
            .collect();
        if own.is_empty() {
            continue;
        }
        let title = standard.full_title();
        let columns = [
            "Code",
            "Statement",
            "State",
            "Piece",
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
    ListingPage {
        title: "Mapping annex".to_owned(),
        lead: format!(
            "Each code with the pieces that count for it: {pieces} places, each a link to the words."
        ),
        chart: None,
        sections,
    }
}

fn cells(site: &str, row: &MappingRow) -> Vec<Cell> {
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
