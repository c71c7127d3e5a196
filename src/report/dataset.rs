//! Rows of a dataset: figures of a portfolio under keyed pseudonyms, and no text of any kind.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::dataset_row::DataRow;
use super::dataset_schema::{
    CLAIMS, CRITERIA, DECISIONS, ENTRIES, FINDINGS, HOURS, LEARNERS, REVIEWS, STANDARDS, STATES,
};
use super::hours::to_hours;
use crate::cohort::{LearnerFacts, PseudonymKey, Row, days_to_decide, name_month};
use crate::cover::{hours, hours_by_month};
use crate::diagnostic::Findings;
use crate::model::{Audience, Coverage, EntryType, FiledEntry, Flag, Portfolio, State, Word};
use crate::text::is_plain_id;

/// Makes the rows of learners.
pub struct DatasetRows {
    /// The key of the pseudonyms.
    pub key: PseudonymKey,
}

/// A day as it is in files.
fn day(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| json!(day.to_string()))
}

impl DatasetRows {
    /// The pseudonym of a reference; `null` if it is empty.
    fn pseudonym(&self, reference: &str) -> Value {
        match self.key.of(reference) {
            none if none.is_empty() => Value::Null,
            pseudonym => json!(pseudonym),
        }
    }

    /// A word of a standard: an id as it is written, or else its pseudonym, as it can be any text.
    fn word(&self, word: &str) -> Value {
        json!(self.key.of_word(word))
    }

    /// The row of a learner.
    #[must_use]
    pub fn learner(&self, row: &Row) -> DataRow {
        let facts = row.facts.as_deref();
        let of = |value: &dyn Fn(&LearnerFacts) -> Value| facts.map_or(Value::Null, value);
        let seat = &row.seat;
        let cohort = |facts: &LearnerFacts| {
            let cohort = facts.cohort.as_deref().filter(|name| is_plain_id(name));
            json!(cohort)
        };
        let values = vec![
            self.pseudonym(&row.learner),
            json!(facts.is_some()),
            of(&cohort),
            self.pseudonym(&seat.tutor),
            self.pseudonym(&seat.assessor),
            self.pseudonym(&seat.site),
            self.pseudonym(&seat.delivery),
            of(&|facts| day(Some(facts.as_of))),
            of(&|facts| day(facts.start)),
            of(&|facts| day(facts.planned_end)),
            of(&|facts| json!(facts.stage.word())),
            json!(row.colour.word()),
            of(&|facts| json!(facts.counts.out_of())),
            of(&|facts| json!(facts.counts.complete())),
            of(&|facts| json!(facts.counts.of_state(State::Accepted))),
            of(&|facts| json!(facts.plan.map(|plan| plan.expected))),
            of(&|facts| json!(to_hours(facts.hours_recorded))),
            of(&|facts| json!(facts.hours_planned.map(to_hours))),
            of(&|facts| json!(facts.silent_days)),
            of(&|facts| json!(facts.reviews.age)),
            of(&|facts| json!(facts.waiting.entries)),
            of(&|facts| day(facts.waiting.since)),
            of(&|facts| json!(facts.waiting.days)),
            of(&|facts| json!(facts.referrals)),
            of(&|facts| json!(facts.contested)),
            of(&|facts| json!(facts.privacy.values().sum::<usize>())),
            of(&|facts| json!(facts.readiness.word())),
            of(&|facts| json!(facts.chain)),
        ];
        DataRow::new(&LEARNERS, values)
    }

    /// All other rows of a learner whose portfolio was judged.
    #[must_use]
    pub fn portfolio(
        &self,
        portfolio: &Portfolio,
        coverage: &Coverage,
        findings: &Findings,
    ) -> Vec<DataRow> {
        let learner = self.pseudonym(&portfolio.settings.learner_id);
        let mut rows = Vec::new();
        for (at, entry) in portfolio.entries.iter().enumerate() {
            rows.push(describe_entry(&learner, at, entry));
            rows.extend(self.claims(&learner, at, portfolio, coverage));
            rows.extend(self.decisions(&learner, at, portfolio));
        }
        rows.extend(self.standards(&learner, portfolio, coverage));
        rows.extend(self.states(&learner, portfolio, coverage));
        rows.extend(count_findings(&learner, findings));
        let judged = hours(portfolio, coverage.as_of);
        for month in hours_by_month(portfolio, &judged, coverage.as_of, |_| true) {
            let name = name_month(month.end);
            let values = vec![
                learner.clone(),
                json!(name),
                json!(to_hours(month.recorded)),
                json!(month.planned.map(to_hours)),
            ];
            rows.push(DataRow::new(&HOURS, values));
        }
        rows.extend(describe_reviews(&learner, portfolio, coverage.as_of));
        rows.extend(self.criteria(portfolio));
        rows
    }

    fn claims(
        &self,
        learner: &Value,
        at: usize,
        portfolio: &Portfolio,
        coverage: &Coverage,
    ) -> Vec<DataRow> {
        let catalogue = &portfolio.catalogue;
        let claims = coverage.of_claims(at, &portfolio.entries[at].claims);
        let known = claims.filter_map(|(claim, known)| Some((claim, known?.1)));
        let row = |(claim, piece): (&crate::model::Claim, &crate::model::Piece)| {
            let standing = piece.standing;
            let values = vec![
                learner.clone(),
                json!(at + 1),
                self.word(&catalogue.standard(claim.criterion.standard).id.value),
                self.word(catalogue.code(claim.criterion).as_str()),
                json!(piece.counts()),
                json!(standing.map(|standing| standing.verdict.word())),
                json!(standing.map(|standing| standing.unchanged)),
            ];
            DataRow::new(&CLAIMS, values)
        };
        known.map(row).collect()
    }

