//! The measures that rules compare with thresholds, and their words.

use jiff::civil::Date;

use super::facts::{LearnerFacts, LifeStage};
use crate::cover::{REVIEW_WEEKS, days};
use crate::model::Measure;
use crate::text::{counted, plural};

/// The result of taking a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measured {
    /// A value, and what it means in words.
    Value(i64, String),
    /// It does not apply yet.
    NotDue,
    /// It cannot be taken, for this reason.
    Unknown(String),
}

impl Measured {
    fn unknown(why: &str) -> Self {
        Self::Unknown(why.to_owned())
    }
}

/// Takes a measure of a portfolio.
#[must_use]
pub fn measure(facts: &LearnerFacts, measure: Measure) -> Measured {
    match measure {
        Measure::BehindPercent => measure_plan(facts),
        Measure::HoursBehindPercent => measure_hours(facts),
        Measure::SilentDays => measure_silence(facts),
        Measure::MonthsWithoutLearning => measure_months(facts),
        Measure::ReviewDays => measure_review(facts),
        Measure::TwoPartyReview => measure_parties(facts),
        Measure::SignatureDays => measure_signature(facts),
        Measure::WaitingDays => measure_waiting(facts),
        Measure::ReferralDays => measure_referrals(facts),
        Measure::ContestedClaims => count(
            facts.contested,
            format!(
                "assessors disagree on {}",
                counted(facts.contested, "claim")
            ),
        ),
        Measure::UnsoundDecisions => count(
            usize::from(!facts.decisions_hold),
            "the decisions cannot be relied on".to_owned(),
        ),
        Measure::PrivacyErrors => count(
            facts.privacy_errors,
            format!("{} on privacy", counted(facts.privacy_errors, "error")),
        ),
        Measure::PastEndDays => measure_end(facts),
    }
}

fn count(number: usize, words: String) -> Measured {
    Measured::Value(number.try_into().unwrap_or(i64::MAX), words)
}

/// The share of `expected` that is missing, in per cent, rounded down.
fn missing_percent(have: u64, expected: u64) -> i64 {
    let missing = expected.saturating_sub(have);
    i64::try_from(missing * 100 / expected.max(1)).unwrap_or(100)
}

/// Whether no progress is expected: it is too early, or the learner is on a break.
fn is_idle(facts: &LearnerFacts) -> bool {
    matches!(
        facts.stage,
        LifeStage::NotStarted | LifeStage::Started | LifeStage::OnBreak
    )
}

fn measure_plan(facts: &LearnerFacts) -> Measured {
    if is_idle(facts) {
        return Measured::NotDue;
    }
    let Some(plan) = facts.plan else {
        return Measured::unknown("no plan: a date of the programme is missing");
    };
    let (have, expected) = (plan.complete as u64, plan.expected as u64);
    let words = if have > expected {
        format!("{}, {expected} expected", counted(plan.complete, "code"))
    } else {
        let codes = plural(expected, "code", "codes");
        format!("{have} of {expected} expected {codes}")
    };
    Measured::Value(missing_percent(have, expected), words)
}

fn measure_hours(facts: &LearnerFacts) -> Measured {
    if is_idle(facts) {
        return Measured::NotDue;
    }
    let Some(planned) = facts.hours_planned else {
        return Measured::unknown("the required hours are not known");
    };
    let recorded = facts.hours_recorded;
    let words = format!("{recorded} of {} planned", counted(planned, "hour"));
    Measured::Value(
        missing_percent(u64::from(recorded.0), u64::from(planned.0)),
        words,
    )
}

fn measure_silence(facts: &LearnerFacts) -> Measured {
    match (facts.silent_days, facts.last_entry) {
        _ if is_idle(facts) || facts.is_finished() => Measured::NotDue,
        (None, _) => Measured::unknown("no entry, and no start date"),
        (Some(silent), Some(last)) => {
            let breaks = name_breaks(silent, last, facts);
            let silence = counted(silent, "day");
            Measured::Value(silent, format!("silent {silence}{breaks}"))
        }
        (Some(silent), None) => {
            let words = format!("no entry in {} since the start", counted(silent, "day"));
            Measured::Value(silent, words)
        }
    }
}

/// That breaks are left out of a number of days since `from`; empty if there were none.
fn name_breaks(number: i64, from: Date, facts: &LearnerFacts) -> &'static str {
    if number < days(from, facts.as_of) {
        " without breaks"
    } else {
        ""
    }
}

