//! A cohort as JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::coverage_json::{SummaryJson, summary};
use super::hours::to_hours;
use super::json::to_pretty_json;
use crate::cohort::{
    Cohort, LearnerFacts, LifeStage, ReviewFacts, Row, StandardFacts, TallyLine, Unusual,
    WaitingWork, name_month,
};
use crate::cover::Standing;
use crate::model::{ColourRule, RiskColour, Word};

#[derive(Serialize)]
struct CohortJson<'a> {
    version: u32,
    as_of: Option<String>,
    title: Option<&'a str>,
    exit_code: u8,
    summary: CohortSummary,
    act_today: Vec<&'a str>,
    waiting: Vec<&'a str>,
    near_gateway: Vec<&'a str>,
    finish_late: Vec<&'a str>,
    never_assessed: Vec<&'a str>,
    #[serde(serialize_with = "serialize_rows")]
    learners: &'a [Row],
    usual_share_sent_back: Option<f64>,
    assessors: Vec<AssessorJson<'a>>,
    rules: Vec<RuleJson<'a>>,
}

#[derive(Serialize)]
struct CohortSummary {
    learners: usize,
    judged: usize,
    colours: BTreeMap<&'static str, usize>,
    stages: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct LearnerJson<'a> {
    learner: &'a str,
    folder: &'a str,
    tutor: &'a str,
    assessor: &'a str,
    site: &'a str,
    delivery: &'a str,
    colour: &'static str,
    colour_words: &'static str,
    reasons: Vec<ReasonJson<'a>>,
    #[serde(flatten)]
    facts: Option<FactsJson<'a>>,
}

#[derive(Serialize)]
struct ReasonJson<'a> {
    colour: &'static str,
    measure: Option<&'static str>,
    words: &'a str,
}

#[derive(Serialize)]
struct FactsJson<'a> {
    cohort: Option<&'a str>,
    as_of: String,
    start: Option<String>,
    planned_end: Option<String>,
    stage: &'static str,
    standards_problem: Option<&'a str>,
    standards: Vec<CoveredJson<'a>>,
    evidence: SummaryJson,
    plan: Option<PlanJson>,
    forecast: ForecastJson,
    entries: EntriesJson,
    hours: HoursFigures,
    last_entry: Option<String>,
    silent_days: Option<i64>,
    reviews: ReviewsJson,
    waiting: WaitingJson,
    referrals: ReferralsJson,
    gateway: GatewayFigures,
    findings: FindingsFigures<'a>,
    decisions: DecisionsFigures,
}

#[derive(Serialize)]
struct CoveredJson<'a> {
    id: &'a str,
    version: Option<&'a str>,
    updated: Option<String>,
    evidence: SummaryJson,
    plan: Option<PlanJson>,
    criteria: BTreeMap<&'a str, &'static str>,
}

#[derive(Serialize)]
struct PlanJson {
    evidenced: usize,
    planned: usize,
    of: usize,
}

#[derive(Serialize)]
struct ForecastJson {
    words: String,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct EntriesJson {
    submitted: usize,
    private: usize,
    drafts: usize,
}

#[derive(Serialize)]
struct HoursFigures {
    recorded: f64,
    required: Option<u32>,
    planned_so_far: Option<f64>,
    standing: &'static str,
    months_without_learning: Vec<String>,
}

#[derive(Serialize)]
struct ReviewsJson {
    held: usize,
    last: Option<String>,
    days_since: Option<i64>,
    two_party: usize,
    signed_late: usize,
}

#[derive(Serialize)]
struct WaitingJson {
    entries: usize,
    claims: usize,
    since: Option<String>,
    days: Option<i64>,
    since_unknown: usize,
    owner: String,
}

#[derive(Serialize)]
struct ReferralsJson {
    open: usize,
    oldest: Option<String>,
    resubmitted: usize,
    contested: usize,
}

#[derive(Serialize)]
struct GatewayFigures {
    readiness: &'static str,
    met: usize,
    not_met: usize,
    unknown: usize,
    to_confirm: usize,
}

#[derive(Serialize)]
struct FindingsFigures<'a> {
    error: usize,
    warning: usize,
    note: usize,
    privacy: &'a BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct DecisionsFigures {
    files: usize,
    last: Option<String>,
    chain: &'static str,
    holds: bool,
}

