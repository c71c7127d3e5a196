//! The pieces that can be sampled, with the six dimensions that describe them.

use jiff::civil::Date;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use super::outcome::{SampleOutcome, outcome, overturnings};
use super::rank::push_field;
use crate::model::{
    Decision, Entry, FiledEntry, Known, Portfolio, Role, SamplingPlan, Verdict, Word,
};
use crate::text::short_hash;

/// The value of a dimension that no source gives.
const UNKNOWN: &str = "unknown";

/// One of the dimensions of CAMERA, in its order.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray, Serialize,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Dimension {
    /// The learner.
    Candidate,
    /// The assessor who decided.
    Assessor,
    /// The method of assessment that the standard names for the criteria.
    Method,
    /// The type of evidence.
    Evidence,
    /// Verdicts, rules of evidence and feedback in the assessor's record.
    Record,
    /// The assessment site.
    Site,
}

/// Whether everything about a piece is decided.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray, Serialize,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum AssessmentStage {
    /// Assessors have not accepted every claim of the entry.
    Interim,
    /// Assessors have accepted every claim of the entry.
    Summative,
}

/// The decisions of one assessor about one entry.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// The learner, by reference.
    pub candidate: String,
    /// The entry's id.
    pub entry: String,
    /// The assessor, by reference.
    pub assessor: String,
    /// The number of the portfolio in the population, from 0.
    pub portfolio: usize,
    /// Index of the entry in its portfolio.
    pub entry_at: usize,
    /// The day of the last of the assessor's decisions in the period.
    pub decided: Date,
    /// Whether everything about it is decided.
    pub stage: AssessmentStage,
    /// The values of each dimension, sorted, without repeats.
    pub values: Vec<(Dimension, String)>,
    /// The result of the second look.
    pub outcome: SampleOutcome,
    /// The assessor's verdicts that a quality assurer replaced, in words.
    pub overturned: Vec<String>,
    /// The hashed fields, for the seed.
    fields: String,
}

impl Assessed {
    /// Whether the piece has a value.
    #[must_use]
    pub fn has(&self, dimension: Dimension, value: &str) -> bool {
        self.values
            .iter()
            .any(|(other, has)| *other == dimension && has == value)
    }

    /// The values of one dimension.
    pub fn values_of(&self, dimension: Dimension) -> impl Iterator<Item = &str> {
        self.values
            .iter()
            .filter(move |(other, _)| *other == dimension)
            .map(|(_, value)| value.as_str())
    }

    fn key(&self) -> (&str, &str, &str) {
        (&self.candidate, &self.entry, &self.assessor)
    }
}

/// Pieces of portfolios that are read one after the other: nothing else of them is kept.
#[derive(Clone, Debug, Default)]
pub struct Population {
    pieces: Vec<Assessed>,
    portfolios: usize,
}

impl Population {
    /// Adds the pieces of a portfolio that were decided in the plan's period, and not after the day
    /// that it is judged by.
    pub fn add(&mut self, portfolio: &Portfolio, plan: &SamplingPlan, as_of: Date) {
        let until = plan.until.map_or(as_of, |until| until.min(as_of));
        let in_period = |decision: &&Decision| {
            decision.counts()
                && decision.role == Role::Assessor
                && decision.date <= until
                && plan.from.is_none_or(|from| from <= decision.date)
        };
        for (entry_at, entry) in portfolio.entries.iter().enumerate() {
            let mut assessors: Vec<&str> = entry
                .decisions
                .iter()
                .filter(in_period)
                .map(|one| one.assessor.as_str())
                .collect();
            assessors.sort_unstable();
            assessors.dedup();
            for assessor in assessors {
                let own = entry.decisions.iter().enumerate();
                let own = own.filter(|(_, one)| one.assessor == assessor && in_period(one));
                let own: Vec<(usize, &Decision)> = own.collect();
                let piece = describe_piece(portfolio, entry, assessor, &own, plan);
                self.pieces.extend(piece.map(|piece| Assessed {
                    portfolio: self.portfolios,
                    entry_at,
                    ..piece
                }));
            }
        }
        self.portfolios += 1;
    }

    /// The pieces by candidate, entry and assessor.
    pub(super) fn into_pieces(mut self) -> Vec<Assessed> {
        self.pieces.sort_by(|a, b| a.key().cmp(&b.key()));
        self.pieces
    }
}

/// The default seed: the first 16 digits of the hash of all pieces.
pub(super) fn seed(pieces: &[Assessed]) -> String {
    let mut all = "ksbfolio seed 1\n".to_owned();
    all.extend(pieces.iter().map(|piece| piece.fields.as_str()));
    short_hash(&all, 16)
}

