//! A cohort: its rows, and the lists made of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::assessors::Tallies;
use super::facts::{HeatCell, LearnerFacts, LifeStage};
use super::row::Row;
use crate::model::{CohortPlan, Readiness, RiskColour};
use crate::text::natural;

/// The learners of a cohort.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// The plan, with the rules in force.
    pub plan: CohortPlan,
    /// A row for each folder and for each learner of the plan, by learner, then by folder.
    pub rows: Vec<Row>,
    /// The decisions of all assessors.
    pub tallies: Tallies,
    /// Lists of codes that several learners share.
    codes: BTreeSet<Arc<[String]>>,
}

impl Cohort {
    /// A cohort without rows.
    #[must_use]
    pub fn new(plan: CohortPlan) -> Self {
        Self {
            plan,
            rows: Vec::new(),
            tallies: Tallies::default(),
            codes: BTreeSet::new(),
        }
    }

    /// Adds a row with the decisions in its portfolio. Rows come by learner, then by folder.
    pub fn push(&mut self, mut row: Row, tallies: &Tallies) {
        let standards = row.facts.iter_mut().flat_map(|facts| &mut facts.standards);
        for standard in standards {
            match self.codes.get(&standard.codes) {
                Some(known) => standard.codes = known.clone(),
                None => drop(self.codes.insert(standard.codes.clone())),
            }
        }
        self.tallies.add(tallies);
        self.rows.push(row);
    }

    /// The day that the portfolios are judged by; `None` if none is judged.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        self.facts().map(|(_, facts)| facts.as_of).next()
    }

    /// The rows whose portfolios were judged.
    pub fn facts(&self) -> impl Iterator<Item = (&Row, &LearnerFacts)> {
        let rows = self.rows.iter();
        rows.filter_map(|row| Some((row, &**row.facts.as_ref()?)))
    }

    /// The number of rows of a colour.
    #[must_use]
    pub fn count(&self, colour: RiskColour) -> usize {
        self.rows.iter().filter(|row| row.colour == colour).count()
    }

    /// The number of learners in a stage.
    #[must_use]
    pub fn count_stage(&self, stage: LifeStage) -> usize {
        self.facts().filter(|(_, one)| one.stage == stage).count()
    }

    /// The red rows, those with most reasons first.
    #[must_use]
    pub fn act_today(&self) -> Vec<&Row> {
        self.rows_of(RiskColour::Red)
    }

    /// The amber rows, those with most reasons first.
    #[must_use]
    pub fn look_this_week(&self) -> Vec<&Row> {
        self.rows_of(RiskColour::Amber)
    }

    fn rows_of(&self, colour: RiskColour) -> Vec<&Row> {
        let rows = self.rows.iter();
        let mut rows: Vec<&Row> = rows.filter(|row| row.colour == colour).collect();
        let reasons = |row: &Row| {
            let reasons = row.reasons.iter();
            reasons.filter(|one| one.colour == colour).count()
        };
        rows.sort_by_key(|row| Reverse(reasons(row)));
        rows
    }

    /// The rows with entries that wait for an assessor, the longest wait first.
    #[must_use]
    pub fn waiting(&self) -> Vec<(&Row, &LearnerFacts)> {
        let waits = |(_, facts): &(&Row, &LearnerFacts)| facts.waiting.entries > 0;
        let mut rows: Vec<_> = self.facts().filter(waits).collect();
        rows.sort_by_key(|(_, facts)| (facts.waiting.since.is_none(), facts.waiting.since));
        rows
    }

    /// The rows in the last 30 days, past the planned end, or with nothing known to be missing, by
    /// planned end.
    #[must_use]
    pub fn near_gateway(&self) -> Vec<(&Row, &LearnerFacts)> {
        let is_near = |(_, facts): &(&Row, &LearnerFacts)| {
            matches!(facts.stage, LifeStage::NearGateway | LifeStage::PastEnd)
                || facts.readiness != Readiness::NotReady
        };
        let mut rows: Vec<_> = self.facts().filter(is_near).collect();
        rows.sort_by_key(|(_, facts)| (facts.planned_end.is_none(), facts.planned_end));
        rows
    }

    /// The ids of all standards, each with the codes that apply to a learner or more, in natural
    /// order.
    #[must_use]
    pub fn standards(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut codes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for standard in self.facts().flat_map(|(_, facts)| &facts.standards) {
            let known = codes.entry(&standard.id).or_default();
            known.extend(standard.codes.iter().map(String::as_str));
        }
        codes
            .into_iter()
            .map(|(id, codes)| {
                let mut codes: Vec<&str> = codes.into_iter().collect();
                codes.sort_by(|a, b| natural(a, b));
                (id, codes)
            })
            .collect()
    }

    /// The cells of a learner for `codes` of a standard; `None` where a code does not apply.
    #[must_use]
    pub fn heat(facts: &LearnerFacts, standard: &str, codes: &[&str]) -> Vec<Option<HeatCell>> {
        let Some(known) = facts.standards.iter().find(|one| one.id == standard) else {
            return vec![None; codes.len()];
        };
        let cells = known.codes.iter().map(String::as_str).zip(&known.cells);
        let cells: BTreeMap<&str, HeatCell> = cells.map(|(code, cell)| (code, *cell)).collect();
        codes.iter().map(|code| cells.get(code).copied()).collect()
    }

    /// Whether every portfolio was judged in full.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.rows.iter().any(Row::is_incomplete)
    }
}
