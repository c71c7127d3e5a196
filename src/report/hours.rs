//! Hours off the job for people, spreadsheets and programs.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::coverage_json::pretty;
use super::coverage_table::csv_text;
use super::markdown::escaped;
use crate::cover::{Hours, HoursOfMonth, HoursStanding, hours, hours_by_month, planned_hours};
use crate::model::{Minutes, Portfolio, Regime};
use crate::text::counted;

/// The judgement with its months.
#[derive(Debug)]
pub struct HoursReport<'a> {
    portfolio: &'a Portfolio,
    as_of: Date,
    hours: Hours<'a>,
    months: Vec<HoursOfMonth>,
}

impl<'a> HoursReport<'a> {
    /// Judges the hours of a portfolio on a day.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio, as_of: Date) -> Self {
        let hours = hours(portfolio, as_of);
        let months = hours_by_month(portfolio, &hours, as_of, |_| true);
        Self {
            portfolio,
            as_of,
            hours,
            months,
        }
    }

    /// For people at a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail, here and below.
        for (name, value) in self.summary() {
            let _ = writeln!(out, "{name:<9} {value}");
        }
        let _ = writeln!(out, "\n{}", self.hours.required.why);
        if let Some(regime) = self.hours.regime {
            let _ = writeln!(out, "\n{}. {}", regime.title, regime.says);
            for source in &regime.sources {
                let _ = writeln!(out, "  {source}");
            }
        }
        out.push('\n');
        let with_plan = self.months.iter().any(|month| month.planned.is_some());
        let mut line = |[month, off, planned, so_far, planned_so_far]: [String; 5]| {
            let _ = if with_plan {
                writeln!(
                    out,
                    "{month:<8} {off:>12} {planned:>9} {so_far:>8} {planned_so_far:>15}"
                )
            } else {
                writeln!(out, "{month:<8} {off:>12} {so_far:>8}")
            };
        };
        if !self.months.is_empty() {
            line(COLUMNS.map(str::to_owned));
        }
        self.months.iter().map(row).for_each(&mut line);
        if !self.hours.uncounted.is_empty() {
            out.push_str("\nCalled off the job, and not counted:\n");
        }
        for &(at, why) in &self.hours.uncounted {
            let _ = writeln!(out, "  {}: {}", self.portfolio.entries[at].id, why.words());
        }
        out
    }

    /// For the summary of a job or a comment.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::from("## Off-the-job hours\n\n| | |\n|---|---|\n");
        for (name, value) in self.summary() {
            let _ = writeln!(out, "| {name} | {} |", escaped(&value));
        }
        let _ = writeln!(out, "\n{}", escaped(&self.hours.required.why));
        if let Some(regime) = self.hours.regime {
            let _ = writeln!(
                out,
                "\n{}\n",
                escaped(&format!("{}. {}", regime.title, regime.says))
            );
            for source in &regime.sources {
                let _ = writeln!(out, "- {}", escaped(source));
            }
        }
        let _ = writeln!(out, "\n| {} |\n|---|---|---|---|---|", COLUMNS.join(" | "));
        for month in &self.months {
            let _ = writeln!(out, "| {} |", row(month).join(" | "));
        }
        if !self.hours.uncounted.is_empty() {
            out.push_str("\nCalled off the job, and not counted:\n\n");
        }
        for &(at, why) in &self.hours.uncounted {
            let _ = writeln!(
                out,
                "- {}: {}",
                escaped(&self.portfolio.entries[at].id),
                why.words()
            );
        }
        out
    }

    /// A line for each month, for spreadsheets.
    #[must_use]
    pub fn csv(&self) -> String {
        csv_text(COLUMNS.map(str::to_owned), self.months.iter().map(row))
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> String {
        let entry = |at: usize| &self.portfolio.entries[at];
        let (standing, missing) = match self.hours.standing {
            HoursStanding::Met => ("met", None),
            HoursStanding::Short(missing) => ("short", Some(in_hours(missing))),
            HoursStanding::Unknown => ("unknown", None),
        };
        pretty(&Document {
            version: 1,
            as_of: self.as_of.to_string(),
            rules: self.hours.regime.map(Rules::of),
            required: Required {
                hours: self.hours.required.hours.known().copied(),
                at_least: self.hours.required.at_least,
                why: &self.hours.required.why,
            },
            recorded: in_hours(self.hours.recorded),
            planned_so_far: self.planned().map(in_hours),
            standing,
            missing,
            months: self.months.iter().map(Month::of).collect(),
            counted: self
                .hours
                .counted
                .iter()
                .map(|&at| &*entry(at).id)
                .collect(),
            not_counted: self
                .hours
                .uncounted
                .iter()
                .map(|&(at, why)| (&*entry(at).id, why.words()))
                .map(NotCounted::of)
                .collect(),
        })
    }

    fn planned(&self) -> Option<Minutes> {
        planned_hours(&self.portfolio.settings, &self.hours.required, self.as_of)
    }

    fn summary(&self) -> [(&'static str, String); 4] {
        let entries = self.hours.counted.len();
        let unit = if self.hours.recorded.0 == 60 {
            "hour"
        } else {
            "hours"
        };
        [
            (
                "Recorded",
                format!(
                    "{} {unit} in {}",
                    self.hours.recorded,
                    counted(entries, "entry")
                ),
            ),
            ("Required", self.hours.required.words()),
            (
                "Planned",
                self.planned().map_or_else(
                    || "unknown".to_owned(),
                    |by| format!("{} by now", in_hours(by)),
                ),
            ),
            ("Stands", self.hours.words()),
        ]
    }
}

const COLUMNS: [&str; 5] = [
    "Month",
    "Off the job",
    "Planned",
    "So far",
    "Planned so far",
];

fn row(month: &HoursOfMonth) -> [String; 5] {
    let planned = |minutes: Option<Minutes>| {
        minutes.map_or_else(|| "unknown".to_owned(), |by| in_hours(by).to_string())
    };
    [
        name(month),
        in_hours(month.recorded).to_string(),
        planned(month.planned),
        in_hours(month.recorded_so_far).to_string(),
        planned(month.planned_so_far),
    ]
}

fn name(month: &HoursOfMonth) -> String {
    format!("{}-{:02}", month.end.year(), month.end.month())
}

/// Hours to a hundredth.
pub fn in_hours(Minutes(minutes): Minutes) -> f64 {
    (f64::from(minutes) / 0.6).round() / 100.0
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    as_of: String,
    rules: Option<Rules<'a>>,
    required: Required<'a>,
    recorded: f64,
    planned_so_far: Option<f64>,
    standing: &'static str,
    missing: Option<f64>,
    months: Vec<Month>,
    counted: Vec<&'a str>,
    not_counted: Vec<NotCounted<'a>>,
}

#[derive(Serialize)]
struct Rules<'a> {
    title: &'a str,
    from: Option<String>,
    to: Option<String>,
    says: &'a str,
    minimum_months: Option<u32>,
    sources: &'a [String],
}

