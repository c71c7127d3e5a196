//! The page of a cohort: three lists first, then every learner, heat maps, assessors and rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::chrome::Chrome;
use super::frame::Frame;
use super::link::Link;
use super::listing::{Cell, Grid, Item, Part};
use super::rows::StateLabel;
use crate::cohort::{
    Cohort, HeatCell, LearnerFacts, LifeStage, Row, TallyLine, end_words, gateway_words,
    people_words, waiting_words,
};
use crate::model::{RiskColour, State, Word};
use crate::text::{counted, in_words, natural};

/// The page of a cohort. It shows references and figures, and no words of a portfolio.
#[derive(Clone, Debug, Serialize)]
pub struct CohortPage {
    /// The title.
    pub title: String,
    /// The number of learners of each colour, in a sentence.
    pub lead: String,
    /// Links to the sections.
    pub contents: Vec<Link>,
    /// The sections, in order.
    pub sections: Vec<CohortSection>,
}

/// A section of the page: a list, a table, or a heat map.
#[derive(Clone, Debug, Serialize)]
pub struct CohortSection {
    /// Heading, list and table.
    #[serde(flatten)]
    pub part: Part,
    /// A heat map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heat: Option<HeatMap>,
}

/// Learners by codes.
#[derive(Clone, Debug, Serialize)]
pub struct HeatMap {
    /// The codes.
    pub codes: Vec<String>,
    /// A row for each learner.
    pub rows: Vec<HeatRow>,
    /// For each code, how many learners have it ready or accepted.
    pub totals: Vec<usize>,
}

/// A learner in a heat map.
#[derive(Clone, Debug, Serialize)]
pub struct HeatRow {
    /// The learner's id.
    pub name: String,
    /// Class and letter of each cell; both empty where a code does not apply.
    pub cells: Vec<(&'static str, &'static str)>,
    /// How many codes are ready or accepted.
    pub total: usize,
}

/// Builds the page as a standalone document.
#[must_use]
pub fn cohort_page(cohort: &Cohort, style: String, style_hash: String) -> (Chrome, CohortPage) {
    let title = cohort.plan.title.clone();
    let title = title.unwrap_or_else(|| "Cohort".to_owned());
    let as_of = cohort.as_of().map(in_words).unwrap_or_default();
    let sections = list_sections(cohort);
    let link = |section: &CohortSection| Link {
        href: format!("#{}", section.part.anchor),
        label: match section.part.items.len() {
            0 => section.part.title.clone(),
            number => format!("{} ({number})", section.part.title),
        },
    };
    let page = CohortPage {
        lead: summarise(cohort),
        contents: sections.iter().map(link).collect(),
        sections,
        title: title.clone(),
    };
    let chrome = Chrome {
        title: format!("{title} – {as_of}"),
        scripts: Vec::new(),
        frame: Arc::new(Frame::standalone("cohort", title, as_of, style, style_hash)),
    };
    (chrome, page)
}

fn summarise(cohort: &Cohort) -> String {
    let count = |colour: &RiskColour| {
        let number = cohort.count(*colour);
        (number > 0).then(|| format!("{number} {}", colour.title()))
    };
    let counts: Vec<String> = RiskColour::ALL.iter().filter_map(count).collect();
    let as_of = match cohort.as_of() {
        Some(day) => format!(" as of {}", in_words(day)),
        None => String::new(),
    };
    format!(
        "{}{as_of}: {}.",
        counted(cohort.rows.len(), "learner"),
        counts.join(", ")
    )
}

fn list_sections(cohort: &Cohort) -> Vec<CohortSection> {
    let mut parts = vec![
        build_colour(
            "Act today",
            &cohort.act_today(),
            "No learner is over a threshold for today.",
        ),
        build_waiting(cohort),
        build_near(cohort),
        build_colour(
            "Look this week",
            &cohort.look_this_week(),
            "No learner is over a threshold for this week alone.",
        ),
    ];
    parts.extend(build_unjudged(cohort));
    parts.push(Part::table("All learners", tabulate_learners(cohort)));
    let plain = |part: Part| CohortSection { part, heat: None };
    let mut sections: Vec<CohortSection> = parts.into_iter().map(plain).collect();
    sections.extend(cohort.standards().iter().map(|(id, codes)| {
        let title = format!("Codes of {id}");
        let text = "Learners by codes. A accepted, R ready to assess, M needs more, D draft only, \
                    – no evidence, W waived.";
        CohortSection {
            part: Part::prose(&title, vec![text.to_owned()]),
            heat: Some(map_heat(cohort, id, codes)),
        }
    }));
    let mut rest = vec![Part::table("Stages", tabulate_stages(cohort))];
    rest.extend(tabulate_groups(cohort));
    let lines = cohort.tallies.lines();
    if !lines.is_empty() {
        let mut part = Part::table("Assessors", tabulate_assessors(cohort, &lines));
        let text = "In the order of their references. A share differs if its 95 % interval leaves out \
                    the share that half of all decisions is below, and there are 20 decisions or more.";
        part.text = vec![text.to_owned()];
        rest.push(part);
    }
    rest.push(Part::table("Rules", tabulate_rules(cohort)));
    sections.extend(rest.into_iter().map(plain));
    sections
}

