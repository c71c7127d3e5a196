//! Rows, bars and phrases that several pages share.

use jiff::civil::Date;
use serde::Serialize;

use super::link::Link;
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{
    Audience, Claim, CriterionId, Flag, GroupState, Known, Line, State, StateCounts, Status,
    Visibility,
};
use crate::text::{in_words, plural};

/// A criterion in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CriterionRow {
    pub code: String,
    /// The page of the criterion.
    pub href: String,
    pub text: String,
    pub state: StateLabel,
    /// Remarks in a word or two each.
    pub flags: Vec<&'static str>,
    /// The reason for the state.
    pub why: String,
    /// The step that would improve the state; empty if nothing is left to do.
    pub next: String,
    /// Questions that help to find evidence.
    pub prompts: Vec<String>,
}

/// A state, a verdict or the result of a check, as pages show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StateLabel {
    /// The shape, which is a class: `state`, `verdict` or `check`.
    pub shape: &'static str,
    /// The word in files and in names of classes: `gap`, `waived`.
    pub key: &'static str,
    /// The words that people read.
    pub words: &'static str,
}

impl StateLabel {
    pub(super) fn of_state(state: State) -> Self {
        Self {
            shape: "state",
            key: state.word(),
            words: state.title(),
        }
    }

    pub(super) fn of_group(state: GroupState) -> Self {
        Self {
            shape: "state",
            key: state.word(),
            words: state.title(),
        }
    }

    /// The state of a line, or `waived`.
    pub(super) fn of_line(line: &Line) -> Self {
        if line.is_waived() {
            Self::of_group(GroupState::Waived)
        } else {
            Self::of_state(line.state)
        }
    }
}

/// A list of entries with their codes.
#[derive(Clone, Debug, Serialize)]
pub struct EntryList {
    pub rows: Vec<EntryRow>,
    /// For each row, indices into `codes`, which thousands of entries share.
    pub claimed: Vec<Vec<usize>>,
    /// Links to the criteria.
    pub codes: Vec<Link>,
}

/// An entry in a list.
#[derive(Clone, Debug, Serialize)]
pub struct EntryRow {
    pub title: String,
    /// The page of the criterion.
    pub href: String,
    /// The date in words.
    pub date: String,
    /// The date as `2026-03-14`; empty if unknown.
    pub datetime: String,
    /// The type in words.
    pub kind: &'static str,
    pub draft: bool,
    /// Whether only the learner sees it.
    pub private: bool,
}

impl EntryList {
    /// A list for the page `from`.
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, entries: &[usize]) -> Self {
        let lines = scene.shown_lines();
        let criteria: Vec<CriterionId> = lines.iter().map(|line| line.criterion).collect();
        let place = |claim: &Claim| criteria.binary_search(&claim.criterion).ok();
        let claimed = |&at: &usize| {
            let entry = &scene.portfolio.entries[at];
            let claims = entry.claims.iter().filter(|_| !entry.is_example);
            claims.filter_map(place).collect()
        };
        let code = |&id: &CriterionId| scene.criterion_link(from, id);
        Self {
            rows: entries
                .iter()
                .map(|&at| build_entry_row(scene, from, at))
                .collect(),
            claimed: entries.iter().map(claimed).collect(),
            codes: criteria.iter().map(code).collect(),
        }
    }
}

/// A segment of a bar.
#[derive(Clone, Debug, Serialize)]
pub struct Segment {
    /// The word in names of classes.
    pub state: &'static str,
    /// The words that people read.
    pub words: &'static str,
    /// Number of criteria.
    pub count: usize,
    /// Start in percent.
    pub x: String,
    /// Width in percent.
    pub width: String,
}

/// Counts as a bar, and in words.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    pub accepted: usize,
    /// Criteria that are ready to assess or accepted.
    pub complete: usize,
    /// All criteria that are not waived.
    pub of: usize,
    /// Criteria that are waived.
    pub waived: usize,
    /// Segments that are not empty, best state first.
    pub segments: Vec<Segment>,
    /// The segments in words.
    pub words: String,
}

