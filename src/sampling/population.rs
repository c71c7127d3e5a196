//! What there is to sample: pieces, with the six dimensions that describe them.

use jiff::civil::Date;
use strum::{IntoStaticStr, VariantArray};

use super::draw::field;
use super::outcome::{Outcome, outcome};
use crate::model::{Decision, Entry, Known, Portfolio, Role, SamplingPlan, Verdict};

/// What nobody says.
const UNKNOWN: &str = "unknown";

/// One of the dimensions of CAMERA, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Dimension {
    /// Whose work it is.
    Candidate,
    /// Who decided.
    Assessor,
    /// How the criteria are assessed, as the standard says.
    Method,
    /// The type of evidence.
    Evidence,
    /// What the assessor's record holds.
    Record,
    /// Where it was assessed.
    Site,
}

/// Whether everything about a piece is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Stage {
    /// Something that the entry claims is not accepted yet.
    Interim,
    /// Assessors have accepted all that it claims.
    Summative,
}

/// What one assessor decided about one entry.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// Whose work it is, by reference.
    pub candidate: String,
    /// The entry's id.
    pub entry: String,
    /// Who decided, by reference.
    pub assessor: String,
    /// The place of the portfolio among those that are sampled, and of the entry in it.
    pub at: (usize, usize),
    /// The day of the last of the assessor's decisions in the period.
    pub decided: Date,
    /// Whether everything about it is decided.
    pub stage: Stage,
    /// Its values, by dimension, each once.
    pub values: Vec<(Dimension, String)>,
    /// What an internal quality assurer made of it since.
    pub outcome: Outcome,
    /// What a seed is made from.
    pub(super) fields: String,
}

impl Assessed {
    /// Whether it has a value.
    #[must_use]
    pub fn has(&self, dimension: Dimension, value: &str) -> bool {
        self.values
            .iter()
            .any(|(other, has)| *other == dimension && has == value)
    }

    /// Its values in one dimension.
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

/// Every piece that was decided in the plan's period, until a day at the latest.
pub fn population(portfolios: &[&Portfolio], plan: &SamplingPlan, until: Date) -> Vec<Assessed> {
    let in_period = |decision: &&Decision| {
        decision.counts()
            && decision.role == Role::Assessor
            && decision.date <= until
            && plan.from.is_none_or(|from| from <= decision.date)
    };
    let mut all = Vec::new();
    for (place, portfolio) in portfolios.iter().enumerate() {
        for (at, entry) in portfolio.entries.iter().enumerate() {
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
                all.extend(assessed(portfolio, (place, at), assessor, &own, plan));
            }
        }
    }
    all.sort_by(|a, b| a.key().cmp(&b.key()));
    all
}

fn assessed(
    portfolio: &Portfolio,
    at: (usize, usize),
    assessor: &str,
    own: &[(usize, &Decision)],
    plan: &SamplingPlan,
) -> Option<Assessed> {
    let entry = &portfolio.entries[at.1];
    let &(last, decision) = own.last()?;
    let decisions = || own.iter().map(|(_, decision)| *decision);
    let candidate = &portfolio.settings.learner_id;
    let mut values = vec![
        (Dimension::Candidate, candidate.clone()),
        (Dimension::Assessor, assessor.to_owned()),
        (Dimension::Evidence, entry.kind.title().to_owned()),
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
            .map(|what| (Dimension::Record, what.to_owned())),
    );
    values.sort();
    values.dedup();
    Some(Assessed {
        candidate: candidate.clone(),
        entry: entry.id.clone(),
        assessor: assessor.to_owned(),
        at,
        decided: decision.date,
        stage: stage(entry),
        values,
        outcome: outcome(entry, assessor, last, decisions()),
        fields: fields(portfolio, entry, assessor, decisions()),
    })
}

/// The methods by which the standards assess what was decided.
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

/// What the record of the decisions holds: verdicts of each kind, the rules of evidence, feedback.
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

/// By what assessors said alone: what quality assurers say must not change what is drawn for them.
fn stage(entry: &Entry) -> Stage {
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
        Stage::Summative
    } else {
        Stage::Interim
    }
}

fn fields<'a>(
    portfolio: &Portfolio,
    entry: &Entry,
    assessor: &str,
    decisions: impl Iterator<Item = &'a Decision>,
) -> String {
    let mut fields = String::new();
    for part in [portfolio.settings.learner_id.as_str(), &entry.id, assessor] {
        field(&mut fields, part);
    }
    for decision in decisions {
        field(&mut fields, &decision.date.to_string());
        field(&mut fields, &decision.attempt.to_string());
        field(&mut fields, decision.digest.as_deref().unwrap_or_default());
        for claim in &decision.claims {
            field(&mut fields, &portfolio.catalogue.full_code(claim.criterion));
            field(&mut fields, claim.verdict.into());
        }
    }
    fields
}