fn describe_piece(
    portfolio: &Portfolio,
    entry: &FiledEntry,
    assessor: &str,
    own: &[(usize, &Decision)],
    plan: &SamplingPlan,
) -> Option<Assessed> {
    let &(last, decision) = own.last()?;
    let decisions = || own.iter().map(|(_, decision)| *decision);
    let candidate = &portfolio.settings.learner_id;
    let mut values = vec![
        (Dimension::Candidate, candidate.clone()),
        (Dimension::Assessor, assessor.to_owned()),
        (
            Dimension::Evidence,
            entry.front_matter.kind.title().to_owned(),
        ),
        (
            Dimension::Site,
            plan.sites
                .get(candidate)
                .cloned()
                .unwrap_or_else(|| UNKNOWN.to_owned()),
        ),
    ];
    values.extend(
        methods(portfolio, decisions())
            .into_iter()
            .map(|method| (Dimension::Method, method)),
    );
    values.extend(
        record(decisions())
            .into_iter()
            .map(|value| (Dimension::Record, value.to_owned())),
    );
    values.sort();
    values.dedup();
    Some(Assessed {
        candidate: candidate.clone(),
        entry: entry.id.clone(),
        assessor: assessor.to_owned(),
        portfolio: 0,
        entry_at: 0,
        decided: decision.date,
        stage: stage(entry),
        values,
        outcome: outcome(entry, assessor, last, decisions()),
        overturned: describe_overturned(portfolio, entry, assessor),
        fields: hashed_fields(portfolio, entry, assessor, decisions()),
    })
}

/// The verdicts of an assessor that a quality assurer replaced, in words.
fn describe_overturned(portfolio: &Portfolio, entry: &FiledEntry, assessor: &str) -> Vec<String> {
    let own = overturnings(entry)
        .into_iter()
        .filter(|one| entry.decisions[one.of].assessor == assessor);
    let words = own.map(|one| {
        let code = portfolio.catalogue.code(one.criterion);
        format!("{code}: {}, then {}", one.was.word(), one.now.word())
    });
    words.collect()
}

/// The methods by which the standards assess the decided criteria.
fn methods<'a>(
    portfolio: &Portfolio,
    decisions: impl Iterator<Item = &'a Decision>,
) -> Vec<String> {
    let mut found = Vec::new();
    for claim in decisions.flat_map(|decision| &decision.claims) {
        let standard = portfolio.catalogue.standard(claim.criterion.standard);
        let known = match &standard.methods {
            Known::Known(methods) => methods.as_slice(),
            Known::Unknown => &[],
        };
        let of_criterion = known
            .iter()
            .filter(|method| method.criteria.contains(&claim.criterion.criterion));
        let before = found.len();
        found.extend(of_criterion.map(|method| method.title.clone()));
        if found.len() == before {
            found.push(UNKNOWN.to_owned());
        }
    }
    if found.is_empty() {
        found.push(UNKNOWN.to_owned());
    }
    found
}

/// The values of the dimension "record".
fn record<'a>(decisions: impl Iterator<Item = &'a Decision>) -> Vec<&'static str> {
    let mut found = Vec::new();
    for decision in decisions {
        found.extend(decision.claims.iter().map(|claim| match claim.verdict {
            Verdict::Accepted => "accepted",
            Verdict::Partly => "partly accepted",
            Verdict::Referred => "referred",
        }));
        let rules = decision.evidence;
        let judged = [
            rules.valid,
            rules.authentic,
            rules.current,
            rules.sufficient,
            rules.reliable,
        ];
        if judged.contains(&None) {
            found.push("rules of evidence not all recorded");
        }
        if decision.feedback.is_none() {
            found.push("without feedback");
        }
    }
    found
}

/// Only assessors' decisions count: quality assurers must not change their own sample.
fn stage(entry: &FiledEntry) -> AssessmentStage {
    let by_assessors = || {
        entry
            .decisions
            .iter()
            .rev()
            .filter(|decision| decision.counts() && decision.role == Role::Assessor)
    };
    let accepted = entry.claims.iter().all(|claim| {
        let mut verdicts = by_assessors().flat_map(|decision| &decision.claims);
        let last = verdicts.find(|verdict| verdict.criterion == claim.criterion);
        last.is_some_and(|last| last.verdict == Verdict::Accepted)
    });
    if accepted {
        AssessmentStage::Summative
    } else {
        AssessmentStage::Interim
    }
}

fn hashed_fields<'a>(
    portfolio: &Portfolio,
    entry: &Entry,
    assessor: &str,
    decisions: impl Iterator<Item = &'a Decision>,
) -> String {
    let mut fields = String::new();
    for part in [portfolio.settings.learner_id.as_str(), &entry.id, assessor] {
        push_field(&mut fields, part);
    }
    for decision in decisions {
        push_field(&mut fields, &decision.date.to_string());
        push_field(&mut fields, &decision.attempt.to_string());
        push_field(&mut fields, decision.digest.as_deref().unwrap_or_default());
        for claim in &decision.claims {
            push_field(&mut fields, &portfolio.catalogue.full_code(claim.criterion));
            push_field(&mut fields, claim.verdict.into());
        }
    }
    fields
}