/// Counts the run of months up to the last full one: a month that was made up for is history.
fn measure_months(facts: &LearnerFacts) -> Measured {
    if is_idle(facts) {
        return Measured::NotDue;
    }
    if facts.hours_recorded.0 == 0 {
        return Measured::unknown("no hours off the job are recorded, perhaps they are elsewhere");
    }
    let Some(start) = facts.start else {
        return Measured::unknown("no start date, so no month is counted");
    };
    let mut run = 0;
    let mut end = facts.as_of.first_of_month().yesterday();
    while let Ok(day) = end {
        if day < start || !facts.months_without_learning.contains(&day) {
            break;
        }
        run += 1;
        end = day.first_of_month().yesterday();
    }
    let words = match run {
        1 => "the last month was without active learning".to_owned(),
        _ => format!("{} without active learning", counted(run, "month")),
    };
    Measured::Value(run, words)
}

fn measure_review(facts: &LearnerFacts) -> Measured {
    if facts.is_excused() {
        return Measured::NotDue;
    }
    if let Some((age, last)) = facts.reviews.age.zip(facts.reviews.last) {
        let words = match name_breaks(age, last, facts) {
            "" => format!("review {} ago", counted(age, "day")),
            breaks => format!("{} since the review{breaks}", counted(age, "day")),
        };
        return Measured::Value(age, words);
    }
    match facts.start.map(|start| days(start, facts.as_of)) {
        Some(gone) if gone <= REVIEW_WEEKS * 7 => Measured::NotDue,
        Some(gone) => Measured::Unknown(format!(
            "no progress review is recorded in {} since the start",
            counted(gone, "day")
        )),
        None => Measured::unknown("no progress review is recorded"),
    }
}

fn measure_parties(facts: &LearnerFacts) -> Measured {
    let Some(last) = facts.reviews.last.filter(|_| !facts.is_excused()) else {
        return Measured::NotDue;
    };
    match facts.reviews.last_is_two_party {
        None => Measured::Unknown(format!(
            "the review of {last} does not name the roles of those who took part or signed"
        )),
        Some(is_two_party) => Measured::Value(
            i64::from(is_two_party),
            format!("the review of {last} was held or signed by two of three parties at most"),
        ),
    }
}

fn measure_signature(facts: &LearnerFacts) -> Measured {
    let Some(last) = facts.reviews.last.filter(|_| !facts.is_excused()) else {
        return Measured::NotDue;
    };
    match facts.reviews.last_signature_days {
        // The record may be signed elsewhere.
        None if facts.reviews.last_is_unsigned => {
            Measured::Unknown(format!("no signature of the review of {last} is recorded"))
        }
        None => Measured::NotDue,
        Some(days) => {
            let days_later = counted(days, "day");
            Measured::Value(
                days,
                format!("the review of {last} was signed late, after {days_later}"),
            )
        }
    }
}

fn measure_waiting(facts: &LearnerFacts) -> Measured {
    let waiting = &facts.waiting;
    match waiting.days {
        Some(days) => {
            let at_least = if waiting.since_unknown > 0 {
                "at least "
            } else {
                ""
            };
            let words = format!(
                "{} {} for an assessor, the oldest for {at_least}{}",
                counted(waiting.entries, "entry"),
                plural(waiting.entries, "waits", "wait"),
                counted(days, "day")
            );
            Measured::Value(days, words)
        }
        None if waiting.entries > 0 => Measured::unknown(
            "an entry changed after it was decided, and how long it has waited is not known",
        ),
        None => Measured::Value(0, "nothing waits for an assessor".to_owned()),
    }
}

fn measure_referrals(facts: &LearnerFacts) -> Measured {
    let Some(oldest) = facts.oldest_referral else {
        return Measured::Value(0, "no open referral".to_owned());
    };
    let age = days(oldest, facts.as_of);
    let claims = counted(facts.referrals, "claim");
    let words = format!("{claims} sent back, the oldest {} ago", counted(age, "day"));
    Measured::Value(age, words)
}

fn measure_end(facts: &LearnerFacts) -> Measured {
    let Some(end) = facts.planned_end else {
        return Measured::unknown("no planned end");
    };
    if end >= facts.as_of || facts.is_excused() {
        return Measured::NotDue;
    }
    let past = days(end, facts.as_of);
    Measured::Value(
        past,
        format!("{} past the planned end", counted(past, "day")),
    )
}
