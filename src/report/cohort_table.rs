//! A cohort as CSV and as an Excel workbook.

use super::cell::TableCell;
use super::csv::rows_to_csv;
use super::hours::to_hours;
use super::identity::describe_standard;
#[cfg(feature = "spreadsheet")]
use super::workbook::{TableSheet, WorkbookError, write_workbook};
use crate::cohort::{Cohort, LearnerFacts, Row, StandardFacts, gateway_words, name_month};
use crate::model::Word;

/// A column: its name, its width in the workbook, and its cell in a row.
struct LearnerColumn(
    &'static str,
    #[cfg_attr(
        not(feature = "spreadsheet"),
        expect(dead_code, reason = "only a workbook has widths")
    )]
    f64,
    fn(&Row, Option<&LearnerFacts>) -> TableCell,
);

/// The cell of a row that has figures.
macro_rules! of_facts {
    ($name:literal, $width:literal, $facts:ident => $cell:expr) => {
        LearnerColumn($name, $width, |_, facts| {
            facts.map_or(TableCell::Empty, |$facts| $cell)
        })
    };
}

/// The columns, which end with what the row is about.
#[rustfmt::skip]
const LEARNER_COLUMNS: &[LearnerColumn] = &[
    LearnerColumn("Learner", 14.0, |row, _| TableCell::text(&row.learner)),
    LearnerColumn("Colour", 10.0, |row, _| TableCell::text(row.colour.word())),
    LearnerColumn("Action", 14.0, |row, _| TableCell::text(row.colour.title())),
    LearnerColumn("Reasons", 60.0, |row, _| TableCell::text(&row.all_reasons())),
    of_facts!("Stage", 14.0, facts => TableCell::text(facts.stage.word())),
    of_facts!("Criteria", 9.0, facts => TableCell::count(facts.counts.out_of())),
    of_facts!("Evidenced", 9.0, facts => TableCell::count(facts.counts.complete())),
    of_facts!("Accepted", 9.0, facts => TableCell::count(facts.counts.of_state(crate::model::State::Accepted))),
    of_facts!("Expected", 9.0, facts => facts.plan.map_or(TableCell::Empty, |plan| TableCell::count(plan.expected))),
    of_facts!("Forecast first", 12.0, facts => TableCell::day(facts.forecast.bounds().0)),
    of_facts!("Forecast last", 12.0, facts => TableCell::day(facts.forecast.bounds().1)),
    of_facts!("Hours", 8.0, facts => TableCell::Number(to_hours(facts.hours_recorded))),
    of_facts!("Hours planned", 8.0, facts => facts.hours_planned.map_or(TableCell::Empty, |hours| TableCell::Number(to_hours(hours)))),
    of_facts!("Hours required", 8.0, facts => facts.hours_required.map_or(TableCell::Empty, |hours| TableCell::Number(f64::from(hours)))),
    of_facts!("Months without learning", 16.0, facts => TableCell::text(&months(facts))),
    of_facts!("Submitted entries", 8.0, facts => TableCell::count(facts.entries.submitted)),
    of_facts!("Private entries", 8.0, facts => TableCell::count(facts.entries.private)),
    of_facts!("Drafts", 8.0, facts => TableCell::count(facts.entries.drafts)),
    of_facts!("Last entry", 12.0, facts => TableCell::day(facts.last_entry)),
    of_facts!("Silent days", 8.0, facts => TableCell::days(facts.silent_days)),
    of_facts!("Reviews", 8.0, facts => TableCell::count(facts.reviews.held)),
    of_facts!("Last review", 12.0, facts => TableCell::day(facts.reviews.last)),
    of_facts!("Days since review", 8.0, facts => TableCell::days(facts.reviews.age)),
    of_facts!("Reviews by two parties", 8.0, facts => TableCell::count(facts.reviews.two_party)),
    of_facts!("Reviews signed late", 8.0, facts => TableCell::count(facts.reviews.signed_late)),
    of_facts!("Waiting entries", 8.0, facts => TableCell::count(facts.waiting.entries)),
    of_facts!("Waiting claims", 8.0, facts => TableCell::count(facts.waiting.claims)),
    of_facts!("Waiting since", 12.0, facts => TableCell::day(facts.waiting.since)),
    LearnerColumn("Owner", 12.0, |row, _| TableCell::text(row.owner())),
    of_facts!("Open referrals", 8.0, facts => TableCell::count(facts.referrals)),
    of_facts!("Contested claims", 8.0, facts => TableCell::count(facts.contested)),
    of_facts!("Gateway", 30.0, facts => TableCell::text(&gateway_words(facts))),
    of_facts!("Errors", 8.0, facts => TableCell::count(facts.findings.error)),
    of_facts!("Warnings", 8.0, facts => TableCell::count(facts.findings.warning)),
    of_facts!("Notes", 8.0, facts => TableCell::count(facts.findings.note)),
    of_facts!("Privacy findings", 8.0, facts => TableCell::count(facts.privacy.values().sum())),
    of_facts!("Last decision", 12.0, facts => TableCell::day(facts.last_decision)),
    of_facts!("Decision files", 8.0, facts => TableCell::count(facts.decision_files)),
    of_facts!("Decisions", 10.0, facts => TableCell::text(facts.chain)),
    LearnerColumn("Tutor", 12.0, |row, _| TableCell::text(&row.seat.tutor)),
    LearnerColumn("Site", 12.0, |row, _| TableCell::text(&row.seat.site)),
    LearnerColumn("Delivery", 14.0, |row, _| TableCell::text(&row.seat.delivery)),
    LearnerColumn("Folder", 30.0, |row, _| TableCell::text(&row.folder)),
    of_facts!("Start", 12.0, facts => TableCell::day(facts.start)),
    of_facts!("Planned end", 12.0, facts => TableCell::day(facts.planned_end)),
    of_facts!("Cohort", 10.0, facts => TableCell::text(facts.cohort.as_deref().unwrap_or_default())),
    of_facts!("As of", 12.0, facts => TableCell::day(Some(facts.as_of))),
    of_facts!("Standard versions", 40.0, facts => TableCell::Text(versions(facts))),
];

