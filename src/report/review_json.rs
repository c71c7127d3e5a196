//! A progress review as JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::hours::to_hours;
use super::identity::Identity;
use super::json::to_pretty_json;
use crate::cover::{PeriodProgress, PlannedAction, Review, Standing, expiring, planned_hours};
use crate::model::{Coverage, CriterionId, Decision, Entry, Portfolio, Word};

#[derive(Serialize)]
struct ReviewJson {
    version: u32,
    portfolio: Identity,
    since: String,
    until: String,
    standards: Vec<ReviewStandard>,
    evidenced: Vec<String>,
    referred: Vec<String>,
    resubmitted: Vec<String>,
    entries: Vec<WrittenJson>,
    hours: HoursJson,
    actions: Vec<Planned>,
    actions_agreed: Vec<Planned>,
    decisions: Vec<Decided>,
    consents_expiring: Vec<Expiring>,
}

#[derive(Serialize)]
struct ReviewStandard {
    id: String,
    before: Option<ReviewCounts>,
    now: Option<ReviewCounts>,
    stands: Option<String>,
    slippage: Option<String>,
}

#[derive(Serialize)]
struct ReviewCounts {
    evidenced: usize,
    planned: usize,
    of: usize,
}

#[derive(Serialize)]
struct WrittenJson {
    id: String,
    title: String,
    date: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
    hours: Option<f64>,
    off_the_job: bool,
    codes: Vec<String>,
}

#[derive(Serialize)]
struct HoursJson {
    recorded: f64,
    recorded_so_far: f64,
    planned_so_far: Option<f64>,
    required: Option<u32>,
    at_least: u32,
    standing: &'static str,
    why: String,
}

#[derive(Serialize)]
struct Planned {
    what: String,
    entry: String,
    by: Option<String>,
    state: &'static str,
    done: Option<String>,
    closed_by: Option<String>,
}

#[derive(Serialize)]
struct Decided {
    entry: String,
    assessor: String,
    role: &'static str,
    date: String,
    attempt: u32,
    claims: BTreeMap<String, &'static str>,
    feedback: Option<String>,
}

#[derive(Serialize)]
struct Expiring {
    id: String,
    expires: String,
}

/// The document of `review --format json`, with identifiers masked.
#[must_use]
pub fn review_json(portfolio: &Portfolio, coverage: &Coverage, review: &Review<'_>) -> String {
    let code = |id: &CriterionId| portfolio.catalogue.full_code(*id);
    let entry = |at: usize| &portfolio.entries[at];
    let planned = |actions: &[PlannedAction]| {
        actions
            .iter()
            .map(|one| action(entry(one.entry), one))
            .collect()
    };
    let consents = expiring(portfolio, review.until);
    to_pretty_json(&ReviewJson {
        version: 1,
        portfolio: Identity::of(portfolio, coverage.as_of),
        since: review.since.to_string(),
        until: review.until.to_string(),
        standards: review
            .progress
            .iter()
            .map(|progress| standard(portfolio, progress))
            .collect(),
        evidenced: review.evidenced.iter().map(code).collect(),
        referred: review.referred.iter().map(code).collect(),
        resubmitted: review.resubmitted.iter().map(code).collect(),
        entries: review
            .written
            .iter()
            .map(|&at| written(portfolio, entry(at)))
            .collect(),
        hours: hours(portfolio, review),
        actions: planned(&review.prior),
        actions_agreed: planned(&review.agreed),
        decisions: review
            .decisions
            .iter()
            .map(|&(at, number)| decided(portfolio, entry(at), &entry(at).decisions[number]))
            .collect(),
        consents_expiring: consents
            .map(|(consent, expires)| Expiring {
                id: consent.id.clone(),
                expires: expires.to_string(),
            })
            .collect(),
    })
}

fn standard(portfolio: &Portfolio, progress: &PeriodProgress) -> ReviewStandard {
    let counts = |stands: Standing| ReviewCounts {
        evidenced: stands.complete,
        planned: stands.expected,
        of: stands.of,
    };
    ReviewStandard {
        id: portfolio
            .catalogue
            .standard(progress.standard)
            .id
            .value
            .clone(),
        before: progress.before.map(counts),
        now: progress.now.map(counts),
        stands: progress.now.map(Standing::words),
        slippage: progress.slippage(),
    }
}

fn written(portfolio: &Portfolio, entry: &Entry) -> WrittenJson {
    WrittenJson {
        id: entry.id.clone(),
        title: entry.covered(&entry.front_matter.title),
        date: entry.front_matter.date.as_ref().map(Date::to_string),
        kind: entry.front_matter.kind.word(),
        hours: entry.front_matter.hours.map(to_hours),
        off_the_job: entry.front_matter.off_the_job,
        codes: entry
            .claims
            .iter()
            .map(|claim| portfolio.catalogue.full_code(claim.criterion))
            .collect(),
    }
}

fn hours(portfolio: &Portfolio, review: &Review<'_>) -> HoursJson {
    let hours = &review.hours;
    HoursJson {
        recorded: to_hours(review.recorded),
        recorded_so_far: to_hours(hours.recorded),
        planned_so_far: planned_hours(&portfolio.settings, &hours.required, review.until)
            .map(to_hours),
        required: hours.required.hours.known().copied(),
        at_least: hours.required.at_least,
        standing: hours.standing.word(),
        why: hours.required.advice(),
    }
}

fn action(entry: &Entry, planned: &PlannedAction) -> Planned {
    let action = &entry.front_matter.actions[planned.action];
    Planned {
        what: entry.covered(&action.what.value),
        entry: entry.id.clone(),
        by: action.by.as_ref().map(Date::to_string),
        state: planned.state.word(),
        done: action.done.as_ref().map(Date::to_string),
        closed_by: action.closed_by.as_ref().map(|id| entry.covered(&id.value)),
    }
}

fn decided(portfolio: &Portfolio, entry: &Entry, decision: &Decision) -> Decided {
    let claims = decision.claims.iter();
    Decided {
        entry: entry.id.clone(),
        assessor: decision.assessor.clone(),
        role: decision.role.word(),
        date: decision.date.to_string(),
        attempt: decision.attempt,
        claims: claims
            .map(|claim| {
                (
                    portfolio.catalogue.full_code(claim.criterion),
                    claim.verdict.word(),
                )
            })
            .collect(),
        feedback: decision
            .feedback
            .as_ref()
            .map(|feedback| entry.covered(feedback)),
    }
}
