//! Words that reports and pages of a cohort share.

use super::assessors::{AssessorTally, TallyLine, Unusual};
use super::facts::LearnerFacts;
use super::forecast::Lateness;
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
            let others = match waiting.since_unknown {
                0 => String::new(),
                number => format!(", {number} since a day that is not known"),
            };
            format!("the oldest since {since}, {}{others}", counted(days, "day"))
        }
        _ => "since when is not known".to_owned(),
    };
    let tutor = match (row.seat.assessor.as_str(), row.seat.tutor.as_str()) {
        ("", _) | (_, "") => String::new(),
        (_, tutor) => format!(", tutor {tutor}"),
    };
    let owner = owner_words(row);
    let never = if facts.is_never_assessed() {
        "; no assessor has decided anything yet"
    } else {
        ""
    };
    let (entries, claims) = (
        counted(waiting.entries, "entry"),
        counted(waiting.claims, "claim"),
    );
    format!("{entries} with {claims}, {age}{never}; {owner}{tutor}")
}

/// A forecast that is after the planned end.
#[must_use]
pub fn finish_words(facts: &LearnerFacts, lateness: Lateness) -> String {
    let pace = match lateness {
        Lateness::BothPaces => "late",
        Lateness::OnePace | Lateness::None => "perhaps late",
    };
    format!("{pace}: evidenced {}", facts.forecast.words(facts.as_of))
}

/// Whose turn it is while something waits.
#[must_use]
pub fn owner_words(row: &Row) -> String {
    match (row.seat.assessor.as_str(), row.seat.tutor.as_str()) {
        ("", "") => "owner unknown".to_owned(),
        ("", tutor) => format!("tutor {tutor}"),
        (assessor, _) => format!("assessor {assessor}"),
    }
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

/// A share in per cent, with a digit after the point.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.1}\u{a0}%", share * 100.0)
}

/// How an assessor's share that is sent back compares with the usual one.
#[must_use]
pub fn unusual_words(line: &TallyLine<'_>) -> &'static str {
    match (line.unusual, line.is_higher, line.is_clear) {
        (Unusual::TooFew, ..) => "too few to say",
        (Unusual::No, ..) => "no different",
        (Unusual::Yes, true, true) => "clearly higher",
        (Unusual::Yes, true, false) => "higher, perhaps by chance",
        (Unusual::Yes, false, true) => "clearly lower",
        (Unusual::Yes, false, false) => "lower, perhaps by chance",
    }
}

/// How much of an assessor's work had a second look, of the share asked for in per cent.
#[must_use]
pub fn second_look_words(tally: &AssessorTally, asked: Option<u32>) -> String {
    let looked_at = match tally.looked_at {
        0 => "none".to_owned(),
        number => number.to_string(),
    };
    match asked.map(|percent| tally.asked(percent)) {
        Some(asked) => format!(
            "{looked_at} of {asked} asked for, {} open",
            asked.saturating_sub(tally.looked_at)
        ),
        None => format!("{looked_at} of {}", counted(tally.entries, "entry")),
    }
}

/// An assessor's decisions in words.
#[must_use]
pub fn tally_words(line: &TallyLine<'_>, asked: Option<u32>) -> String {
    let tally = line.tally;
    let interval = line.interval.zip(line.share());
    let interval = interval.map_or_else(String::new, |((low, high), share)| {
        let (share, low, high) = (percent(share), percent(low), percent(high));
        format!(
            " ({share}, 95 % interval {low} to {high}: {})",
            unusual_words(line)
        )
    });
    let days = match (tally.days_at(50), tally.days_at(90)) {
        (Some(half), Some(most)) => {
            format!(
                "; decided half within {}, nine in ten within {most}",
                counted(half, "day")
            )
        }
        _ => "; days to decide unknown".to_owned(),
    };
    let second = second_look_words(tally, asked);
    let overturned = match tally.overturned {
        0 => String::new(),
        number => format!(", {number} {} overturned", plural(number, "was", "were")),
    };
    format!(
        "{}, {} sent back{interval}{days}; second look at {second}{overturned}",
        counted(tally.decisions, "decision"),
        tally.sent_back
    )
}