#[derive(Serialize)]
struct AssessorJson<'a> {
    assessor: &'a str,
    decisions: u32,
    sent_back: u32,
    interval: Option<[f64; 2]>,
    differs: &'static str,
    direction: Option<&'static str>,
    clearly: Option<bool>,
    days_median: Option<i64>,
    days_p90: Option<i64>,
    entries: u32,
    second_looks: u32,
    second_looks_asked: Option<u32>,
    overturned: u32,
}

#[derive(Serialize)]
struct RuleJson<'a> {
    measure: &'static str,
    over: u32,
    colour: &'static str,
    delivery: Option<&'a str>,
    source: &'a str,
}

/// The document of `cohort --format json`.
#[must_use]
pub fn cohort_json(cohort: &Cohort, exit_code: u8) -> String {
    to_pretty_json(&CohortJson {
        version: 1,
        as_of: cohort.as_of().map(|day| day.to_string()),
        title: cohort.plan.title.as_deref(),
        exit_code,
        summary: summarise(cohort),
        act_today: cohort.act_today().iter().map(|row| row.name()).collect(),
        waiting: cohort.waiting().iter().map(|(row, _)| row.name()).collect(),
        near_gateway: cohort
            .near_gateway()
            .iter()
            .map(|(row, _)| row.name())
            .collect(),
        finish_late: cohort
            .finish_late()
            .iter()
            .map(|(row, ..)| row.name())
            .collect(),
        never_assessed: cohort
            .never_assessed()
            .iter()
            .map(|row| row.name())
            .collect(),
        learners: &cohort.rows,
        usual_share_sent_back: cohort.tallies.usual_share().map(round),
        assessors: cohort
            .tallies
            .lines()
            .iter()
            .map(|line| AssessorJson::of(line, cohort.plan.second_look_percent))
            .collect(),
        rules: cohort.plan.rules.iter().map(RuleJson::of).collect(),
    })
}

/// Makes each learner's object when it is written: all of them at once take more memory than the rows.
fn serialize_rows<S: Serializer>(rows: &&[Row], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rows.iter().map(LearnerJson::of))
}

fn summarise(cohort: &Cohort) -> CohortSummary {
    let colours = RiskColour::ALL.iter();
    let stages = LifeStage::ALL.iter();
    CohortSummary {
        learners: cohort.rows.len(),
        judged: cohort.facts().count(),
        colours: colours
            .map(|one| (one.word(), cohort.count(*one)))
            .collect(),
        stages: stages
            .map(|one| (one.word(), cohort.count_stage(*one)))
            .collect(),
    }
}

