//! A cohort as text.

use std::fmt::Write;

use crate::cohort::{
    Cohort, LearnerFacts, LifeStage, Row, end_words, finish_words, gateway_words, people_words,
    percent, tally_words, waiting_words,
};
use crate::model::{RiskColour, Word};
use crate::text::{counted, in_words, one_line};

/// A cohort as text for a terminal: three lists first, then every learner, then the assessors and
/// the rules.
#[must_use]
pub fn cohort_text(cohort: &Cohort) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(out, "{}", summary(cohort));
    let with_people = |row| match people_words(row) {
        people if people.is_empty() => (row, row.why()),
        people => (row, format!("{} ({people})", row.why())),
    };
    let urgent = cohort.act_today().into_iter().map(with_people);
    write_list(&mut out, "Act today", "no one", urgent);
    let waiting = cohort.waiting().into_iter();
    let waiting = waiting.map(|(row, facts)| (row, waiting_words(row, facts)));
    write_list(&mut out, "Waiting for an assessor", "nothing", waiting);
    let near = cohort.near_gateway().into_iter();
    let near = near.map(|(row, facts)| {
        let words = format!("{}; gateway {}", end_words(facts), gateway_words(facts));
        (row, words)
    });
    let title = "Near the gateway or past the planned end";
    write_list(&mut out, title, "no one", near);
    let late = cohort.finish_late().into_iter();
    let late = late.map(|(row, facts, lateness)| {
        let words = format!("{}; {}", finish_words(facts, lateness), end_words(facts));
        (row, words)
    });
    write_list(&mut out, "May finish late", "no one by the forecast", late);
    let amber = cohort.look_this_week().into_iter().map(with_people);
    write_list(&mut out, "Look this week", "no one", amber);
    let is_unknown = |row: &&Row| row.colour == RiskColour::Unknown && row.facts.is_some();
    let unknown = cohort.rows.iter().filter(is_unknown).map(with_people);
    write_list(&mut out, "Unknown", "no one", unknown);
    let unjudged = cohort.rows.iter().filter(|row| row.facts.is_none());
    let unjudged: Vec<_> = unjudged.map(|row| (row, row.why())).collect();
    if !unjudged.is_empty() {
        write_list(&mut out, "Not judged", "", unjudged.into_iter());
    }
    write_learners(&mut out, cohort);
    write_stages(&mut out, cohort);
    write_assessors(&mut out, cohort);
    write_rules(&mut out, cohort);
    out
}

fn summary(cohort: &Cohort) -> String {
    let title = cohort.plan.title.as_deref().unwrap_or("Cohort");
    let as_of = match cohort.as_of() {
        Some(day) => format!(", as of {}", in_words(day)),
        None => String::new(),
    };
    let count = |colour: &RiskColour| format!("{} {}", cohort.count(*colour), colour.title());
    let counts: Vec<String> = RiskColour::ALL.iter().map(count).collect();
    format!(
        "{}: {}{as_of}. {}.",
        one_line(title),
        counted(cohort.rows.len(), "learner"),
        counts.join(", ")
    )
}

fn write_list<'a>(
    out: &mut String,
    title: &str,
    none: &str,
    rows: impl Iterator<Item = (&'a Row, String)>,
) {
    let _ = writeln!(out, "\n{title}");
    let mut is_empty = true;
    for (row, words) in rows {
        is_empty = false;
        let _ = writeln!(out, "  {:<12}  {}", one_line(row.name()), one_line(&words));
    }
    if is_empty {
        let _ = writeln!(out, "  {none}");
    }
}

fn write_learners(out: &mut String, cohort: &Cohort) {
    let _ = writeln!(out, "\nAll learners");
    for row in &cohort.rows {
        let (name, colour) = (one_line(row.name()), row.colour.title());
        let figures = row.facts.as_deref().map_or_else(String::new, figures);
        let _ = writeln!(out, "  {name:<12}  {colour:<14}  {figures}");
        let _ = writeln!(out, "  {:<12}  {}", "", one_line(&row.all_reasons()));
    }
}

/// Evidence, hours and stage on one line.
fn figures(facts: &LearnerFacts) -> String {
    let counts = &facts.counts;
    let planned = facts.hours_planned.map_or_else(
        || "unknown".to_owned(),
        |planned| format!("{planned} planned"),
    );
    let errors = match facts.findings.error {
        0 => String::new(),
        number => format!("; {} in `check`", counted(number, "error")),
    };
    format!(
        "{}/{} evidenced; {} off the job, {planned}; evidenced {}; {}{errors}",
        counts.complete(),
        counts.out_of(),
        counted(facts.hours_recorded, "hour"),
        facts.forecast.words(facts.as_of),
        facts.stage.title()
    )
}

fn write_stages(out: &mut String, cohort: &Cohort) {
    let _ = writeln!(out, "\nStages");
    for &stage in LifeStage::ALL {
        let number = cohort.count_stage(stage);
        if number > 0 {
            let _ = writeln!(out, "  {number:>5}  {}", stage.title());
        }
    }
}

fn write_assessors(out: &mut String, cohort: &Cohort) {
    let lines = cohort.tallies.lines();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nAssessors, in the order of their references");
    if let Some(share) = cohort.tallies.usual_share() {
        let share = percent(share);
        let _ = writeln!(
            out,
            "  half of all decisions are by assessors who send back {share} or less"
        );
    }
    for line in lines {
        let words = tally_words(&line, cohort.plan.second_look_percent);
        let _ = writeln!(out, "  {:<12}  {words}", one_line(line.assessor));
    }
}

fn write_rules(out: &mut String, cohort: &Cohort) {
    let _ = writeln!(out, "\nRules");
    for rule in &cohort.plan.rules {
        let delivery = rule.delivery.as_deref();
        let delivery = delivery.map_or_else(String::new, |name| format!(" ({name})"));
        let _ = writeln!(
            out,
            "  {:<14}  {} over {}{}: {}",
            rule.colour.title(),
            rule.measure.word(),
            rule.over,
            one_line(&delivery),
            one_line(&rule.source)
        );
    }
}
