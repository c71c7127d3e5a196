//! The page of a criterion: statement, state, and every piece with its passages.

use serde::Serialize;

use super::deciding::link_next_code;
use super::decisions::{describe_standing, name_pill, render_feedback};
use super::link::Link;
use super::rows::{CriterionRow, EntryRow, build_criterion_row, build_entry_row};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{CriterionId, Piece};

/// The most similar criteria on a page. In a standard of near-identical statements, each page would
/// list all the others.
const TWINS: usize = 8;

#[derive(Clone, Debug, Serialize)]
pub struct CriterionPage {
    pub row: CriterionRow,
    pub kind: String,
    pub standard: Link,
    pub groups: Vec<Link>,
    /// Claims that the audience may see.
    pub claims: Vec<ClaimView>,
    /// Number of claims that the audience may not see.
    pub unseen: usize,
    pub previous: Option<Link>,
    /// The first criteria with nearly the same statement.
    pub twins: Vec<Link>,
    pub more_twins: bool,
    /// The next criterion that is not complete.
    pub next_open: Option<Link>,
    /// The next criterion with claims to decide; `None` on a public site.
    pub next_to_assess: Option<Link>,
    pub next: Option<Link>,
}

/// A claim of an entry on the criterion.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
    pub entry: EntryRow,
    pub counts: bool,
    /// Reasons why it does not count, in words.
    pub against: Vec<&'static str>,
    /// The learner's reason.
    pub justification: String,
    pub passages: Vec<PassageView>,
    /// The decision in force, in words.
    pub verdict: String,
    /// The class of the pill that shows the verdict; empty if there is none.
    pub pill: &'static str,
    /// HTML.
    pub feedback: String,
}

/// A passage and the link to it.
#[derive(Clone, Debug, Serialize)]
pub struct PassageView {
    pub text: String,
    pub href: String,
    /// The number of the paragraph, from 1.
    pub paragraph: usize,
}

impl CriterionPage {
    /// The page of `id`, a criterion that applies to this learner.
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, id: CriterionId) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let standard = catalogue.standard(id.standard);
        let pieces = scene.coverage.line(id).map_or(&[][..], |line| &line.pieces);
        let (seen, unseen): (Vec<_>, Vec<_>) = pieces
            .iter()
            .partition(|piece| scene.is_visible(piece.entry));
        let link = |id: CriterionId| scene.criterion_link(from, id);
        let lines = &scene.coverage.standards[id.standard].lines;
        let at = lines
            .binary_search_by_key(&id, |line| line.criterion)
            .unwrap_or(0);
        let beside = |at: usize| lines.get(at).map(|line| link(line.criterion));
        let (twins, more_twins) = scene.twins.of(id, TWINS);
        let row = build_criterion_row(scene, from, id).unwrap_or_else(|| CriterionRow {
            code: catalogue.code(id).to_string(),
            href: String::new(),
            text: String::new(),
            state: "gap",
            flags: Vec::new(),
            pieces: 0,
            why: String::new(),
            next: String::new(),
            prompts: Vec::new(),
        });
        Self {
            row,
            kind: standard.kind_of(catalogue.criterion(id)).title.clone(),
            standard: scene.standard_link(from, id.standard),
            groups: catalogue
                .groups_of(id)
                .map(|group| scene.group_link(from, group))
                .collect(),
            claims: seen
                .into_iter()
                .map(|piece| build_claim(scene, from, id, piece))
                .collect(),
            unseen: unseen.len(),
            twins: twins
                .into_iter()
                .filter(|&id| scene.coverage.line(id).is_some())
                .map(link)
                .collect(),
            more_twins,
            next_open: find_next_open(scene, id).map(link),
            next_to_assess: link_next_code(scene, from, id),
            previous: at.checked_sub(1).and_then(beside),
            next: beside(at + 1),
        }
    }
}

/// The next criterion after `id` that is neither waived nor complete, wrapping around at the end.
pub(super) fn find_next_open(scene: &RenderContext<'_>, id: CriterionId) -> Option<CriterionId> {
    let lines = &scene.coverage.standards[id.standard].lines;
    let at = lines
        .binary_search_by_key(&id, |line| line.criterion)
        .unwrap_or(0);
    let mut others = lines.iter().skip(at + 1).chain(lines.iter().take(at));
    others
        .find(|line| !line.is_waived() && !line.state.is_complete())
        .map(|line| line.criterion)
}

fn build_claim(
    scene: &RenderContext<'_>,
    from: &SitePath,
    id: CriterionId,
    piece: &Piece,
) -> ClaimView {
    let entry = &scene.portfolio.entries[piece.entry];
    let page = scene.routes.entry(piece.entry);
    let claim = entry.claim(id);
    let passages = claim.map_or(&[][..], |claim| &claim.passages);
    let passages = passages.iter().map(|&at| {
        let passage = &entry.body.passages[at];
        PassageView {
            text: passage.text.clone(),
            href: [&from.link_to(page), "#", &passage.anchor].concat(),
            paragraph: passage.paragraph,
        }
    });
    let last = piece
        .standing
        .map(|standing| &entry.decisions[standing.decision]);
    ClaimView {
        entry: build_entry_row(scene, from, piece.entry),
        counts: piece.counts(),
        against: piece.against.iter().map(|reason| reason.words()).collect(),
        justification: claim
            .and_then(|claim| claim.justification())
            .unwrap_or_default()
            .to_owned(),
        passages: passages.collect(),
        verdict: describe_standing(scene, id, piece),
        pill: name_pill(scene, piece),
        feedback: last.map_or_else(String::new, render_feedback),
    }
}
