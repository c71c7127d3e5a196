//! The home page: how far the portfolio is, and what to do next.

use jiff::civil::Date;
use serde::Serialize;

use super::deciding::{TO_DECIDE, count_waiting};
use super::link::Link;
use super::plan;
use super::rows::{Bar, EntryList, StateLabel, format_date, format_statement};
use super::scene::RenderContext;
use super::steps::{NextStep, list_steps};
use crate::cover::{EntryToAssess, days};
use crate::files::SitePath;
use crate::model::{Audience, GroupId, Line, State, StateCounts};
use crate::text::{counted, plural};

/// The entries in the list of what waits for a decision.
const WAITING: usize = 5;

/// The entries in the list of the latest.
const LATEST: usize = 3;

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// The states of all criteria in one sentence.
    pub sentence: String,
    /// All criteria.
    pub bar: Bar,
    /// Progress against the plan and lately, in sentences.
    pub status: String,
    /// The page of changes.
    pub changes: String,
    /// What is wrong with the decisions; empty if nothing is.
    pub warning: String,
    /// What waits for a decision; `None` if this is not the site of an assessor.
    pub waiting: Option<Waiting>,
    /// What the learner's assessor has to decide; `None` if that is nothing, or on other sites.
    pub with_assessor: Option<Link>,
    /// A first step for a portfolio without entries.
    pub welcome: Option<Welcome>,
    /// The most urgent steps, at most five.
    pub steps: Vec<NextStep>,
    /// The page of everything that needs work.
    pub gaps: String,
    pub standards: Vec<StandardSummary>,
    /// The latest entries.
    pub recent: EntryList,
}

/// Claims that wait for a decision.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// `47 claims to decide in 21 entries`.
    pub words: String,
    /// The page of all of them.
    pub href: String,
    /// Those that wait longest.
    pub entries: Vec<WaitingRow>,
}

/// An entry that waits for a decision.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingRow {
    pub entry: Link,
    /// The date in words.
    pub date: String,
    pub codes: Vec<Link>,
}

/// The first page of a new portfolio.
#[derive(Clone, Debug, Serialize)]
pub struct Welcome {
    /// A code to begin with.
    pub code: Link,
    pub text: String,
    pub prompts: Vec<String>,
}

/// A standard at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct StandardSummary {
    pub title: String,
    /// Its page.
    pub href: String,
    pub matrix: String,
    pub official: bool,
    pub bar: Bar,
    /// The number of criteria in each state, best state first.
    pub counts: Vec<usize>,
    /// Progress against the plan, in words; empty if there is no plan, or no other standard.
    pub plan: String,
}

/// A kind or group at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct PartSummary {
    pub name: String,
    /// Its page; empty for kinds.
    pub href: String,
    /// The statement; empty for kinds.
    pub text: String,
    /// The state; `None` for kinds.
    pub state: Option<StateLabel>,
    pub bar: Bar,
    /// Without criteria that all groups share; `None` if there are none.
    pub own: Option<Bar>,
}

impl HomePage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath) -> Self {
        let all = scene.coverage.standards.len();
        let counts = scene.coverage.counts();
        let newest = scene.visible.iter().rev().take(LATEST);
        let newest: Vec<usize> = newest.copied().collect();
        let is_public = scene.audience == Audience::Public;
        Self {
            sentence: describe_progress(&counts),
            bar: Bar::of(&counts),
            status: if is_public {
                String::new()
            } else {
                describe_status(scene)
            },
            changes: from.link_to("changes.html"),
            warning: describe_broken_chain(scene),
            waiting: (scene.audience == Audience::Assessor).then(|| find_waiting(scene, from)),
            with_assessor: link_waiting(scene, from),
            welcome: welcome(scene, from),
            steps: list_steps(scene, from),
            gaps: if scene.has_gaps() {
                from.link_to("gaps.html")
            } else {
                String::new()
            },
            standards: (0..all)
                .map(|at| summarise_standard(scene, from, at))
                .collect(),
            recent: EntryList::new(scene, from, &newest),
        }
    }
}

/// `48 of 119 accepted, 34 ready to assess, 17 need more, 20 without evidence.`
pub(super) fn describe_progress(counts: &StateCounts) -> String {
    let of = |state| counts.of_state(state);
    let begun = [State::Thin, State::Drafted].map(of);
    let mut words = format!("{} of {} accepted", of(State::Accepted), counts.out_of());
    let parts = [
        (of(State::Evidenced), "ready to assess"),
        (begun[0], plural(begun[0], "needs more", "need more")),
        (begun[1], "draft only"),
        (of(State::Gap), "without evidence"),
    ];
    for (number, what) in parts.into_iter().filter(|(number, _)| *number > 0) {
        words = format!("{words}, {number} {what}");
    }
    words + "."
}

