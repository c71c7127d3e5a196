//! The page of an entry: its text with marked passages, claims, files, actions and decisions.

use serde::Serialize;

use super::attachment::{AttachmentView, list_attachments};
use super::criterion::PassageView;
use super::deciding::{AssessTrail, Deciding};
use super::decisions::{DecisionView, describe_standing, list_decisions, name_pill};
use super::details::{Detail, list_details};
use super::entry_body::render_body;
use super::link::Link;
use super::rows::{StateLabel, disclose_state, format_date, format_statement};
use super::scene::RenderContext;
use crate::cover::ActionState;
use crate::files::SitePath;
use crate::model::{Entry, Status, Visibility};
use crate::text::in_words;

#[derive(Clone, Debug, Serialize)]
pub struct EntryPage {
    pub title: String,
    /// The type in words.
    pub kind: &'static str,
    /// The date in words.
    pub date: String,
    /// The date as `2026-03-14`; empty if unknown.
    pub datetime: String,
    pub draft: bool,
    /// Whether only the learner sees it.
    pub private: bool,
    /// Stages in the order of the model; those without a heading have no link.
    pub stages: Vec<StageView>,
    /// The title of the model; empty if there is none.
    pub model: String,
    /// Links to the sections of the text, if it has no stages.
    pub contents: Vec<Link>,
    /// HTML.
    pub body: String,
    pub claims: Vec<EntryClaim>,
    pub details: Vec<Detail>,
    pub attachments: Vec<AttachmentView>,
    pub actions: Vec<ActionView>,
    /// Oldest first.
    pub decisions: Vec<DecisionView>,
    /// Data of the form for a decision; `None` if the page has none.
    pub deciding: Option<Deciding>,
    /// The way to the next entry to assess; `None` on a public site.
    pub to_assess: Option<AssessTrail>,
    pub anonymised: bool,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

/// A stage in the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    pub name: String,
    /// A fragment; empty if the stage has no heading.
    pub href: String,
    /// Position on the drawn cycle from the left, in percent.
    pub x: i32,
    /// Position from the top, in percent.
    pub y: i32,
}

/// A claim beside the text.
#[derive(Clone, Debug, Serialize)]
pub struct EntryClaim {
    pub code: String,
    /// The code in a decision file: with its standard if another has the same code.
    pub key: String,
    /// The page of the criterion.
    pub href: String,
    pub text: String,
    /// The state; `None` if the audience may not see states.
    pub state: Option<StateLabel>,
    /// The decision in force, in words.
    pub verdict: String,
    /// The class of the pill that shows the verdict; empty if there is none.
    pub pill: &'static str,
    pub justification: String,
    /// Passages with fragments on the page.
    pub passages: Vec<PassageView>,
    /// Whether no other piece counts for the criterion.
    pub only: bool,
}

/// An action of the learner.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    pub what: String,
    /// The due date in words; empty if there is none.
    pub by: String,
    /// `open`, `late` or `done`.
    pub state: &'static str,
    /// The date in words; empty if it is not done.
    pub done: String,
    pub closed_by: Option<Link>,
}

impl EntryPage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> Self {
        let entry = &scene.portfolio.entries[at];
        let body = render_body(scene, from, at, None);
        let place = scene.visible.binary_search(&at).unwrap_or(0);
        let link = |at: usize| scene.entry_link(from, at);
        Self {
            title: entry.front_matter.title.clone(),
            kind: entry.front_matter.kind.title(),
            date: format_date(entry.front_matter.date),
            datetime: entry
                .front_matter
                .date
                .map_or_else(String::new, |date| date.to_string()),
            draft: entry.front_matter.status == Status::Draft,
            private: entry.front_matter.visibility == Visibility::Private,
            stages: list_stages(scene, entry),
            model: entry.reflection.model.map_or_else(String::new, |model| {
                scene.portfolio.models[model].title.clone()
            }),
            claims: list_claims(scene, from, at),
            details: list_details(scene, entry),
            attachments: list_attachments(scene, from, entry, &body),
            contents: list_contents(entry),
            body,
            actions: list_actions(scene, from, entry),
            decisions: list_decisions(scene, from, entry),
            deciding: Deciding::new(scene, at),
            to_assess: AssessTrail::new(scene, from, at),
            anonymised: entry.front_matter.anonymised,
            previous: place.checked_sub(1).map(|at| link(scene.visible[at])),
            next: scene.visible.get(place + 1).map(|&next| link(next)),
        }
    }
}

/// Links to the sections of the text; none if its stages are linked already.
fn list_contents(entry: &Entry) -> Vec<Link> {
    if entry.reflection.model.is_some() {
        return Vec::new();
    }
    let sections = entry.body.sections.iter();
    let top = sections.clone().map(|section| section.rank).min();
    sections
        .filter(|section| Some(section.rank) == top)
        .map(|section| Link {
            href: ["#", &section.anchor].concat(),
            label: section.heading.clone(),
        })
        .collect()
}

fn list_stages(scene: &RenderContext<'_>, entry: &Entry) -> Vec<StageView> {
    let Some(model) = entry
        .reflection
        .model
        .map(|model| &scene.portfolio.models[model])
    else {
        return Vec::new();
    };
    let view = |(at, stage): (usize, &crate::model::StageModel)| {
        let found = entry
            .reflection
            .stages
            .iter()
            .find(|found| found.stage == at);
        let anchor = found.map(|found| &entry.body.sections[found.section].anchor);
        let (x, y) = locate_on_cycle(at, model.stages.len());
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

/// The position of a stage on a circle that starts at the top and runs clockwise, in percent.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a handful of stages, and whole hundredths"
)]
fn locate_on_cycle(stage: usize, stages: usize) -> (i32, i32) {
    let angle = std::f64::consts::TAU * stage as f64 / stages as f64;
    let (sin, cos) = angle.sin_cos();
    (
        (50.0 + 38.0 * sin).round() as i32,
        (50.0 - 38.0 * cos).round() as i32,
    )
}

fn list_claims(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> Vec<EntryClaim> {
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
            PassageView {
                text: passage.text.clone(),
                href: ["#", &passage.anchor].concat(),
                paragraph: passage.paragraph,
            }
        };
        claims.push(EntryClaim {
            code: criterion.code.value.to_string(),
            key: scene.file_code(claim.criterion),
            href: from.link_to(scene.routes.criterion(claim.criterion)),
            text: format_statement(&criterion.text),
            state: disclose_state(scene, line),
            verdict: describe_standing(scene, claim.criterion, piece),
            pill: name_pill(scene, piece),
            justification: claim.justification().unwrap_or_default().to_owned(),
            passages: claim.passages.iter().map(passage).collect(),
            only: scene.disclosure.states && line.depends_on(piece),
        });
    }
    claims
}

fn list_actions(scene: &RenderContext<'_>, from: &SitePath, entry: &Entry) -> Vec<ActionView> {
    // Overdue actions are shown only to those who may see feedback.
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
                .filter(|&at| scene.is_visible(at))
                .map(|at| scene.entry_link(from, at)),
        }
    };
    entry.front_matter.actions.iter().map(view).collect()
}
