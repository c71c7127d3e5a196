//! Every learner of a cohort in a table, and learners by codes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cohort_order::{OrderColumn, list_columns, rank_rows};
use super::rows::StateLabel;
use crate::cohort::{Cohort, CohortStandard, HeatCell, Lateness, LearnerFacts, Row, people_words};
use crate::model::{RiskColour, State};
use crate::text::{counted, in_words};

/// All learners, each with figures.
#[derive(Clone, Debug, Serialize)]
pub struct LearnerTable {
    /// The columns, the first of which has the learners.
    pub columns: Vec<OrderColumn>,
    /// A row for each learner, by need.
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
    /// The rank in each column with a comma between, empty where nothing is known.
    pub ranks: String,
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
    /// For each code, how many learners need it.
    #[serde(skip)]
    pub needed: Vec<usize>,
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

/// The numbers of the rows of a cohort, by their places in memory: under a key, rows can have no name.
pub(super) struct RowIndex(BTreeMap<*const Row, usize>);

impl RowIndex {
    /// Numbers the rows.
    pub(super) fn new(rows: &[Row]) -> Self {
        let rows = rows.iter().enumerate();
        Self(
            rows.map(|(at, row)| (std::ptr::from_ref(row), at))
                .collect(),
        )
    }

    /// The number of a row of this cohort.
    pub(super) fn number(&self, row: &Row) -> usize {
        let number = self.0.get(&std::ptr::from_ref(row));
        number.copied().unwrap_or_default()
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
    let ranks = rank_rows(cohort);
    let rows = cohort.by_need().into_iter().map(|at| {
        let row = &cohort.rows[at];
        let ranks = ranks[at].iter();
        let ranks = ranks.map(|rank| rank.map_or_else(String::new, |rank| rank.to_string()));
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
            ranks: ranks.collect::<Vec<_>>().join(","),
        }
    });
    LearnerTable {
        columns: list_columns(),
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
        describe_waiting(facts),
        last.unwrap_or_else(|| "none".to_owned()),
        describe_reviews(facts),
        describe_forecast(facts),
        facts.privacy.values().sum::<usize>().to_string(),
    ]
}

fn describe_waiting(facts: &LearnerFacts) -> String {
    let waiting = &facts.waiting;
    let days = match waiting.days {
        _ if waiting.entries == 0 => return "nothing".to_owned(),
        Some(days) if waiting.since_unknown > 0 => format!("at least {}", counted(days, "day")),
        Some(days) => counted(days, "day"),
        None => "days unknown".to_owned(),
    };
    let never = if facts.is_never_assessed() {
        "; never assessed"
    } else {
        ""
    };
    format!("{}, {days}{never}", counted(waiting.entries, "entry"))
}

/// The forecast; with the planned end if that may be earlier.
fn describe_forecast(facts: &LearnerFacts) -> String {
    let words = facts.forecast.words(facts.as_of);
    let is_late = facts.lateness().is_some_and(|late| late != Lateness::None);
    match facts.planned_end.filter(|_| is_late) {
        Some(end) => format!("{words}; planned end {}", in_words(end)),
        None => words,
    }
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

/// The learners of a standard by its codes, in the order of the table.
pub(super) fn map_heat(
    cohort: &Cohort,
    standard: &CohortStandard<'_>,
    index: &RowIndex,
) -> HeatMap {
    let (mut totals, mut needed) = (vec![0; standard.codes.len()], vec![0; standard.codes.len()]);
    let rows = cohort.by_need().into_iter().filter_map(|at| {
        let row = &cohort.rows[at];
        let facts = row.facts.as_deref();
        let facts = facts.filter(|facts| standard.is_of(facts))?;
        let cells = standard.cells(facts);
        let mut total = 0;
        for (at, cell) in cells.iter().enumerate() {
            if let Some(HeatCell::State(state)) = cell {
                let is_complete = usize::from(state.is_complete());
                needed[at] += 1;
                totals[at] += is_complete;
                total += is_complete;
            }
        }
        Some(HeatRow {
            row: index.number(row),
            name: row.name().to_owned(),
            total,
            cells: cells.into_iter().map(mark).collect(),
        })
    });
    HeatMap {
        rows: rows.collect(),
        codes: standard
            .codes
            .iter()
            .map(|code| (*code).to_owned())
            .collect(),
        totals,
        needed,
    }
}

/// The most codes that are named as weak.
const MOST_WEAK: usize = 8;

/// Names all codes that no learner has ready or accepted, then those that fewest have.
pub(super) fn list_weakest(heat: &HeatMap) -> String {
    let numbers = heat.totals.iter().zip(&heat.needed);
    let codes = numbers.zip(&heat.codes);
    let mut codes: Vec<(usize, usize, &str)> = codes
        .map(|((total, needed), code)| (*total, *needed, code.as_str()))
        .filter(|(total, needed, _)| total < needed)
        .collect();
    if codes.is_empty() {
        return "Every code is ready or accepted for each learner.".to_owned();
    }
    // The sort is stable: codes with one number stay in the order of the columns.
    codes.sort_by_key(|(total, ..)| *total);
    let some = codes.split_off(codes.iter().filter(|(total, ..)| *total == 0).count());
    let none: Vec<&str> = codes.iter().map(|(.., code)| *code).collect();
    let mut sentences = Vec::new();
    if none.len() == heat.codes.len() {
        sentences.push("No code is ready or accepted for any learner.".to_owned());
    } else if !none.is_empty() {
        sentences.push(format!(
            "No learner has these ready or accepted: {}.",
            none.join(", ")
        ));
    }
    if !some.is_empty() {
        let named = some.iter().take(MOST_WEAK);
        let named = named.map(|(total, needed, code)| format!("{code} ({total} of {needed})"));
        let named: Vec<String> = named.collect();
        let more = match some.len().saturating_sub(MOST_WEAK) {
            0 => String::new(),
            left => format!(", then {left} more"),
        };
        sentences.push(format!(
            "Fewest learners have these: {}{more}.",
            named.join(", ")
        ));
    }
    sentences.join(" ")
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

    fn weakest(totals: &[usize], needed: usize) -> String {
        list_weakest(&HeatMap {
            codes: (1..=totals.len()).map(|at| format!("K{at}")).collect(),
            rows: Vec::new(),
            totals: totals.to_vec(),
            needed: vec![needed; totals.len()],
        })
    }

    #[test]
    fn all_codes_that_no_learner_has_are_named_then_the_weakest() {
        assert_eq!(
            weakest(&[3, 0, 2, 0], 3),
            "No learner has these ready or accepted: K2, K4. Fewest learners have these: K3 (2 of 3)."
        );
        let none = weakest(&[&[1][..], &[0; 12]].concat(), 2);
        assert!(
            none.contains("K2, K3") && none.contains("K12, K13. "),
            "{none}"
        );
        assert!(weakest(&[1; 12], 2).ends_with("K8 (1 of 2), then 4 more."));
        assert!(weakest(&[2, 2], 2).starts_with("Every code"));
        assert_eq!(
            weakest(&[0, 0], 2),
            "No code is ready or accepted for any learner."
        );
        // What is waived for all is needed by none.
        assert!(weakest(&[0], 0).starts_with("Every code"));
    }
}