/// The shape and the words of a colour.
fn label(colour: RiskColour) -> StateLabel {
    let key = match colour {
        RiskColour::Red => "unmet",
        RiskColour::Amber => "confirm",
        RiskColour::Unknown => "unknown",
        RiskColour::Green => "met",
    };
    StateLabel {
        shape: "check",
        key,
        words: colour.title(),
    }
}

/// The rows of a colour, or that there are none.
fn build_colour(title: &str, rows: &[&Row], none: &str) -> Part {
    let item = |row: &&Row| Item {
        state: Some(label(row.colour)),
        title: row.name().to_owned(),
        meta: people_words(row),
        text: row.why(),
        ..Item::default()
    };
    let mut text = String::new();
    if rows.len() > 1 {
        text += "Learners with most reasons come first.";
        if rows.iter().any(|row| !row.seat.tutor.is_empty()) {
            text += " To find your own, search this page for your reference.";
        }
    }
    let mut part = or_none(title, rows.iter().map(item).collect(), none);
    part.text.extend((!text.is_empty()).then_some(text));
    part
}

fn build_waiting(cohort: &Cohort) -> Part {
    let item = |(row, facts): (&Row, &LearnerFacts)| Item {
        title: row.name().to_owned(),
        text: waiting_words(row, facts),
        ..Item::default()
    };
    let items: Vec<Item> = cohort.waiting().into_iter().map(item).collect();
    or_none(
        "Waiting for an assessor",
        items,
        "Nothing waits for an assessor.",
    )
}

fn build_near(cohort: &Cohort) -> Part {
    let item = |(row, facts): (&Row, &LearnerFacts)| Item {
        title: row.name().to_owned(),
        meta: end_words(facts),
        text: format!("Gateway {}", gateway_words(facts)),
        ..Item::default()
    };
    let items: Vec<Item> = cohort.near_gateway().into_iter().map(item).collect();
    let none = "No learner is within 30 days of the planned end, past it, or ready.";
    or_none("Near the gateway", items, none)
}

fn build_unjudged(cohort: &Cohort) -> Option<Part> {
    let rows = cohort.rows.iter().filter(|row| row.facts.is_none());
    let item = |row: &Row| Item {
        state: Some(label(row.colour)),
        title: row.name().to_owned(),
        text: row.why(),
        ..Item::default()
    };
    let items: Vec<Item> = rows.map(item).collect();
    (!items.is_empty()).then(|| Part::list("Not judged", items))
}

fn or_none(title: &str, items: Vec<Item>, none: &str) -> Part {
    if items.is_empty() {
        Part::prose(title, vec![none.to_owned()])
    } else {
        Part::list(title, items)
    }
}

fn tabulate_learners(cohort: &Cohort) -> Grid {
    let columns = [
        "Learner",
        "Action",
        "Reasons",
        "Tutor",
        "Evidenced",
        "Hours",
        "Last entry",
        "Last review",
        "Complete",
        "Privacy findings",
        "Stage",
        "Site",
    ];
    let rows = cohort.rows.iter().map(|row| {
        let of = |cell: &dyn Fn(&LearnerFacts) -> String| {
            Cell::text(row.facts.as_deref().map(cell).unwrap_or_default())
        };
        vec![
            Cell::text(row.name()),
            Cell::state(label(row.colour)),
            Cell::text(row.all_reasons()),
            Cell::text(row.seat.tutor.clone()),
            of(&describe_evidence),
            of(&describe_hours),
            of(&|facts| {
                facts
                    .last_entry
                    .map_or_else(|| "none".to_owned(), |day| day.to_string())
            }),
            of(&describe_reviews),
            of(&|facts| facts.forecast.words()),
            of(&|facts| match facts.privacy.values().sum::<usize>() {
                0 => String::new(),
                number => number.to_string(),
            }),
            of(&|facts| facts.stage.title().to_owned()),
            Cell::text(row.seat.site.clone()),
        ]
    });
    Grid {
        wide: true,
        ..Grid::new("All learners", &columns, rows.collect())
    }
}

fn describe_evidence(facts: &LearnerFacts) -> String {
    let counts = &facts.counts;
    format!("{}/{}", counts.complete(), counts.out_of())
}

fn describe_hours(facts: &LearnerFacts) -> String {
    let planned = facts.hours_planned.map_or_else(
        || "plan unknown".to_owned(),
        |planned| format!("{planned} planned"),
    );
    format!("{}, {planned}", facts.hours_recorded)
}