    fn decisions(&self, learner: &Value, at: usize, portfolio: &Portfolio) -> Vec<DataRow> {
        let (entry, catalogue) = (&portfolio.entries[at], &portfolio.catalogue);
        let mut rows = Vec::new();
        for (number, decision) in entry.decisions.iter().enumerate() {
            if !decision.counts() {
                continue;
            }
            for claim in &decision.claims {
                let values = vec![
                    learner.clone(),
                    json!(at + 1),
                    json!(number + 1),
                    self.pseudonym(&decision.assessor),
                    json!(decision.role.word()),
                    day(Some(decision.date)),
                    json!(decision.attempt),
                    self.word(&catalogue.standard(claim.criterion.standard).id.value),
                    self.word(catalogue.code(claim.criterion).as_str()),
                    json!(claim.verdict.word()),
                    json!(days_to_decide(entry, number, decision)),
                ];
                rows.push(DataRow::new(&DECISIONS, values));
            }
        }
        rows
    }

    fn standards(
        &self,
        learner: &Value,
        portfolio: &Portfolio,
        coverage: &Coverage,
    ) -> Vec<DataRow> {
        let covered = coverage.standards.iter().map(|covered| {
            let standard = portfolio.catalogue.standard(covered.standard);
            let version = standard.standard_version.known();
            let values = vec![
                learner.clone(),
                self.word(&standard.id.value),
                json!(version.filter(|version| is_plain_id(version))),
                day(standard.updated.known().copied()),
                json!(covered.counts.out_of()),
                json!(covered.counts.complete()),
                json!(covered.counts.of_state(State::Accepted)),
            ];
            DataRow::new(&STANDARDS, values)
        });
        covered.collect()
    }

    fn states(&self, learner: &Value, portfolio: &Portfolio, coverage: &Coverage) -> Vec<DataRow> {
        let catalogue = &portfolio.catalogue;
        let lines = coverage.lines().map(|line| {
            let has = |flag: Flag| json!(line.flags.contains(&flag));
            let values = vec![
                learner.clone(),
                self.word(&catalogue.standard(line.criterion.standard).id.value),
                self.word(catalogue.code(line.criterion).as_str()),
                json!(line.state.word()),
                json!(line.is_waived()),
                has(Flag::Referred),
                has(Flag::Contested),
                has(Flag::Stale),
            ];
            DataRow::new(&STATES, values)
        });
        lines.collect()
    }

    fn criteria(&self, portfolio: &Portfolio) -> Vec<DataRow> {
        let mut rows = Vec::new();
        for (standard, _) in &portfolio.catalogue.standards {
            let version = standard.standard_version.known();
            let version = version.filter(|version| is_plain_id(version));
            for criterion in &standard.criteria {
                let values = vec![
                    self.word(&standard.id.value),
                    json!(version),
                    day(standard.updated.known().copied()),
                    self.word(criterion.code.value.as_str()),
                    self.word(&standard.kind_of(criterion).id),
                ];
                rows.push(DataRow::new(&CRITERIA, values));
            }
        }
        rows
    }
}

/// The row of an entry.
fn describe_entry(learner: &Value, at: usize, entry: &FiledEntry) -> DataRow {
    let facts = &entry.front_matter;
    let kind: Option<EntryType> = (!facts.unknown_kind).then_some(facts.kind);
    let values = vec![
        learner.clone(),
        json!(at + 1),
        day(facts.date),
        day(facts.submitted),
        json!(kind.map(Word::word)),
        json!(facts.status.word()),
        json!(facts.visibility.word()),
        json!(entry.withheld_from(Audience::Assessor).next().is_some()),
        json!(facts.hours.map(to_hours)),
        json!(facts.off_the_job),
        json!(if entry.is_example {
            0
        } else {
            entry.claims.len()
        }),
    ];
    DataRow::new(&ENTRIES, values)
}

/// The findings of each rule at each level.
fn count_findings(learner: &Value, findings: &Findings) -> Vec<DataRow> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings {
        *counts
            .entry((finding.rule, finding.level.word()))
            .or_insert(0) += 1;
    }
    let rows = counts.into_iter().map(|((rule, level), number)| {
        let values = vec![learner.clone(), json!(rule), json!(level), json!(number)];
        DataRow::new(&FINDINGS, values)
    });
    rows.collect()
}

/// The reviews that were held.
fn describe_reviews(learner: &Value, portfolio: &Portfolio, as_of: Date) -> Vec<DataRow> {
    let held = portfolio.settings.reviews.iter();
    let held = held.filter(|review| review.date <= as_of);
    let rows = held.map(|review| {
        let with: BTreeSet<&String> = review.with.iter().collect();
        let signed = || review.signed.iter().filter(|(_, day)| *day <= as_of);
        let values = vec![
            learner.clone(),
            day(Some(review.date)),
            json!((!with.is_empty()).then_some(with.len() + 1)),
            json!(signed().count()),
            day(signed().map(|(_, day)| *day).max()),
        ];
        DataRow::new(&REVIEWS, values)
    });
    rows.collect()
}
