//! One criterion: its statement, how far it is, and every piece with the words that prove it.

use serde::Serialize;

use super::decisions::{feedback_html, standing};
use super::link::Link;
use super::rows::{CriterionRow, EntryRow, criterion_row, entry_row};
use super::scene::Scene;
use crate::files::SitePath;
use crate::model::{CriterionId, Piece};

/// The most criteria with nearly the same statement that a page names. Where a standard's statements are all alike, each
/// page would name every other criterion.
const TWINS: usize = 8;

/// The page of a criterion.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionPage {
    /// Code, statement, state, why and next.
    pub row: CriterionRow,
    /// Its kind.
    pub kind: String,
    /// Its standard.
    pub standard: Link,
    /// The groups it belongs to.
    pub groups: Vec<Link>,
    /// Every claim on it that the audience may see.
    pub claims: Vec<ClaimView>,
    /// How many further claims the audience may not see.
    pub unseen: usize,
    /// The criterion before it.
    pub previous: Option<Link>,
    /// The first criteria whose statements nearly repeat this one.
    pub twins: Vec<Link>,
    /// Whether there are more than those.
    pub more_twins: bool,
    /// The next criterion of which something is missing.
    pub next_open: Option<Link>,
    /// The criterion after it.
    pub next: Option<Link>,
}

/// One entry's claim on the criterion.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
    /// The entry.
    pub entry: EntryRow,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not, in words.
    pub against: Vec<&'static str>,
    /// The learner's reason.
    pub justification: String,
    /// The words that prove it.
    pub passages: Vec<PassageView>,
    /// What stands decided, in words.
    pub verdict: String,
    /// The assessor's feedback, as HTML.
    pub feedback: String,
}

/// The exact words, and the way to them.
#[derive(Clone, Debug, Serialize)]
pub struct PassageView {
    /// The words.
    pub text: String,
    /// The place in the entry.
    pub href: String,
    /// The paragraph, from 1.
    pub paragraph: usize,
}

impl CriterionPage {
    /// The page of `id`, which must apply to this learner.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath, id: CriterionId) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let standard = catalogue.standard(id.standard);
        let pieces = scene.coverage.line(id).map_or(&[][..], |line| &line.pieces);
        let (seen, unseen): (Vec<_>, Vec<_>) =
            pieces.iter().partition(|piece| scene.may_see(piece.entry));
        let link = |id: CriterionId| scene.criterion_link(from, id);
        let lines = &scene.coverage.standards[id.standard].lines;
        let at = lines
            .binary_search_by_key(&id, |line| line.criterion)
            .unwrap_or(0);
        let beside = |at: usize| lines.get(at).map(|line| link(line.criterion));
        let (twins, more_twins) = scene.twins.of(id, TWINS);
        let row = criterion_row(scene, from, id).unwrap_or_else(|| CriterionRow {
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
                .map(|piece| claim(scene, from, id, piece))
                .collect(),
            unseen: unseen.len(),
            twins: twins
                .into_iter()
                .filter(|&id| scene.coverage.line(id).is_some())
                .map(link)
                .collect(),
            more_twins,
            next_open: next_open(scene, id).map(link),
            previous: at.checked_sub(1).and_then(beside),
            next: beside(at + 1),
        }
    }
}

/// The next criterion for which there is something left to do, after `id` and then from the beginning.
pub fn next_open(scene: &Scene<'_>, id: CriterionId) -> Option<CriterionId> {
    let lines = &scene.coverage.standards[id.standard].lines;
    let at = lines
        .binary_search_by_key(&id, |line| line.criterion)
        .unwrap_or(0);
    let mut others = lines.iter().skip(at + 1).chain(lines.iter().take(at));
    others
        .find(|line| !line.is_waived() && !line.state.is_complete())
        .map(|line| line.criterion)
}

fn claim(scene: &Scene<'_>, from: &SitePath, id: CriterionId, piece: &Piece) -> ClaimView {
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
        entry: entry_row(scene, from, piece.entry),
        counts: piece.counts(),
        against: piece.against.iter().map(|reason| reason.words()).collect(),
        justification: claim
            .and_then(|claim| claim.justification())
            .unwrap_or_default()
            .to_owned(),
        passages: passages.collect(),
        verdict: standing(scene, id, piece),
        feedback: last.map_or_else(String::new, feedback_html),
    }
}
