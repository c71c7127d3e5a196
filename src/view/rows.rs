//! Rows and bars that several pages share.

use jiff::civil::Date;
use serde::Serialize;

use super::link::Link;
use super::scene::Scene;
use crate::files::SitePath;
use crate::model::{Claim, CriterionId, Known, Line, State, StateCounts, Status};
use crate::text::in_words;

/// One criterion in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionRow {
    /// Its code.
    pub code: String,
    /// Its page.
    pub href: String,
    /// Its statement.
    pub text: String,
    /// Its state in a word; `waived` where a waiver takes it out.
    pub state: &'static str,
    /// What is worth knowing besides.
    pub flags: Vec<&'static str>,
    /// How many pieces count.
    pub pieces: usize,
    /// Why it stands there.
    pub why: String,
    /// What would lift it; empty where nothing is left to do.
    pub next: String,
    /// Questions that help to find evidence.
    pub prompts: Vec<String>,
}

/// Entries with their codes.
#[derive(Clone, Debug, Serialize)]
pub struct EntryList {
    /// The entries, in the list's order.
    pub rows: Vec<EntryRow>,
    /// The codes of each of them: places in the list of codes, which thousands of entries share.
    pub claimed: Vec<Vec<usize>>,
    /// Codes and their pages.
    pub codes: Vec<Link>,
}

/// One entry in a list.
#[derive(Clone, Debug, Serialize)]
pub struct EntryRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The day it was written, in words.
    pub date: String,
    /// The day for machines; empty where unknown.
    pub datetime: String,
    /// Its type in words.
    pub kind: &'static str,
    /// Whether it is a draft.
    pub draft: bool,
}

impl EntryList {
    /// Entries in a list on the page `from`.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath, entries: &[usize]) -> Self {
        let lines = scene.shown_lines();
        let criteria: Vec<CriterionId> = lines.iter().map(|line| line.criterion).collect();
        let place = |claim: &Claim| criteria.binary_search(&claim.criterion).ok();
        let claimed = |&at: &usize| {
            scene.portfolio.entries[at]
                .claims
                .iter()
                .filter_map(place)
                .collect()
        };
        let code = |&id: &CriterionId| scene.criterion_link(from, id);
        Self {
            rows: entries
                .iter()
                .map(|&at| entry_row(scene, from, at))
                .collect(),
            claimed: entries.iter().map(claimed).collect(),
            codes: criteria.iter().map(code).collect(),
        }
    }
}

/// One part of a bar.
#[derive(Clone, Debug, Serialize)]
pub struct Segment {
    /// The state in a word.
    pub state: &'static str,
    /// How many criteria.
    pub count: usize,
    /// Where it begins, of 100.
    pub x: String,
    /// How wide it is, of 100.
    pub width: String,
}

/// Counts as a bar, with the words that say the same.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// Evidenced or better.
    pub complete: usize,
    /// Out of: all less waived.
    pub of: usize,
    /// Waived.
    pub waived: usize,
    /// Parts that are not empty, best first.
    pub segments: Vec<Segment>,
    /// All parts in words.
    pub words: String,
}

impl Bar {
    /// A bar of `counts`.
    #[must_use]
    pub fn of(counts: &StateCounts) -> Self {
        let of = counts.out_of();
        let mut segments = Vec::new();
        let mut before = 0;
        for state in State::ALL.into_iter().rev() {
            let count = counts.of_state(state);
            if count > 0 {
                segments.push(Segment {
                    state: state.word(),
                    count,
                    x: percent(before, of),
                    width: percent(count, of),
                });
            }
            before += count;
        }
        let in_words = |part: &Segment| {
            let word = if part.state == "gap" {
                "missing"
            } else {
                part.state
            };
            format!("{} {word}", part.count)
        };
        let mut parts: Vec<String> = segments.iter().map(in_words).collect();
        if counts.waived > 0 {
            parts.push(format!("{} waived", counts.waived));
        }
        Self {
            complete: counts.complete(),
            of,
            waived: counts.waived,
            segments,
            words: parts.join(", "),
        }
    }
}

/// `part` of `whole`, in hundredths with two decimals, without floating point.
fn percent(part: usize, whole: usize) -> String {
    let basis = (part * 10_000).checked_div(whole).unwrap_or(0);
    format!("{}.{:02}", basis / 100, basis % 100)
}

/// The words of a statement, or that they are unknown.
pub fn statement(text: &Known<String>) -> String {
    match text {
        Known::Known(text) => text.clone(),
        Known::Unknown => "Wording unknown: the source does not give it.".to_owned(),
    }
}

/// The state that a page shows for a line.
pub fn shown_state(line: &Line) -> &'static str {
    if line.is_waived() {
        "waived"
    } else {
        line.state.word()
    }
}

/// The state of a line; empty if the audience may not see states.
pub fn disclosed_state(scene: &Scene<'_>, line: &Line) -> &'static str {
    if scene.disclosure.states {
        shown_state(line)
    } else {
        ""
    }
}

/// A date in words, or that it is unknown.
pub fn date_or_unknown(date: Option<Date>) -> String {
    date.map_or_else(|| "date unknown".to_owned(), in_words)
}

/// The row of one criterion, for a list on the page `from`.
pub fn criterion_row(scene: &Scene<'_>, from: &SitePath, id: CriterionId) -> Option<CriterionRow> {
    let line = scene.coverage.line(id)?;
    let criterion = scene.portfolio.catalogue.criterion(id);
    Some(CriterionRow {
        code: criterion.code.value.to_string(),
        href: from.link_to(scene.routes.criterion(id)),
        text: statement(&criterion.text),
        state: shown_state(line),
        flags: line
            .flags
            .iter()
            .map(|flag| flag.word())
            .filter(|flag| *flag != "waived")
            .collect(),
        pieces: line.counting().count(),
        why: line.why.clone(),
        next: line.next.clone().unwrap_or_default(),
        prompts: criterion.prompts.clone(),
    })
}

/// The row of one entry, for a list on the page `from`.
pub fn entry_row(scene: &Scene<'_>, from: &SitePath, at: usize) -> EntryRow {
    let entry = &scene.portfolio.entries[at];
    EntryRow {
        title: entry.title.clone(),
        href: from.link_to(scene.routes.entry(at)),
        date: date_or_unknown(entry.date),
        datetime: entry.date.map_or_else(String::new, |date| date.to_string()),
        kind: entry.kind.title(),
        draft: entry.status == Status::Draft,
    }
}
