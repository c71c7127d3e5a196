//! One entry: its text with the passages marked, and everything that belongs to it.

use serde::Serialize;

use super::attachment::{AttachmentView, attachment};
use super::deciding::Deciding;
use super::decisions::{DecisionView, decisions, standing};
use super::details::{Detail, details};
use super::entry_body::entry_body;
use super::link::Link;
use super::rows::{date_or_unknown, disclosed_state, statement};
use super::scene::Scene;
use crate::cover::ActionState;
use crate::files::SitePath;
use crate::model::{Entry, Status};
use crate::text::in_words;

/// The page of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct EntryPage {
    /// Its title.
    pub title: String,
    /// Its type in words.
    pub kind: &'static str,
    /// The day it was written, in words.
    pub date: String,
    /// The day for machines; empty where unknown.
    pub datetime: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Stages of its model, in the model's order; those without a heading have no link.
    pub stages: Vec<StageView>,
    /// The model's title; empty where it has none.
    pub model: String,
    /// The text, as HTML.
    pub body: String,
    /// What it claims.
    pub claims: Vec<EntryClaim>,
    /// Names and values that belong to its type.
    pub details: Vec<Detail>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// What the learner will do.
    pub actions: Vec<ActionView>,
    /// Decisions, oldest first.
    pub decisions: Vec<DecisionView>,
    /// What a decision about it is composed from, on the page itself; none where nobody is to decide here.
    pub deciding: Option<Deciding>,
    /// Whether the author states that it is anonymised.
    pub anonymised: bool,
    /// The entry before it.
    pub previous: Option<Link>,
    /// The entry after it.
    pub next: Option<Link>,
}

/// One stage in the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    /// Its name.
    pub name: String,
    /// Its place on the page; empty where it has no heading.
    pub href: String,
    /// Where it stands on the drawn cycle, from the left, of 100.
    pub x: i32,
    /// And from the top, of 100.
    pub y: i32,
}

/// One criterion beside the text.
#[derive(Clone, Debug, Serialize)]
pub struct EntryClaim {
    /// Its code.
    pub code: String,
    /// The code as a decision file names it: with its standard where another has the same.
    pub key: String,
    /// Its page.
    pub href: String,
    /// Its statement.
    pub text: String,
    /// Its state.
    pub state: &'static str,
    /// What is decided about this claim, in words.
    pub verdict: String,
    /// The learner's reason.
    pub justification: String,
    /// The passages, as places on the page.
    pub passages: Vec<Link>,
    /// Whether nothing else counts for it.
    pub only: bool,
}

/// Something the learner will do.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// What.
    pub what: String,
    /// By when, in words; empty where no day is set.
    pub by: String,
    /// `open`, `late` or `done`.
    pub state: &'static str,
    /// When it was done, in words.
    pub done: String,
    /// The entry that closes it.
    pub closed_by: Option<Link>,
}

impl EntryPage {
    /// The page of the entry at `at`.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath, at: usize) -> Self {
        let entry = &scene.portfolio.entries[at];
        let place = scene.visible.binary_search(&at).unwrap_or(0);
        let link = |at: usize| scene.entry_link(from, at);
        Self {
            title: entry.title.clone(),
            kind: entry.kind.title(),
            date: date_or_unknown(entry.date),
            datetime: entry.date.map_or_else(String::new, |date| date.to_string()),
            draft: entry.status == Status::Draft,
            stages: stages(scene, entry),
            model: entry.model.map_or_else(String::new, |model| {
                scene.portfolio.models[model].title.clone()
            }),
            body: entry_body(scene, from, at, None),
            claims: claims(scene, from, at),
            details: details(scene, entry),
            attachments: entry
                .attachments
                .iter()
                .map(|one| attachment(scene, from, entry, one))
                .collect(),
            actions: actions(scene, from, entry),
            decisions: decisions(scene, entry),
            deciding: Deciding::new(scene, at),
            anonymised: entry.anonymised,
            previous: place.checked_sub(1).map(|at| link(scene.visible[at])),
            next: scene.visible.get(place + 1).map(|&next| link(next)),
        }
    }
}

fn stages(scene: &Scene<'_>, entry: &Entry) -> Vec<StageView> {
    let Some(model) = entry.model.map(|model| &scene.portfolio.models[model]) else {
        return Vec::new();
    };
    let view = |(at, stage): (usize, &crate::model::StageModel)| {
        let found = entry.stages.iter().find(|found| found.stage == at);
        let anchor = found.map(|found| &entry.body.sections[found.section].anchor);
        let (x, y) = on_the_cycle(at, model.stages.len());
        StageView {
            x,
            y,
            name: stage.name.value.clone(),
            href: anchor.map_or_else(String::new, |anchor| ["#", anchor].concat()),
        }
    };
    let is_shown = |stage: &StageView| scene.disclosure.states || !stage.href.is_empty();
    model
        .stages
        .iter()
        .enumerate()
        .map(view)
        .filter(is_shown)
        .collect()
}

/// The place of one of several stages on a circle that begins at the top and goes with the clock.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a handful of stages, and whole hundredths"
)]
fn on_the_cycle(stage: usize, stages: usize) -> (i32, i32) {
    let angle = std::f64::consts::TAU * stage as f64 / stages as f64;
    let (sin, cos) = angle.sin_cos();
    (
        (50.0 + 38.0 * sin).round() as i32,
        (50.0 - 38.0 * cos).round() as i32,
    )
}

fn claims(scene: &Scene<'_>, from: &SitePath, at: usize) -> Vec<EntryClaim> {
    let entry = &scene.portfolio.entries[at];
    let catalogue = &scene.portfolio.catalogue;
    let mut claims = Vec::new();
    for (claim, known) in scene.coverage.of_claims(at, &entry.claims) {
        let Some((line, piece)) = known else {
            continue;
        };
        let criterion = catalogue.criterion(claim.criterion);
        let passage = |&at: &usize| {
            let passage = &entry.body.passages[at];
            Link {
                href: ["#", &passage.anchor].concat(),
                label: format!("¶{}", passage.paragraph),
            }
        };
        claims.push(EntryClaim {
            code: criterion.code.value.to_string(),
            key: scene.file_code(claim.criterion),
            href: from.link_to(scene.routes.criterion(claim.criterion)),
            text: statement(&criterion.text),
            state: disclosed_state(scene, line),
            verdict: standing(scene, claim.criterion, piece),
            justification: claim.justification().unwrap_or_default().to_owned(),
            passages: claim.passages.iter().map(passage).collect(),
            only: scene.disclosure.states && line.stands_on(piece),
        });
    }
    claims
}

fn actions(scene: &Scene<'_>, from: &SitePath, entry: &Entry) -> Vec<ActionView> {
    // What is late is nobody's business but of those who assess.
    if !scene.disclosure.feedback {
        return Vec::new();
    }
    let view = |action: &crate::model::Action| {
        let closing = action
            .closed_by
            .as_ref()
            .and_then(|id| scene.portfolio.index.by_id(&id.value));
        ActionView {
            what: action.what.value.clone(),
            by: action.by.map_or_else(String::new, in_words),
            state: ActionState::of(scene.portfolio, entry, action, scene.coverage.as_of).word(),
            done: action.done.map_or_else(String::new, in_words),
            closed_by: closing
                .filter(|&at| scene.may_see(at))
                .map(|at| scene.entry_link(from, at)),
        }
    };
    entry.actions.iter().map(view).collect()
}
