//! The home page: progress at a glance.

use jiff::civil::Date;
use serde::Serialize;

use super::link::Link;
use super::plan;
use super::rows::{Bar, EntryList};
use super::scene::RenderContext;
use crate::cover::days;
use crate::files::SitePath;
use crate::model::{Audience, GroupId, Line, State, StateCounts};
use crate::text::{counted, in_words};

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// Progress in one sentence.
    pub sentence: String,
    /// Progress against the plan; empty if no dates are set.
    pub plan: String,
    /// Activity in the last 30 days.
    pub lately: String,
    /// The page of changes.
    pub changes: String,
    /// Start and planned end, in words; empty if unknown.
    pub programme: String,
    /// The state of the chain of decisions, in words; empty on a public site.
    pub decisions: String,
    pub standards: Vec<StandardSummary>,
    /// Next steps, nearest to completion first.
    pub next_steps: Vec<NextStep>,
    pub recent: EntryList,
}

/// A standard at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct StandardSummary {
    pub title: String,
    /// Its page; empty if it has none.
    pub href: String,
    pub matrix: String,
    pub official: bool,
    pub bar: Bar,
    pub kinds: Vec<PartSummary>,
    pub groups: Vec<PartSummary>,
    /// Criteria without evidence.
    pub missing: Vec<Link>,
    /// Criteria that are thin or only drafted.
    pub thin: Vec<Link>,
}

/// A kind or group at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct PartSummary {
    pub name: String,
    /// Its page; empty for kinds.
    pub href: String,
    /// The statement; empty for kinds.
    pub text: String,
    /// The state; empty for kinds.
    pub state: &'static str,
    pub bar: Bar,
    /// Without criteria that all groups share; `None` if there are none.
    pub own: Option<Bar>,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize)]
pub struct NextStep {
    pub link: Link,
    pub state: &'static str,
    /// The step that would improve the state.
    pub next: String,
}

impl HomePage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath) -> Self {
        let all = scene.coverage.standards.len();
        let newest: Vec<usize> = scene.visible.iter().rev().take(5).copied().collect();
        Self {
            sentence: describe_progress(scene),
            plan: plan::describe(scene),
            lately: describe_last_month(scene),
            changes: from.link_to("changes.html"),
            programme: describe_programme(scene),
            decisions: describe_chain(scene),
            standards: (0..all)
                .map(|at| summarise_standard(scene, from, at))
                .collect(),
            next_steps: list_next_steps(scene, from),
            recent: EntryList::new(scene, from, &newest),
        }
    }
}

fn describe_progress(scene: &RenderContext<'_>) -> String {
    let counts = scene.coverage.counts();
    let (complete, of) = (counts.complete(), counts.out_of());
    let accepted = counts.of_state(State::Accepted);
    let missing = counts.of_state(State::Gap);
    let halfway = of - complete - missing;
    format!(
        "{complete} of {of} criteria are evidenced, {accepted} of them accepted by an assessor; \
         {halfway} are begun and {missing} have nothing yet."
    )
}

fn describe_last_month(scene: &RenderContext<'_>) -> String {
    let today = scene.coverage.as_of;
    let recent = |date: Date| (0..=30).contains(&days(date, today));
    let entries = || scene.visible.iter().map(|&at| &scene.portfolio.entries[at]);
    let written = entries()
        .filter(|entry| entry.front_matter.date.is_some_and(recent))
        .count();
    let decided = entries()
        .flat_map(|entry| &entry.decisions)
        .filter(|decision| recent(decision.date))
        .count();
    format!(
        "In the last 30 days: {} written, {}.",
        counted(written, "entry"),
        counted(decided, "decision")
    )
}

/// The state of the chain of decisions, in words; empty on a public site.
pub(super) fn describe_chain(scene: &RenderContext<'_>) -> String {
    if scene.audience == Audience::Public {
        String::new()
    } else {
        scene.portfolio.chain.in_words()
    }
}

