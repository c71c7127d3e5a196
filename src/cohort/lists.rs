//! A cohort: its rows, and the lists made of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::assessors::Tallies;
use super::facts::{LearnerFacts, LifeStage};
use super::forecast::Lateness;
use super::row::Row;
use super::standards::{CohortStandard, StandardKey};
use crate::model::{CohortPlan, Readiness, RiskColour};
use crate::privacy::has_identifier;
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
        let rows = self.by_need().into_iter().map(|at| &self.rows[at]);
        rows.filter(|row| row.colour == colour).collect()
    }

    /// The numbers of all rows, the most urgent colour first, and in it those with most reasons for
    /// it.
    #[must_use]
    pub fn by_need(&self) -> Vec<usize> {
        let need = |row: &Row| {
            let reasons = row.reasons.iter();
            let own = reasons.filter(|one| one.colour == row.colour);
            (row.colour, Reverse(own.count()))
        };
        let mut numbers: Vec<usize> = (0..self.rows.len()).collect();
        // The sort is stable: equal rows stay by learner.
        numbers.sort_by_key(|at| need(&self.rows[*at]));
        numbers
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

    /// The rows that may finish after the planned end by their forecast: at both paces first, then
    /// by planned end.
    #[must_use]
    pub fn finish_late(&self) -> Vec<(&Row, &LearnerFacts, Lateness)> {
        let rows = self.facts();
        let rows = rows.filter_map(|(row, facts)| Some((row, facts, facts.lateness()?)));
        let mut rows: Vec<_> = rows.filter(|(.., late)| *late != Lateness::None).collect();
        rows.sort_by_key(|(_, facts, lateness)| {
            (*lateness == Lateness::OnePace, facts.planned_end)
        });
        rows
    }

    /// The rows whose entries wait, and about which no assessor has decided anything.
    #[must_use]
    pub fn never_assessed(&self) -> Vec<&Row> {
        let rows = self.waiting().into_iter();
        let rows = rows.filter(|(_, facts)| facts.is_never_assessed());
        rows.map(|(row, _)| row).collect()
    }

    /// All standards in the order of their ids and versions, each with the codes that apply to a
    /// learner or more. Two versions of one standard are two.
    #[must_use]
    pub fn standards(&self) -> Vec<CohortStandard<'_>> {
        let mut all: BTreeMap<StandardKey<'_>, (&str, BTreeSet<&str>)> = BTreeMap::new();
        for standard in self.facts().flat_map(|(_, facts)| &facts.standards) {
            let known = all.entry(standard.key()).or_default();
            known.0 = &standard.title;
            known.1.extend(standard.codes.iter().map(String::as_str));
        }
        let titles: Vec<(&str, &str)> = all
            .iter()
            .map(|(key, (title, _))| (key.0, *title))
            .collect();
        all.into_iter()
            .map(|(key, (title, codes))| {
                let mut codes: Vec<&str> = codes.into_iter().collect();
                codes.sort_by(|a, b| natural(a, b));
                let others = |is: &dyn Fn(&(&str, &str)) -> bool| {
                    titles.iter().filter(|one| is(one)).count() > 1
                };
                CohortStandard {
                    key,
                    title: if title.is_empty() || has_identifier(title) {
                        key.0
                    } else {
                        title
                    },
                    has_versions: others(&|one| one.0 == key.0),
                    shares_title: others(&|one| one.1 == title),
                    codes,
                }
            })
            .collect()
    }

    /// Whether every portfolio was judged in full.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.rows.iter().any(Row::is_incomplete)
    }
}
