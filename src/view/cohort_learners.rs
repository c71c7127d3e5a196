//! Every learner of a cohort in a table, and learners by codes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rows::StateLabel;
use crate::cohort::{Cohort, HeatCell, LearnerFacts, Row, people_words};
use crate::model::{RiskColour, State};

/// All learners, each with figures.
#[derive(Clone, Debug, Serialize)]
pub struct LearnerTable {
    /// The names of the figures.
    pub columns: Vec<&'static str>,
    /// A row for each learner.
    pub rows: Vec<LearnerLine>,
}

/// A learner with figures.
#[derive(Clone, Debug, Serialize)]
pub struct LearnerLine {
    /// The number of the row.
    pub row: usize,
    /// The learner's id, or else the folder.
    pub name: String,
    /// The tutor; empty if the plan names none.
    pub tutor: String,
    /// Tutor and site.
    pub people: String,
    /// The colour.
    pub state: StateLabel,
    /// The stage in words; empty if nothing was judged.
    pub stage: &'static str,
    /// All reasons.
    pub reasons: String,
    /// The figures; empty if nothing was judged.
    pub cells: Vec<String>,
}

/// Learners by codes.
#[derive(Clone, Debug, Serialize)]
pub struct HeatMap {
    /// The codes.
    pub codes: Vec<String>,
    /// A row for each learner.
    pub rows: Vec<HeatRow>,
    /// For each code, how many learners have it ready or accepted.
    pub totals: Vec<usize>,
}

/// A learner in a heat map.
#[derive(Clone, Debug, Serialize)]
pub struct HeatRow {
    /// The number of the learner's row.
    pub row: usize,
    /// The learner's id.
    pub name: String,
    /// Class and letter of each cell; both empty where a code does not apply.
    pub cells: Vec<(&'static str, &'static str)>,
    /// How many codes are ready or accepted.
    pub total: usize,
}

/// The numbers of the rows of a cohort. Rows without any name share one.
pub(super) struct RowIndex<'a>(BTreeMap<(&'a str, &'a str), usize>);

impl<'a> RowIndex<'a> {
    /// Numbers the rows.
    pub(super) fn new(rows: &'a [Row]) -> Self {
        let mut numbers = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            let key = (row.learner.as_str(), row.folder.as_str());
            numbers.entry(key).or_insert(at);
        }
        Self(numbers)
    }

    /// The number of a row.
    pub(super) fn number(&self, row: &Row) -> usize {
        let key = (row.learner.as_str(), row.folder.as_str());
        self.0.get(&key).copied().unwrap_or_default()
    }
}

/// The shape and the words of a colour.
pub(super) fn label(colour: RiskColour) -> StateLabel {
    let key = match colour {
        RiskColour::Red => "unmet",
        RiskColour::Amber => "confirm",
        RiskColour::Unknown => "unknown",
        RiskColour::Green => "met",
    };
    StateLabel {
        shape: "check",
        key,
        words: colour.title(),
    }
}

pub(super) fn tabulate_learners(cohort: &Cohort) -> LearnerTable {
    let rows = cohort.rows.iter().enumerate().map(|(at, row)| {
        let facts = row.facts.as_deref();
        LearnerLine {
            row: at,
            name: row.name().to_owned(),
            tutor: row.seat.tutor.clone(),
            people: people_words(row),
            state: label(row.colour),
            stage: facts.map_or("", |facts| facts.stage.title()),
            reasons: row.all_reasons(),
            cells: facts.map_or_else(Vec::new, describe_figures),
        }
    });
    let columns = [
        "Ready or accepted",
        "Hours off the job",
        "Last entry",
        "Last review",
        "All evidenced",
        "Privacy findings",
    ];
    LearnerTable {
        columns: columns.into(),
        rows: rows.collect(),
    }
}

/// The figures of a learner, in the order of the columns.
fn describe_figures(facts: &LearnerFacts) -> Vec<String> {
    let counts = &facts.counts;
    let planned = match facts.hours_planned {
        Some(planned) => format!("{planned} planned by now"),
        None => "plan unknown".to_owned(),
    };
    let last = facts.last_entry.map(|day| day.to_string());
    vec![
        format!("{} of {}", counts.complete(), counts.out_of()),
        format!("{}; {planned}", facts.hours_recorded),
        last.unwrap_or_else(|| "none".to_owned()),
        describe_reviews(facts),
        facts.forecast.words(facts.as_of),
        facts.privacy.values().sum::<usize>().to_string(),
    ]
}