fn describe_reviews(facts: &LearnerFacts) -> String {
    let reviews = &facts.reviews;
    let Some(last) = reviews.last else {
        return "none recorded".to_owned();
    };
    let remark = |number: usize, what: &str| match number {
        0 => String::new(),
        number => format!("; {number} {what}"),
    };
    let two_party = remark(reviews.two_party, "by two parties");
    let late = remark(reviews.signed_late, "signed late");
    format!("{last}{two_party}{late}")
}

fn map_heat(cohort: &Cohort, standard: &str, codes: &[&str]) -> HeatMap {
    let mut totals = vec![0; codes.len()];
    let has =
        |(_, facts): &(&Row, &LearnerFacts)| facts.standards.iter().any(|one| one.id == standard);
    let rows = cohort.facts().filter(has).map(|(row, facts)| {
        let cells = Cohort::heat(facts, standard, codes);
        let is_complete = |cell: &Option<HeatCell>| {
            matches!(cell, Some(HeatCell::State(state)) if state.is_complete())
        };
        for (total, cell) in totals.iter_mut().zip(&cells) {
            *total += usize::from(is_complete(cell));
        }
        HeatRow {
            name: row.name().to_owned(),
            total: cells.iter().filter(|cell| is_complete(cell)).count(),
            cells: cells.into_iter().map(mark).collect(),
        }
    });
    HeatMap {
        rows: rows.collect(),
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        totals,
    }
}

/// Class and letter of a cell.
fn mark(cell: Option<HeatCell>) -> (&'static str, &'static str) {
    match cell {
        None => ("", ""),
        Some(HeatCell::Waived) => ("", "W"),
        Some(HeatCell::State(State::Accepted)) => ("cell-accepted", "A"),
        Some(HeatCell::State(State::Evidenced)) => ("cell-ready", "R"),
        Some(HeatCell::State(State::Thin)) => ("cell-more", "M"),
        Some(HeatCell::State(State::Drafted)) => ("cell-draft", "D"),
        Some(HeatCell::State(State::Gap)) => ("", "–"),
    }
}

fn tabulate_stages(cohort: &Cohort) -> Grid {
    let stages = LifeStage::ALL.iter();
    let rows = stages.filter_map(|stage| {
        let number = cohort.count_stage(*stage);
        (number > 0).then(|| vec![Cell::text(stage.title()), Cell::text(number.to_string())])
    });
    Grid::new("Stages", &["Stage", "Learners"], rows.collect())
}

/// Learners by tutor, by site and by pattern of delivery, where the plan names them.
fn tabulate_groups(cohort: &Cohort) -> Vec<Part> {
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

fn tabulate_assessors(cohort: &Cohort, lines: &[TallyLine<'_>]) -> Grid {
    let columns = [
        "Assessor",
        "Decisions",
        "Sent back",
        "95 % interval",
        "Differs",
        "Days to decide",
        "Second look",
        "Overturned",
    ];
    let asked = cohort.plan.second_look_percent;
    let rows = lines.iter().map(|line| {
        let tally = line.tally;
        let percent = |share: f64| format!("{:.0}", share * 100.0);
        let interval = line.interval.map_or_else(String::new, |(low, high)| {
            format!("{} to {} %", percent(low), percent(high))
        });
        let days = match (tally.days_at(50), tally.days_at(90)) {
            (Some(half), Some(most)) => format!("half in {half}, 9 in 10 in {most}"),
            _ => "unknown".to_owned(),
        };
        let second = match asked.map(|percent| tally.asked(percent)) {
            Some(asked) => format!(
                "{} of {asked}, {} open",
                tally.looked_at,
                asked.saturating_sub(tally.looked_at)
            ),
            None => format!("{} of {}", tally.looked_at, counted(tally.entries, "entry")),
        };
        vec![
            Cell::text(line.assessor),
            Cell::text(tally.decisions.to_string()),
            Cell::text(tally.sent_back.to_string()),
            Cell::text(interval),
            Cell::text(line.unusual.title()),
            Cell::text(days),
            Cell::text(second),
            Cell::text(tally.overturned.to_string()),
        ]
    });
    Grid::new("Assessors", &columns, rows.collect())
}

fn tabulate_rules(cohort: &Cohort) -> Grid {
    let rows = cohort.plan.rules.iter().map(|rule| {
        vec![
            Cell::text(rule.measure.title()),
            Cell::text(rule.over.to_string()),
            Cell::state(label(rule.colour)),
            Cell::text(rule.delivery.clone().unwrap_or_default()),
            Cell::text(rule.source.clone()),
        ]
    });
    let columns = ["Measure", "Over", "Action", "Delivery", "Source"];
    Grid::new("Rules", &columns, rows.collect())
}