/// A share, rounded to a ten-thousandth.
fn round(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

impl<'a> LearnerJson<'a> {
    fn of(row: &'a Row) -> Self {
        let reasons = row.reasons.iter().map(|reason| ReasonJson {
            colour: reason.colour.word(),
            measure: reason.measure.map(Word::word),
            words: &reason.words,
        });
        Self {
            learner: &row.learner,
            folder: &row.folder,
            tutor: &row.seat.tutor,
            assessor: &row.seat.assessor,
            site: &row.seat.site,
            delivery: &row.seat.delivery,
            colour: row.colour.word(),
            colour_words: row.colour.title(),
            reasons: reasons.collect(),
            facts: row.facts.as_deref().map(|facts| FactsJson::of(row, facts)),
        }
    }
}

impl<'a> FactsJson<'a> {
    fn of(row: &Row, facts: &'a LearnerFacts) -> Self {
        let (first, last) = facts.forecast.bounds();
        Self {
            cohort: facts.cohort.as_deref(),
            as_of: facts.as_of.to_string(),
            start: day(facts.start),
            planned_end: day(facts.planned_end),
            stage: facts.stage.word(),
            standards_problem: facts.standards_problem.as_deref(),
            standards: facts.standards.iter().map(CoveredJson::of).collect(),
            evidence: summary(&facts.counts),
            plan: facts.plan.map(PlanJson::of),
            forecast: ForecastJson {
                words: facts.forecast.words(facts.as_of),
                first: day(first),
                last: day(last),
            },
            entries: EntriesJson {
                submitted: facts.entries.submitted,
                private: facts.entries.private,
                drafts: facts.entries.drafts,
            },
            hours: HoursFigures {
                recorded: to_hours(facts.hours_recorded),
                required: facts.hours_required,
                planned_so_far: facts.hours_planned.map(to_hours),
                standing: facts.hours_standing.word(),
                months_without_learning: facts
                    .months_without_learning
                    .iter()
                    .map(|day| name_month(*day))
                    .collect(),
            },
            last_entry: day(facts.last_entry),
            silent_days: facts.silent_days,
            reviews: ReviewsJson::of(&facts.reviews),
            waiting: WaitingJson::of(row, &facts.waiting),
            referrals: ReferralsJson {
                open: facts.referrals,
                oldest: day(facts.oldest_referral),
                resubmitted: facts.resubmitted,
                contested: facts.contested,
            },
            gateway: GatewayFigures::of(facts),
            findings: FindingsFigures {
                error: facts.findings.error,
                warning: facts.findings.warning,
                note: facts.findings.note,
                privacy: &facts.privacy,
            },
            decisions: DecisionsFigures {
                files: facts.decision_files,
                last: day(facts.last_decision),
                chain: facts.chain,
                holds: facts.decisions_hold,
            },
        }
    }
}

impl ReviewsJson {
    fn of(reviews: &ReviewFacts) -> Self {
        Self {
            held: reviews.held,
            last: day(reviews.last),
            days_since: reviews.age,
            two_party: reviews.two_party,
            signed_late: reviews.signed_late,
        }
    }
}

impl WaitingJson {
    fn of(row: &Row, waiting: &WaitingWork) -> Self {
        Self {
            entries: waiting.entries,
            claims: waiting.claims,
            since: day(waiting.since),
            days: waiting.days,
            since_unknown: waiting.since_unknown,
            owner: row.owner().to_owned(),
        }
    }
}

impl GatewayFigures {
    fn of(facts: &LearnerFacts) -> Self {
        let [not_met, unknown, to_confirm, met] = facts.gateway;
        Self {
            readiness: facts.readiness.word(),
            met,
            not_met,
            unknown,
            to_confirm,
        }
    }
}

/// A day as documents have it.
fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

impl<'a> CoveredJson<'a> {
    fn of(standard: &'a StandardFacts) -> Self {
        let codes = standard.codes.iter().map(String::as_str);
        Self {
            id: &standard.id,
            version: standard.version.known().map(String::as_str),
            updated: day(standard.updated.known().copied()),
            evidence: summary(&standard.counts),
            plan: standard.plan.map(PlanJson::of),
            criteria: codes
                .zip(&standard.cells)
                .map(|(code, cell)| (code, cell.word()))
                .collect(),
        }
    }
}

impl PlanJson {
    fn of(plan: Standing) -> Self {
        Self {
            evidenced: plan.complete,
            planned: plan.expected,
            of: plan.of,
        }
    }
}

impl<'a> AssessorJson<'a> {
    fn of(line: &TallyLine<'a>, asked: Option<u32>) -> Self {
        let tally = line.tally;
        let differs = line.unusual == Unusual::Yes;
        let direction = if line.is_higher { "higher" } else { "lower" };
        Self {
            assessor: line.assessor,
            decisions: tally.decisions,
            sent_back: tally.sent_back,
            interval: line.interval.map(|(low, high)| [round(low), round(high)]),
            differs: line.unusual.word(),
            direction: differs.then_some(direction),
            clearly: differs.then_some(line.is_clear),
            days_median: tally.days_at(50),
            days_p90: tally.days_at(90),
            entries: tally.entries,
            second_looks: tally.looked_at,
            second_looks_asked: asked.map(|percent| tally.asked(percent)),
            overturned: tally.overturned,
        }
    }
}

impl<'a> RuleJson<'a> {
    fn of(rule: &'a ColourRule) -> Self {
        Self {
            measure: rule.measure.word(),
            over: rule.over,
            colour: rule.colour.word(),
            delivery: rule.delivery.as_deref(),
            source: &rule.source,
        }
    }
}