/// The plan, the last month and the decisions, in one line.
fn describe_status(scene: &RenderContext<'_>) -> String {
    let has_problem = scene.portfolio.chain.has_problem();
    let decisions = (!has_problem).then(|| describe_chain(scene));
    let parts = [
        if has_one_plan(scene) {
            plan::describe(scene, None)
        } else {
            String::new()
        },
        describe_last_month(scene),
        decisions.unwrap_or_default(),
    ];
    parts.join(" ").trim().to_owned()
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
        "Last 30 days: {}, {}.",
        counted(written, "entry"),
        counted(decided, "decision")
    )
}

/// The state of the chain of decisions, in words; empty on a public site.
pub(super) fn describe_chain(scene: &RenderContext<'_>) -> String {
    if scene.audience == Audience::Public {
        String::new()
    } else {
        scene.portfolio.chain.summary()
    }
}

/// What is wrong with the decisions; empty if nothing is, or on a public site.
fn describe_broken_chain(scene: &RenderContext<'_>) -> String {
    if scene.portfolio.chain.has_problem() {
        describe_chain(scene)
    } else {
        String::new()
    }
}

fn find_waiting(scene: &RenderContext<'_>, from: &SitePath) -> Waiting {
    let list = scene.to_assess();
    let row = |one: &EntryToAssess| WaitingRow {
        entry: scene.entry_link(from, one.entry),
        date: format_date(scene.portfolio.entries[one.entry].front_matter.date),
        codes: one
            .claims
            .iter()
            .map(|&(id, _)| scene.criterion_link(from, id))
            .collect(),
    };
    Waiting {
        words: count_waiting(list.claims(), list.entries.len()),
        href: from.link_to(TO_DECIDE),
        entries: list.entries.iter().take(WAITING).map(row).collect(),
    }
}

/// A link to what the learner waits for, on their own site; `None` if that is nothing.
fn link_waiting(scene: &RenderContext<'_>, from: &SitePath) -> Option<Link> {
    if scene.audience != Audience::Private || scene.to_assess().entries.is_empty() {
        return None;
    }
    let list = scene.to_assess();
    Some(Link {
        href: from.link_to(TO_DECIDE),
        label: format!(
            "Your assessor has {}",
            count_waiting(list.claims(), list.entries.len())
        ),
    })
}

/// One code to begin with, if the learner has no entry yet.
fn welcome(scene: &RenderContext<'_>, from: &SitePath) -> Option<Welcome> {
    let is_new = scene.portfolio.entries.is_empty() && scene.audience == Audience::Private;
    let line = scene.coverage.lines().find(|line| !line.is_waived())?;
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    is_new.then(|| Welcome {
        code: scene.criterion_link(from, line.criterion),
        text: format_statement(&criterion.text),
        prompts: criterion.prompts.clone(),
    })
}

fn summarise_standard(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> StandardSummary {
    let standard = scene.portfolio.catalogue.standard(at);
    let counts = &scene.coverage.standards[at].counts;
    let states = State::ALL.into_iter().rev();
    StandardSummary {
        title: standard.full_title(),
        href: from.link_to(&scene.routes.standard(at)),
        matrix: from.link_to(&scene.routes.matrix(at)),
        official: standard.official,
        bar: Bar::of(counts),
        counts: states.map(|state| counts.of_state(state)).collect(),
        plan: if has_one_plan(scene) {
            String::new()
        } else {
            plan::describe(scene, Some(at))
        },
    }
}

/// Whether progress is described once. Standards have a pace of their own, and none for all of them
/// together is true of any; a public site has no plan.
fn has_one_plan(scene: &RenderContext<'_>) -> bool {
    scene.coverage.standards.len() < 2 || scene.audience == Audience::Public
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
            state: None,
            bar: Bar::of(&StateCounts::of(of_kind)),
            own: None,
        }
    };
    standard.kinds.iter().enumerate().map(kind).collect()
}

/// Counts by group, in the order of the standard.
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
            text: format_statement(&known.text),
            state: Some(StateLabel::of_group(line.state)),
            bar: Bar::of(&line.counts),
            own: (line.own != line.counts).then(|| Bar::of(&line.own)),
        }
    };
    standard.groups.iter().enumerate().map(group).collect()
}

/// Criteria that are neither complete nor waived, best state first: a referred or drafted entry is
/// less work than a new one.
pub(super) fn list_open<'a>(scene: &RenderContext<'a>) -> Vec<&'a Line> {
    let lines = scene.coverage.lines();
    let mut open: Vec<&Line> = lines
        .filter(|line| !line.is_waived() && !line.state.is_complete())
        .collect();
    open.sort_by_key(|line| (std::cmp::Reverse(line.state), line.criterion));
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_agrees_with_none_one_and_two() {
        let counts = |by_state| StateCounts {
            total: 9,
            waived: 1,
            by_state,
        };
        let words = [[0, 0, 1, 0, 7], [1, 1, 2, 2, 2]].map(|one| describe_progress(&counts(one)));
        assert_eq!(
            words,
            [
                "7 of 8 accepted, 1 needs more.",
                "2 of 8 accepted, 2 ready to assess, 2 need more, 1 draft only, 1 without evidence."
            ]
        );
    }
}
