//! The page of a criterion: statement, state, and every piece with its passages.

use serde::Serialize;

use super::deciding::link_next_code;
use super::decisions::{describe_defects, describe_standing, name_pill, render_feedback};
use super::feedback::{list_paragraphs, select_feedback, select_naming};
use super::link::Link;
use super::naming::Naming;
use super::rows::{CriterionRow, EntryRow, build_criterion_row, build_entry_row, format_statement};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::markup;
use crate::model::{Audience, Criterion, CriterionId, Line, Piece, Standard};
use crate::text::{in_words, shortened};

/// The most similar criteria on a page. In a standard of near-identical statements, each page would
/// list all the others.
const TWINS: usize = 8;

/// The claims that are shown with their passages; the others are linked. Also the most feedback
/// without a verdict.
const CLAIMS: usize = 20;

#[derive(Clone, Debug, Serialize)]
pub struct CriterionPage {
    pub row: CriterionRow,
    pub kind: String,
    pub standard: Link,
    pub groups: Vec<Link>,
    /// Claims that the audience may see: undecided ones first, then the newest.
    pub claims: Vec<ClaimView>,
    /// Entries of further claims.
    pub more_claims: Vec<Link>,
    /// Number of claims that the audience may not see.
    pub unseen: usize,
    /// Feedback that names the code without a verdict on it, newest first.
    pub named: Vec<FeedbackView>,
    /// The number of further feedback that names it.
    pub more_named: usize,
    /// The page of decisions.
    pub decisions: String,
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
    /// The feedback about this criterion, as HTML.
    pub feedback: String,
    /// The whole feedback of the decision, as HTML; empty if that is all.
    pub whole_feedback: String,
}

/// Feedback of a decision that names the criterion without a verdict on it.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackView {
    pub entry: Link,
    /// Role, reference and date of its author, in words.
    pub by: String,
    /// Why the decision does not count in full, in words; empty if it does.
    pub defects: String,
    /// The paragraphs that name the code, as HTML.
    pub html: String,
}

/// A passage and the link to it.
#[derive(Clone, Debug, Serialize)]
pub struct PassageView {
    pub text: String,
    pub href: String,
    /// The number of the paragraph, from 1.
    pub paragraph: usize,
}

/// The kind of a criterion, and how it is assessed if the standard says so.
fn describe_kind(standard: &Standard, criterion: &Criterion) -> String {
    let kind = standard.kind_of(criterion);
    let assessed = criterion.assessed.known().map(|assessed| assessed.words());
    let verified = kind.verified_by.map(|_| "verified by the employer");
    let words = [Some(kind.title.as_str()), assessed, verified];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
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
        let (first, others) = order_claims(scene, id, seen);
        let link = |id: CriterionId| scene.criterion_link(from, id);
        let lines = &scene.coverage.standards[id.standard].lines;
        let at = lines
            .binary_search_by_key(&id, |line| line.criterion)
            .unwrap_or(0);
        let beside = |at: usize| lines.get(at).map(|line| name_neighbour(scene, from, line));
        let (twins, more_twins) = scene.twins.of(id, TWINS);
        let row = build_criterion_row(scene, from, id).unwrap_or_else(|| CriterionRow {
            code: catalogue.code(id).to_string(),
            ..CriterionRow::default()
        });
        let is_public = scene.audience == Audience::Public;
        let mut named = list_named(scene, from, id);
        let more_named = named.len().saturating_sub(CLAIMS);
        named.truncate(CLAIMS);
        Self {
            row,
            kind: describe_kind(standard, catalogue.criterion(id)),
            standard: scene.standard_link(from, id.standard),
            groups: catalogue
                .groups_of(id)
                .map(|group| scene.group_link(from, group))
                .collect(),
            claims: first
                .into_iter()
                .map(|piece| build_claim(scene, from, id, piece))
                .collect(),
            more_claims: others
                .into_iter()
                .map(|piece| scene.entry_link(from, piece.entry))
                .collect(),
            // A public site does not say how much it withholds.
            unseen: if is_public { 0 } else { unseen.len() },
            named,
            more_named,
            decisions: from.link_to("decisions.html"),
            twins: twins
                .into_iter()
                .filter(|&id| scene.coverage.line(id).is_some())
                .map(link)
                .collect(),
            more_twins,
            next_open: find_next_open(scene, id).filter(|_| !is_public).map(link),
            next_to_assess: link_next_code(scene, from, id),
            previous: at.checked_sub(1).and_then(beside),
            next: beside(at + 1),
        }
    }
}

/// Claims in the order of the page, and those that are only linked.
fn order_claims<'a>(
    scene: &RenderContext<'_>,
    id: CriterionId,
    mut claims: Vec<&'a Piece>,
) -> (Vec<&'a Piece>, Vec<&'a Piece>) {
    let waits = |piece: &Piece| scene.to_assess().is_undecided(piece.entry, id);
    // Pieces are sorted by date, oldest first.
    claims.reverse();
    claims.sort_by_cached_key(|piece| !waits(piece));
    let others = claims.split_off(claims.len().min(CLAIMS));
    (claims, others)
}

/// The feedback that names a criterion without a verdict on it, newest first.
fn list_named(scene: &RenderContext<'_>, from: &SitePath, id: CriterionId) -> Vec<FeedbackView> {
    if !scene.disclosure.feedback {
        return Vec::new();
    }
    let of = |one: &Naming| &scene.portfolio.entries[one.entry].decisions[one.decision];
    let mut named = scene.named_in_feedback().of(id).to_vec();
    named.sort_by_key(|one| std::cmp::Reverse((of(one).date, one.entry, one.decision)));
    let view = |one: &Naming| {
        let decision = of(one);
        let (role, author) = (decision.role.title(), &decision.assessor);
        FeedbackView {
            entry: scene.entry_link(from, one.entry),
            by: format!("{role} {author}, {}", in_words(decision.date)),
            defects: describe_defects(decision),
            html: markup::render_plain(&select_naming(scene, decision, id).join("\n\n")),
        }
    };
    named.iter().map(view).collect()
}

/// A link to a criterion with its code and the beginning of its statement.
fn name_neighbour(scene: &RenderContext<'_>, from: &SitePath, line: &Line) -> Link {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    let text = shortened(&format_statement(&criterion.text), 40);
    let bare = scene.criterion_link(from, line.criterion);
    Link {
        label: format!("{} {text}", bare.label),
        ..bare
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
        .map(|standing| &entry.decisions[standing.decision])
        .filter(|_| scene.disclosure.feedback);
    let own = last.map_or_else(Vec::new, |last| select_feedback(scene, last, id));
    let is_all = last.is_none_or(|last| {
        let all = last.feedback.as_deref().unwrap_or_default();
        list_paragraphs(all).len() == own.len()
    });
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
        feedback: if own.is_empty() {
            String::new()
        } else {
            markup::render_plain(&own.join("\n\n"))
        },
        whole_feedback: last
            .filter(|_| !is_all)
            .map_or_else(String::new, render_feedback),
    }
}