impl<'a> Rules<'a> {
    fn of(regime: &'a Regime) -> Self {
        Self {
            title: &regime.title,
            from: regime.from.known().map(Date::to_string),
            to: regime.to.known().map(Date::to_string),
            says: &regime.says,
            minimum_months: regime.minimum_months.known().copied(),
            sources: &regime.sources,
        }
    }
}

#[derive(Serialize)]
struct Required<'a> {
    hours: Option<u32>,
    at_least: u32,
    why: &'a str,
}

#[derive(Serialize)]
struct Month {
    #[serde(rename = "month")]
    name: String,
    recorded: f64,
    planned: Option<f64>,
    recorded_so_far: f64,
    planned_so_far: Option<f64>,
}

impl Month {
    fn of(month: &HoursOfMonth) -> Self {
        Self {
            name: name(month),
            recorded: in_hours(month.recorded),
            planned: month.planned.map(in_hours),
            recorded_so_far: in_hours(month.recorded_so_far),
            planned_so_far: month.planned_so_far.map(in_hours),
        }
    }
}

#[derive(Serialize)]
struct NotCounted<'a> {
    entry: &'a str,
    why: &'static str,
}

impl<'a> NotCounted<'a> {
    fn of((entry, why): (&'a str, &'static str)) -> Self {
        Self { entry, why }
    }
}