fn describe_programme(scene: &RenderContext<'_>) -> String {
    let settings = &scene.portfolio.settings;
    match (settings.start, settings.planned_end) {
        (Some(start), Some(end)) => format!("{} to {} (planned)", in_words(start), in_words(end)),
        (Some(start), None) => format!("from {}", in_words(start)),
        _ => String::new(),
    }
}

fn summarise_standard(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> StandardSummary {
    let standard = scene.portfolio.catalogue.standard(at);
    let coverage = &scene.coverage.standards[at];
    let codes = |wanted: &dyn Fn(State) -> bool| {
        let open = coverage
            .lines
            .iter()
            .filter(|line| !line.is_waived() && wanted(line.state));
        open.map(|line| scene.criterion_link(from, line.criterion))
            .collect()
    };
    StandardSummary {
        title: standard.full_title(),
        href: from.link_to(&scene.routes.standard(at)),
        matrix: from.link_to(&scene.routes.matrix(at)),
        official: standard.official,
        bar: Bar::of(&coverage.counts),
        kinds: summarise_kinds(scene, at),
        groups: summarise_groups(scene, from, at),
        missing: codes(&|state| state == State::Gap),
        thin: codes(&|state| matches!(state, State::Drafted | State::Thin)),
    }
}

/// Counts by kind of criterion.
pub(super) fn summarise_kinds(scene: &RenderContext<'_>, at: usize) -> Vec<PartSummary> {
    let standard = scene.portfolio.catalogue.standard(at);
    let lines = &scene.coverage.standards[at].lines;
    let kind = |(at, kind): (usize, &crate::model::Kind)| {
        let of_kind = lines
            .iter()
            .filter(|line| standard.criteria[line.criterion.criterion].kind == at);
        PartSummary {
            name: kind.title.clone(),
            href: String::new(),
            text: String::new(),
            state: "",
            bar: Bar::of(&StateCounts::of(of_kind)),
            own: None,
        }
    };
    standard.kinds.iter().enumerate().map(kind).collect()
}

/// Counts by group, incomplete groups first.
pub(super) fn summarise_groups(
    scene: &RenderContext<'_>,
    from: &SitePath,
    at: usize,
) -> Vec<PartSummary> {
    let standard = scene.portfolio.catalogue.standard(at);
    let group = |(group, known): (usize, &crate::model::Group)| {
        let id = GroupId {
            standard: at,
            group,
        };
        let line = scene.coverage.group(id);
        PartSummary {
            name: known.code.value.to_string(),
            href: from.link_to(scene.routes.group(id)),
            text: super::rows::format_statement(&known.text),
            state: line.state.word(),
            bar: Bar::of(&line.counts),
            own: (line.own != line.counts).then(|| Bar::of(&line.own)),
        }
    };
    let mut groups: Vec<PartSummary> = standard.groups.iter().enumerate().map(group).collect();
    // The sort is stable: otherwise the order of the standard.
    groups.sort_by_key(|group| group.bar.complete == group.bar.of);
    groups
}

/// Criteria that are neither complete nor waived, best state first: a referred or drafted piece is
/// less work than a new one.
pub(super) fn list_open<'a>(scene: &RenderContext<'a>) -> Vec<&'a Line> {
    let lines = scene.coverage.lines();
    let mut open: Vec<&Line> = lines
        .filter(|line| !line.is_waived() && !line.state.is_complete())
        .collect();
    open.sort_by_key(|line| (std::cmp::Reverse(line.state), line.criterion));
    open
}

fn list_next_steps(scene: &RenderContext<'_>, from: &SitePath) -> Vec<NextStep> {
    let step = |line: &Line| NextStep {
        link: scene.criterion_link(from, line.criterion),
        state: line.state.word(),
        next: line.next.clone().unwrap_or_default(),
    };
    list_open(scene).into_iter().take(8).map(step).collect()
}
