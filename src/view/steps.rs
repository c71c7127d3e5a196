//! The most urgent steps of the apprentice, by entry.

use serde::Serialize;

use super::feedback::{list_paragraphs, select_feedback};
use super::link::Link;
use super::rows::format_statement;
use super::scene::RenderContext;
use crate::cover::{Referral, nearest_entries, open_referrals};
use crate::files::SitePath;
use crate::model::{CriterionId, Line, State, Status, Verdict};
use crate::text::{first_sentence, shortened};

/// The most steps on the home page: a longer list discourages.
const STEPS: usize = 5;

/// One thing to do.
#[derive(Clone, Debug, Serialize)]
pub struct NextStep {
    /// What to do, before the link.
    pub action: &'static str,
    /// The entry to work on; `None` if one has to be written.
    pub entry: Option<Link>,
    pub codes: Vec<StepCode>,
    /// The statement of a code without evidence; empty for others.
    pub text: String,
    /// The first sentence of the feedback, or a question to begin with; empty if there is none.
    pub hint: String,
    /// Whether `hint` is feedback.
    pub is_feedback: bool,
    /// Entries that come nearest to the statement.
    pub near: Vec<Link>,
}

/// A code of a step.
#[derive(Clone, Debug, Serialize)]
pub struct StepCode {
    pub link: Link,
    /// What was decided; empty if nothing was.
    pub verdict: &'static str,
}

/// The most urgent steps: referrals, drafts, what has no evidence, what needs more.
pub(super) fn list_steps(scene: &RenderContext<'_>, from: &SitePath) -> Vec<NextStep> {
    if !scene.has_gaps() {
        return Vec::new();
    }
    let mut steps = list_referred(scene, from);
    steps.extend(list_drafts(scene, from));
    let open = scene.coverage.lines().filter(|line| !line.is_waived());
    let mut open: Vec<&Line> = open
        .filter(|line| match line.state {
            State::Gap => true,
            State::Thin => line.counting().next().is_some(),
            _ => false,
        })
        .collect();
    open.sort_by_key(|line| line.state);
    let missing = STEPS.saturating_sub(steps.len());
    steps.extend(
        open.into_iter()
            .take(missing)
            .map(|line| build_open(scene, from, line)),
    );
    steps.truncate(STEPS);
    steps
}

fn name_code(scene: &RenderContext<'_>, from: &SitePath, id: CriterionId) -> StepCode {
    StepCode {
        link: scene.criterion_link(from, id),
        verdict: "",
    }
}

fn list_referred(scene: &RenderContext<'_>, from: &SitePath) -> Vec<NextStep> {
    let mut open = open_referrals(scene.portfolio, scene.coverage);
    open.retain(|one| !one.resubmitted && scene.is_visible(one.entry));
    let step = |together: &[Referral<'_>]| {
        let first = together.first()?;
        let code = |one: &Referral<'_>| StepCode {
            verdict: match one.verdict {
                Verdict::Partly => "partly accepted",
                _ => "referred",
            },
            ..name_code(scene, from, one.criterion)
        };
        let feedback = first.decision.feedback.as_deref().unwrap_or_default();
        let own = select_feedback(scene, first.decision, first.criterion);
        let paragraph = own.into_iter().next();
        let paragraph = paragraph.or_else(|| list_paragraphs(feedback).into_iter().next());
        Some(NextStep {
            action: "Improve",
            entry: Some(scene.entry_link(from, first.entry)),
            codes: together.iter().map(code).collect(),
            text: String::new(),
            hint: shortened(
                first_sentence(&show_plainly(&paragraph.unwrap_or_default())),
                160,
            ),
            is_feedback: true,
            near: Vec::new(),
        })
    };
    open.chunk_by(|a, b| a.entry == b.entry)
        .filter_map(step)
        .collect()
}

/// Markdown without its marks of emphasis and code, on one line.
fn show_plainly(markdown: &str) -> String {
    markdown.replace(['*', '`'], "").replace('\n', " ")
}

/// Drafts whose submission would give a code its first evidence.
fn list_drafts(scene: &RenderContext<'_>, from: &SitePath) -> Vec<NextStep> {
    let step = |&at: &usize| {
        let entry = &scene.portfolio.entries[at];
        if entry.front_matter.status != Status::Draft {
            return None;
        }
        let known = scene.coverage.of_claims(at, &entry.claims);
        let codes = known.filter_map(|(claim, known)| {
            let (line, _) = known?;
            (line.state == State::Drafted && !line.is_waived())
                .then(|| name_code(scene, from, claim.criterion))
        });
        let codes: Vec<StepCode> = codes.collect();
        (!codes.is_empty()).then(|| NextStep {
            action: "Finish the draft",
            entry: Some(scene.entry_link(from, at)),
            codes,
            text: String::new(),
            hint: String::new(),
            is_feedback: false,
            near: Vec::new(),
        })
    };
    scene.visible.iter().filter_map(step).collect()
}

fn build_open(scene: &RenderContext<'_>, from: &SitePath, line: &Line) -> NextStep {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    NextStep {
        action: if line.state == State::Gap {
            "Find evidence for"
        } else {
            "Add evidence for"
        },
        entry: None,
        codes: vec![name_code(scene, from, line.criterion)],
        text: shortened(&format_statement(&criterion.text), 120),
        hint: criterion.prompts.first().cloned().unwrap_or_default(),
        is_feedback: false,
        near: list_near(scene, from, line.criterion),
    }
}

/// Visible entries that come nearest to a statement and do not claim it.
pub(super) fn list_near(scene: &RenderContext<'_>, from: &SitePath, id: CriterionId) -> Vec<Link> {
    let near = nearest_entries(scene.portfolio, id).into_iter();
    near.filter(|&at| scene.is_visible(at))
        .map(|at| scene.entry_link(from, at))
        .collect()
}