fn describe_reviews(facts: &LearnerFacts) -> String {
    let reviews = &facts.reviews;
    let Some(last) = reviews.last else {
        return "none recorded".to_owned();
    };
    let remark = |number: usize, what: &str| match number {
        0 => String::new(),
        number => format!("; {number} of {} {what}", reviews.held),
    };
    let two_party = remark(reviews.two_party, "by two parties");
    let late = remark(reviews.signed_late, "signed late");
    format!("{last}{two_party}{late}")
}

pub(super) fn map_heat(
    cohort: &Cohort,
    standard: &str,
    codes: &[&str],
    index: &RowIndex<'_>,
) -> HeatMap {
    let mut totals = vec![0; codes.len()];
    let has =
        |(_, facts): &(&Row, &LearnerFacts)| facts.standards.iter().any(|one| one.id == standard);
    let rows = cohort.facts().filter(has).map(|(row, facts)| {
        let cells = Cohort::heat(facts, standard, codes);
        let is_complete = |cell: &Option<HeatCell>| {
            matches!(cell, Some(HeatCell::State(state)) if state.is_complete())
        };
        for (total, cell) in totals.iter_mut().zip(&cells) {
            *total += usize::from(is_complete(cell));
        }
        HeatRow {
            row: index.number(row),
            name: row.name().to_owned(),
            total: cells.iter().filter(|cell| is_complete(cell)).count(),
            cells: cells.into_iter().map(mark).collect(),
        }
    });
    HeatMap {
        rows: rows.collect(),
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        totals,
    }
}

/// The most codes that are named as weak.
const MOST_WEAK: usize = 8;

/// Names the codes that fewest learners have ready or accepted.
pub(super) fn list_weakest(heat: &HeatMap) -> String {
    let of = heat.rows.len();
    let mut codes: Vec<(usize, &String)> = heat.totals.iter().copied().zip(&heat.codes).collect();
    // The sort is stable: codes with one number stay in the order of the columns.
    codes.sort_by_key(|(total, _)| *total);
    codes.retain(|(total, _)| *total < of);
    if codes.is_empty() {
        return "Every code is ready or accepted for each learner.".to_owned();
    }
    let left = codes.len().saturating_sub(MOST_WEAK);
    codes.truncate(MOST_WEAK);
    let named = codes
        .iter()
        .enumerate()
        .map(|(at, (total, code))| match at {
            0 => format!("{code} ({total} of {of})"),
            _ => format!("{code} ({total})"),
        });
    let named: Vec<String> = named.collect();
    let more = match left {
        0 => String::new(),
        left => format!(", then {left} more"),
    };
    format!(
        "Fewest learners have these ready or accepted: {}{more}.",
        named.join(", ")
    )
}

/// Class and letter of a cell.
fn mark(cell: Option<HeatCell>) -> (&'static str, &'static str) {
    match cell {
        None => ("", ""),
        Some(HeatCell::Waived) => ("", "W"),
        Some(HeatCell::State(State::Accepted)) => ("cell-accepted", "A"),
        Some(HeatCell::State(State::Evidenced)) => ("cell-ready", "R"),
        Some(HeatCell::State(State::Thin)) => ("cell-more", "M"),
        Some(HeatCell::State(State::Drafted)) => ("cell-draft", "D"),
        Some(HeatCell::State(State::Gap)) => ("", "–"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weakest(totals: &[usize], learners: usize) -> String {
        let row = HeatRow {
            row: 0,
            name: String::new(),
            cells: Vec::new(),
            total: 0,
        };
        list_weakest(&HeatMap {
            codes: (1..=totals.len()).map(|at| format!("K{at}")).collect(),
            rows: vec![row; learners],
            totals: totals.to_vec(),
        })
    }

    #[test]
    fn the_codes_that_fewest_learners_have_are_named_first() {
        assert_eq!(
            weakest(&[3, 0, 2, 0], 3),
            "Fewest learners have these ready or accepted: K2 (0 of 3), K4 (0), K3 (2)."
        );
        assert!(weakest(&[1; 12], 2).ends_with("K8 (1), then 4 more."));
        assert!(weakest(&[2, 2], 2).starts_with("Every code"));
    }
}
