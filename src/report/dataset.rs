//! Rows of a dataset: figures of a portfolio under keyed pseudonyms, and no text of any kind.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use strum::{IntoStaticStr, VariantArray};

use super::dataset_schema::{
    CLAIMS, CRITERIA, DECISIONS, DataTable, ENTRIES, FINDINGS, FieldKind, HOURS, LEARNERS, REVIEWS,
    STATES,
};
use super::hours::to_hours;
use crate::cohort::{LearnerFacts, PseudonymKey, Row, days_to_decide, name_month};
use crate::cover::{hours, hours_by_month};
use crate::diagnostic::Findings;
use crate::model::{
    Audience, Coverage, EntryType, FiledEntry, Flag, Known, Portfolio, Seat, State, Word,
};
use crate::text::is_plain_id;

/// How much of a dataset can be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum DataProfile {
    /// Days and exact counts.
    #[default]
    Internal,
    /// Months, counts rounded to 5, and no group of fewer than 5 learners.
    Shared,
}

/// The number to which the shared profile rounds counts, and the fewest learners of a group.
const FEW: usize = 5;

/// Makes the rows of learners.
pub struct DatasetRows {
    /// The key of the pseudonyms.
    pub key: PseudonymKey,
    /// How much can be seen.
    pub profile: DataProfile,
    /// The number of learners of each group, by its name.
    pub groups: BTreeMap<String, usize>,
}

/// One row: the name of its table, and its fields.
pub struct DataRow {
    /// The table.
    pub table: &'static str,
    fields: Map<String, Value>,
}

impl DataRow {
    /// The row as a line of its table.
    #[must_use]
    pub fn line(&self) -> String {
        // Strings, numbers and booleans always serialise.
        serde_json::to_string(&self.fields).unwrap_or_default() + "\n"
    }

    /// The row as a line of a stream, with the name of its table.
    #[must_use]
    pub fn into_tagged_line(mut self) -> String {
        self.fields.insert("table".to_owned(), json!(self.table));
        self.line()
    }
}

/// A day as it is in files.
fn day(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| json!(day.to_string()))
}

impl DatasetRows {
    /// A row of a table, with its values in the order of the fields.
    fn row(&self, table: &'static DataTable, values: Vec<Value>) -> DataRow {
        let fields = table.2.iter().zip(values);
        let fields =
            fields.map(|((name, kind, ..), value)| ((*name).to_owned(), self.limit(*kind, value)));
        DataRow {
            table: table.0,
            fields: fields.collect(),
        }
    }

    /// A value as the profile shows it.
    fn limit(&self, kind: FieldKind, value: Value) -> Value {
        if self.profile == DataProfile::Internal {
            return value;
        }
        match (kind, &value) {
            (FieldKind::Day, Value::String(day)) => json!(day.get(..7)),
            (FieldKind::Count, Value::Number(number)) => {
                json!(number.as_f64().map(|number| (number / 5.0).round() * 5.0))
            }
            (FieldKind::Group, Value::String(group)) => {
                let size = self.groups.get(group).copied().unwrap_or(0);
                if size < FEW {
                    json!("fewer than 5")
                } else {
                    value
                }
            }
            _ => value,
        }
    }

    /// The pseudonym of a reference; `null` if it is empty.
    fn pseudonym(&self, reference: &str) -> Value {
        match self.key.of(reference) {
            none if none.is_empty() => Value::Null,
            pseudonym => json!(pseudonym),
        }
    }