impl Bar {
    pub fn of(counts: &StateCounts) -> Self {
        let of = counts.out_of();
        let mut segments = Vec::new();
        let mut before = 0;
        for state in State::ALL.into_iter().rev() {
            let count = counts.of_state(state);
            if count > 0 {
                segments.push(Segment {
                    state: state.word(),
                    words: match state {
                        State::Thin => plural(count, "needs more", "need more"),
                        _ => state.title(),
                    },
                    count,
                    x: format_percent(before, of),
                    width: format_percent(count, of),
                });
            }
            before += count;
        }
        let in_words = |part: &Segment| format!("{} {}", part.count, part.words);
        let mut parts: Vec<String> = segments.iter().map(in_words).collect();
        if counts.waived > 0 {
            parts.push(format!("{} waived", counts.waived));
        }
        Self {
            accepted: counts.of_state(State::Accepted),
            complete: counts.complete(),
            of,
            waived: counts.waived,
            segments,
            words: parts.join(", "),
        }
    }
}

/// `part` of `whole` in percent with two decimals, computed without floating point.
pub(super) fn format_percent(part: usize, whole: usize) -> String {
    let basis = (part * 10_000).checked_div(whole).unwrap_or(0);
    format!("{}.{:02}", basis / 100, basis % 100)
}

/// The text of a statement, or that it is unknown.
pub(super) fn format_statement(text: &Known<String>) -> String {
    match text {
        Known::Known(text) => text.clone(),
        Known::Unknown => "We do not have this code's wording.".to_owned(),
    }
}

/// The state of a line; `None` if the audience may not see states.
pub(super) fn disclose_state(scene: &RenderContext<'_>, line: &Line) -> Option<StateLabel> {
    let is_shown = scene.disclosure.states;
    is_shown.then(|| StateLabel::of_line(line))
}

/// A date in words, or that it is unknown.
pub(super) fn format_date(date: Option<Date>) -> String {
    date.map_or_else(|| "date unknown".to_owned(), in_words)
}

/// The row of a criterion, for the page `from`; `None` if it does not apply to the learner.
pub(super) fn build_criterion_row(
    scene: &RenderContext<'_>,
    from: &SitePath,
    id: CriterionId,
) -> Option<CriterionRow> {
    let line = scene.coverage.line(id)?;
    let criterion = scene.portfolio.catalogue.criterion(id);
    Some(CriterionRow {
        code: criterion.code.value.to_string(),
        href: from.link_to(scene.routes.criterion(id)),
        text: format_statement(&criterion.text),
        state: StateLabel::of_line(line),
        flags: line
            .flags
            .iter()
            .filter(|flag| **flag != Flag::Waived)
            .map(|flag| flag.title())
            .collect(),
        why: line.why.clone(),
        next: describe_next(scene, line),
        prompts: if scene.audience == Audience::Public {
            Vec::new()
        } else {
            criterion.prompts.clone()
        },
    })
}

/// The next step for a line; empty if nothing is left to do. An assessor is not told to wait for
/// themselves, and a public site gives no steps.
fn describe_next(scene: &RenderContext<'_>, line: &Line) -> String {
    match (scene.audience, line.state) {
        (Audience::Public, _) => String::new(),
        (Audience::Assessor, State::Evidenced) if line.next.is_some() => {
            "Ready for the assessor.".to_owned()
        }
        _ => line.next.clone().unwrap_or_default(),
    }
}

/// The row of an entry, for the page `from`.
pub(super) fn build_entry_row(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> EntryRow {
    let entry = &scene.portfolio.entries[at];
    EntryRow {
        title: entry.front_matter.title.clone(),
        href: from.link_to(scene.routes.entry(at)),
        date: format_date(entry.front_matter.date),
        datetime: entry
            .front_matter
            .date
            .map_or_else(String::new, |date| date.to_string()),
        kind: entry.front_matter.kind.title(),
        draft: entry.front_matter.status == Status::Draft,
        private: entry.front_matter.visibility == Visibility::Private,
    }
}