fn months(facts: &LearnerFacts) -> String {
    let months = facts.months_without_learning.iter();
    let months: Vec<String> = months.map(|day| name_month(*day)).collect();
    months.join(" ")
}

fn versions(facts: &LearnerFacts) -> String {
    let one = |standard: &StandardFacts| {
        let version = standard.version.known().map(String::as_str);
        let updated = standard.updated.known().map(ToString::to_string);
        describe_standard(&standard.id, version, updated.as_deref())
    };
    let all: Vec<String> = facts.standards.iter().map(one).collect();
    all.join("; ")
}

fn learner_rows(cohort: &Cohort) -> impl Iterator<Item = Vec<TableCell>> {
    cohort.rows.iter().map(|row| {
        let facts = row.facts.as_deref();
        let cells = LEARNER_COLUMNS.iter();
        cells
            .map(|LearnerColumn(_, _, cell)| cell(row, facts))
            .collect()
    })
}

/// A cohort as CSV with a line for each learner.
#[must_use]
pub fn cohort_csv(cohort: &Cohort) -> String {
    let head = LEARNER_COLUMNS
        .iter()
        .map(|LearnerColumn(name, ..)| (*name).to_owned());
    let rows = learner_rows(cohort).map(|row| row.iter().map(TableCell::to_csv).collect());
    rows_to_csv(head.collect(), rows)
}

/// A cohort as a workbook: learners, a heat map for each standard, assessors, and the rules.
///
/// # Errors
/// If the library cannot write the workbook. No input is known to cause this.
#[cfg(feature = "spreadsheet")]
pub fn cohort_workbook(cohort: &Cohort) -> Result<Vec<u8>, WorkbookError> {
    let columns = LEARNER_COLUMNS.iter();
    let mut sheets = vec![TableSheet {
        name: "Learners".to_owned(),
        columns: columns
            .map(|LearnerColumn(name, width, _)| ((*name).to_owned(), *width))
            .collect(),
        rows: learner_rows(cohort).collect(),
    }];
    for standard in cohort.standards() {
        let head = [("Learner".to_owned(), 14.0)].into_iter();
        let learners = cohort.facts().filter(|(_, facts)| standard.is_of(facts));
        let columns = head.chain(standard.codes.iter().map(|code| ((*code).to_owned(), 9.0)));
        let row = |(row, facts): (&Row, &LearnerFacts)| {
            let cells = standard.cells(facts).into_iter();
            let cells = cells
                .map(|cell| cell.map_or(TableCell::Empty, |cell| TableCell::text(cell.word())));
            [TableCell::text(row.name())]
                .into_iter()
                .chain(cells)
                .collect()
        };
        sheets.push(TableSheet {
            name: standard.short_name(),
            columns: columns.collect(),
            rows: learners.map(row).collect(),
        });
    }
    sheets.push(assessor_sheet(cohort));
    sheets.push(rule_sheet(cohort));
    write_workbook("Cohort", cohort.as_of(), &sheets)
}

#[cfg(feature = "spreadsheet")]
fn assessor_sheet(cohort: &Cohort) -> TableSheet {
    let names = [
        "Assessor",
        "Decisions",
        "Sent back",
        "Interval from",
        "Interval to",
        "Differs",
        "Days, median",
        "Days, 9 in 10",
        "Entries",
        "Second looks",
        "Second looks asked",
        "Overturned",
    ];
    let asked = cohort.plan.second_look_percent;
    let rows = cohort.tallies.lines().into_iter().map(|line| {
        let number = |number: u32| TableCell::Number(f64::from(number));
        let bound = |at: fn((f64, f64)) -> f64| {
            let bound = line.interval.map(at);
            bound.map_or(TableCell::Empty, |share| {
                TableCell::Number((share * 1e4).round() / 1e4)
            })
        };
        vec![
            TableCell::text(line.assessor),
            number(line.tally.decisions),
            number(line.tally.sent_back),
            bound(|(low, _)| low),
            bound(|(_, high)| high),
            TableCell::text(line.unusual.word()),
            TableCell::days(line.tally.days_at(50)),
            TableCell::days(line.tally.days_at(90)),
            number(line.tally.entries),
            number(line.tally.looked_at),
            asked.map_or(TableCell::Empty, |percent| {
                number(line.tally.asked(percent))
            }),
            number(line.tally.overturned),
        ]
    });
    TableSheet {
        name: "Assessors".to_owned(),
        columns: names.map(|name| (name.to_owned(), 14.0)).into(),
        rows: rows.collect(),
    }
}

#[cfg(feature = "spreadsheet")]
fn rule_sheet(cohort: &Cohort) -> TableSheet {
    let columns = [
        ("Measure", 24.0),
        ("Over", 8.0),
        ("Colour", 10.0),
        ("Delivery", 16.0),
        ("Source", 80.0),
    ];
    let rows = cohort.plan.rules.iter().map(|rule| {
        vec![
            TableCell::text(rule.measure.word()),
            TableCell::Number(f64::from(rule.over)),
            TableCell::text(rule.colour.word()),
            TableCell::text(rule.delivery.as_deref().unwrap_or_default()),
            TableCell::text(&rule.source),
        ]
    });
    TableSheet {
        name: "Rules".to_owned(),
        columns: columns.map(|(name, width)| (name.to_owned(), width)).into(),
        rows: rows.collect(),
    }
}