    /// Counts a learner in the groups that the learner belongs to.
    pub fn count_groups(&mut self, seat: &Seat, cohort: Option<&str>) {
        let names = [&seat.tutor, &seat.assessor, &seat.site, &seat.delivery];
        let names = names.into_iter().map(|name| self.key.of(name));
        let cohort = cohort.filter(|name| is_plain_id(name)).map(str::to_owned);
        let names: BTreeSet<String> = names
            .chain(cohort)
            .filter(|name| !name.is_empty())
            .collect();
        for name in names {
            *self.groups.entry(name).or_insert(0) += 1;
        }
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
        self.row(&LEARNERS, values)
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
            rows.push(self.entry(&learner, at, entry));
            rows.extend(self.claims(&learner, at, portfolio, coverage));
            rows.extend(self.decisions(&learner, at, portfolio));
        }
        rows.extend(self.states(&learner, portfolio, coverage));
        rows.extend(self.findings(&learner, findings));
        let judged = hours(portfolio, coverage.as_of);
        for month in hours_by_month(portfolio, &judged, coverage.as_of, |_| true) {
            let name = name_month(month.end);
            let values = vec![
                learner.clone(),
                json!(name),
                json!(to_hours(month.recorded)),
                json!(month.planned.map(to_hours)),
            ];
            rows.push(self.row(&HOURS, values));
        }
        rows.extend(self.reviews(&learner, portfolio, coverage.as_of));
        rows.extend(self.criteria(portfolio));
        rows
    }

    fn entry(&self, learner: &Value, at: usize, entry: &FiledEntry) -> DataRow {
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
        self.row(&ENTRIES, values)
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
                json!(catalogue.standard(claim.criterion.standard).id.value),
                json!(catalogue.code(claim.criterion).to_string()),
                json!(piece.counts()),
                json!(standing.map(|standing| standing.verdict.word())),
                json!(standing.map(|standing| standing.unchanged)),
            ];
            self.row(&CLAIMS, values)
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
                    json!(catalogue.standard(claim.criterion.standard).id.value),
                    json!(catalogue.code(claim.criterion).to_string()),
                    json!(claim.verdict.word()),
                    json!(days_to_decide(entry, number, decision)),
                ];
                rows.push(self.row(&DECISIONS, values));
            }
        }
        rows
    }

    fn states(&self, learner: &Value, portfolio: &Portfolio, coverage: &Coverage) -> Vec<DataRow> {
        let catalogue = &portfolio.catalogue;
        let lines = coverage.lines().map(|line| {
            let has = |flag: Flag| json!(line.flags.contains(&flag));
            let values = vec![
                learner.clone(),
                json!(catalogue.standard(line.criterion.standard).id.value),
                json!(catalogue.code(line.criterion).to_string()),
                json!(line.state.word()),
                json!(line.is_waived()),
                has(Flag::Referred),
                has(Flag::Contested),
                has(Flag::Stale),
            ];
            self.row(&STATES, values)
        });
        lines.collect()
    }

    fn findings(&self, learner: &Value, findings: &Findings) -> Vec<DataRow> {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for finding in findings {
            *counts
                .entry((finding.rule, finding.level.word()))
                .or_insert(0) += 1;
        }
        let rows = counts.into_iter().map(|((rule, level), number)| {
            let values = vec![learner.clone(), json!(rule), json!(level), json!(number)];
            self.row(&FINDINGS, values)
        });
        rows.collect()
    }

    fn reviews(&self, learner: &Value, portfolio: &Portfolio, as_of: Date) -> Vec<DataRow> {
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
            self.row(&REVIEWS, values)
        });
        rows.collect()
    }

    fn criteria(&self, portfolio: &Portfolio) -> Vec<DataRow> {
        let mut rows = Vec::new();
        for (standard, _) in &portfolio.catalogue.standards {
            let updated = match standard.updated {
                Known::Known(day) => Some(day.to_string()),
                Known::Unknown => None,
            };
            for criterion in &standard.criteria {
                let values = vec![
                    json!(standard.id.value),
                    json!(standard.standard_version.known()),
                    json!(updated),
                    json!(criterion.code.value.to_string()),
                    json!(standard.kind_of(criterion).id),
                ];
                rows.push(self.row(&CRITERIA, values));
            }
        }
        rows
    }
}
