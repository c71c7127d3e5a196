//! Small tables of a cohort: owners of waiting work, stages, groups, assessors and rules.

use std::collections::BTreeMap;

use super::cohort_learners::label;
use super::listing::{Cell, Grid, Part};
use crate::cohort::{
    Cohort, LearnerFacts, LifeStage, Row, TallyLine, owner_words, percent, second_look_words,
    unusual_words,
};
use crate::model::{RiskColour, Word};
use crate::text::natural;

/// What waits for each owner.
pub(super) fn tabulate_owners(cohort: &Cohort) -> Grid {
    let mut owners: BTreeMap<String, Vec<&LearnerFacts>> = BTreeMap::new();
    for (row, facts) in cohort.waiting() {
        owners.entry(owner_words(row)).or_default().push(facts);
    }
    let mut owners: Vec<(String, Vec<&LearnerFacts>)> = owners.into_iter().collect();
    owners.sort_by(|a, b| natural(&a.0, &b.0));
    let rows = owners.into_iter().map(|(owner, waiting)| {
        let sum = |part: fn(&LearnerFacts) -> usize| -> usize {
            waiting.iter().map(|facts| part(facts)).sum()
        };
        let oldest = waiting.iter().filter_map(|facts| facts.waiting.days).max();
        let cells = [
            owner,
            waiting.len().to_string(),
            sum(|facts| facts.waiting.entries).to_string(),
            sum(|facts| facts.waiting.claims).to_string(),
            match oldest {
                Some(days) if sum(|facts| facts.waiting.since_unknown) > 0 => {
                    format!("at least {days}")
                }
                Some(days) => days.to_string(),
                None => "unknown".to_owned(),
            },
        ];
        cells.map(Cell::text).into()
    });
    let columns = ["Owner", "Learners", "Entries", "Claims", "Oldest, days"];
    Grid::new("Waiting by owner", &columns, rows.collect())
}

pub(super) fn tabulate_stages(cohort: &Cohort) -> Grid {
    let stages = LifeStage::ALL.iter();
    let rows = stages.filter_map(|stage| {
        let number = cohort.count_stage(*stage);
        (number > 0).then(|| vec![Cell::text(stage.title()), Cell::text(number.to_string())])
    });
    Grid::new("Stages", &["Stage", "Learners"], rows.collect())
}

/// Learners by tutor, by site and by pattern of delivery, where the plan names them.
pub(super) fn tabulate_groups(cohort: &Cohort) -> Vec<Part> {
    let mut parts = Vec::new();
    for (title, column) in [
        ("Tutors", "Tutor"),
        ("Sites", "Site"),
        ("Delivery", "Pattern"),
    ] {
        let mut groups: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &cohort.rows {
            let name = match column {
                "Tutor" => &row.seat.tutor,
                "Site" => &row.seat.site,
                _ => &row.seat.delivery,
            };
            groups.entry(name).or_default().push(row);
        }
        if groups.keys().all(|name| name.is_empty()) {
            continue;
        }
        let mut groups: Vec<(&str, Vec<&Row>)> = groups.into_iter().collect();
        groups.sort_by(|a, b| natural(a.0, b.0));
        let rows = groups
            .into_iter()
            .map(|(name, rows)| tabulate_group(name, &rows));
        let columns = [
            column,
            "Learners",
            "Act today",
            "Look this week",
            "Unknown",
            "On plan",
            "Waiting entries",
        ];
        parts.push(Part::table(
            title,
            Grid::new(title, &columns, rows.collect()),
        ));
    }
    parts
}

fn tabulate_group(name: &str, rows: &[&Row]) -> Vec<Cell> {
    let name = if name.is_empty() { "not named" } else { name };
    let mut cells = vec![Cell::text(name), Cell::text(rows.len().to_string())];
    cells.extend(RiskColour::ALL.iter().map(|colour| {
        let number = rows.iter().filter(|row| row.colour == *colour).count();
        Cell::text(number.to_string())
    }));
    let facts = rows.iter().filter_map(|row| row.facts.as_deref());
    let waiting: usize = facts.map(|facts| facts.waiting.entries).sum();
    cells.push(Cell::text(waiting.to_string()));
    cells
}

/// How the table of assessors is to be read.
pub(super) fn describe_assessors(cohort: &Cohort) -> Vec<String> {
    let usual = match cohort.tallies.usual_share() {
        Some(share) => format!(
            " The usual share is {}: half of all decisions are by assessors with that share or less.",
            percent(share)
        ),
        None => String::new(),
    };
    vec![
        format!(
            "In the order of their references. A decision is about one entry, and is sent back if one \
             of its claims is not accepted.{usual}"
        ),
        "A share is higher or lower if its 95 % interval leaves out the usual share, and there are 20 \
         decisions or more. Of 20 assessors who do not differ, one looks so by chance, and harder \
         units are sent back more: it is a reason to look, and no verdict."
            .to_owned(),
        "Days to decide are those of decided entries only.".to_owned(),
    ]
}

pub(super) fn tabulate_assessors(cohort: &Cohort, lines: &[TallyLine<'_>]) -> Grid {
    let columns = [
        "Assessor",
        "Decisions",
        "Sent back",
        "95 % interval",
        "Beside the usual share",
        "Days to decide",
        "Second look",
        "Overturned",
    ];
    let asked = cohort.plan.second_look_percent;
    let rows = lines.iter().map(|line| {
        let tally = line.tally;
        let share = line.share().map_or_else(String::new, |share| {
            format!("{} ({})", tally.sent_back, percent(share))
        });
        let interval = line.interval.map_or_else(String::new, |(low, high)| {
            format!("{} to {}", percent(low), percent(high))
        });
        let days = match (tally.days_at(50), tally.days_at(90)) {
            (Some(half), Some(most)) => format!("half in {half}, 9 in 10 in {most}"),
            _ => "unknown".to_owned(),
        };
        let overturned = match tally.looked_at {
            0 => "not known yet".to_owned(),
            _ => tally.overturned.to_string(),
        };
        let cells = [
            line.assessor.to_owned(),
            tally.decisions.to_string(),
            share,
            interval,
            unusual_words(line).to_owned(),
            days,
            second_look_words(tally, asked),
            overturned,
        ];
        cells.map(Cell::text).into()
    });
    Grid::new("Assessors", &columns, rows.collect())
}

pub(super) fn tabulate_rules(cohort: &Cohort) -> Grid {
    let rows = cohort.plan.rules.iter().map(|rule| {
        vec![
            Cell::text(rule.measure.title()),
            // Measures are whole numbers.
            Cell::text((rule.over + 1).to_string()),
            Cell::state(label(rule.colour)),
            Cell::text(rule.delivery.clone().unwrap_or_default()),
            Cell::text(rule.source.clone()),
        ]
    });
    let columns = ["Measure", "From", "Action", "Delivery", "Source"];
    Grid::new("Rules", &columns, rows.collect())
}
