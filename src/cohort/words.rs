//! Words that reports and pages of a cohort share.

use super::assessors::{TallyLine, Unusual};
use super::facts::LearnerFacts;
use super::row::Row;
use crate::cover::days;
use crate::model::Readiness;
use crate::text::{counted, plural};

/// The tutor and the site of a learner; empty if the plan names neither.
#[must_use]
pub fn people_words(row: &Row) -> String {
    let tutor = (!row.seat.tutor.is_empty()).then(|| format!("tutor {}", row.seat.tutor));
    let site = (!row.seat.site.is_empty()).then(|| row.seat.site.clone());
    let words: Vec<String> = tutor.into_iter().chain(site).collect();
    words.join(", ")
}

/// What waits for an assessor, since when, and whose turn it is.
#[must_use]
pub fn waiting_words(row: &Row, facts: &LearnerFacts) -> String {
    let waiting = &facts.waiting;
    let age = match (waiting.since, waiting.days) {
        (Some(since), Some(days)) => {
            format!("the oldest since {since}, {}", counted(days, "day"))
        }
        _ => "since when is not known".to_owned(),
    };
    let owner = match (row.seat.assessor.as_str(), row.seat.tutor.as_str()) {
        ("", "") => "owner unknown".to_owned(),
        ("", tutor) => format!("tutor {tutor}"),
        (assessor, _) => format!("assessor {assessor}"),
    };
    let (entries, claims) = (
        counted(waiting.entries, "entry"),
        counted(waiting.claims, "claim"),
    );
    format!("{entries} with {claims}, {age}; {owner}")
}

/// How far the planned end is.
#[must_use]
pub fn end_words(facts: &LearnerFacts) -> String {
    let Some(end) = facts.planned_end else {
        return "planned end unknown".to_owned();
    };
    match days(facts.as_of, end) {
        left @ 0.. => format!("planned end {end}, in {}", counted(left, "day")),
        past => format!("planned end {end}, {} ago", counted(-past, "day")),
    }
}

/// Readiness for the gateway, with the number of items in each state.
#[must_use]
pub fn gateway_words(facts: &LearnerFacts) -> String {
    let [not_met, unknown, to_confirm, met] = facts.gateway;
    let title = match facts.readiness {
        Readiness::NotReady => "not ready",
        Readiness::ToConfirm => "to confirm",
        Readiness::Ready => "ready",
    };
    format!("{title}: {met} met, {not_met} not met, {unknown} unknown, {to_confirm} to confirm")
}

/// A share in per cent, rounded.
fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// An assessor's decisions in words.
#[must_use]
pub fn tally_words(line: &TallyLine<'_>, asked: Option<u32>) -> String {
    let tally = line.tally;
    let interval = line.interval.map_or_else(String::new, |(low, high)| {
        format!(" (95 %: {} to {})", percent(low), percent(high))
    });
    let unusual = match line.unusual {
        Unusual::TooFew => "; too few to compare",
        Unusual::No => "",
        Unusual::Yes => "; differs from the cohort",
    };
    let days = match (tally.days_at(50), tally.days_at(90)) {
        (Some(half), Some(most)) => {
            format!(
                "; half within {}, nine in ten within {most}",
                counted(half, "day")
            )
        }
        _ => "; days to decide unknown".to_owned(),
    };
    let looked_at = tally.looked_at;
    let second = match asked.map(|percent| tally.asked(percent)) {
        Some(asked) => format!(
            "; second look at {looked_at} of {asked} asked for, {} open",
            asked.saturating_sub(looked_at)
        ),
        None => format!(
            "; second look at {looked_at} of {}",
            counted(tally.entries, "entry")
        ),
    };
    let overturned = match tally.overturned {
        0 => String::new(),
        number => format!(", {number} {} overturned", plural(number, "was", "were")),
    };
    format!(
        "{}, {} sent back{interval}{unusual}{days}{second}{overturned}",
        counted(tally.decisions, "decision"),
        tally.sent_back
    )
}
