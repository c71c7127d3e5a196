//! Hours off the job as text, Markdown, CSV and JSON.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::csv::to_csv;
use super::identity::Identity;
use super::json::to_pretty_json;
use super::markdown::escape_markdown;
use crate::cover::{
    Hours, HoursOfMonth, HoursStanding, hours, hours_by_month, hours_in_words, planned_hours,
};
use crate::model::{Minutes, Portfolio, Regime};
use crate::text::counted;

/// The judged hours, in total and by month.
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

    /// Text for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail, here and below.
        for (name, value) in self.summary() {
            let _ = writeln!(out, "{name:<9} {value}");
        }
        let _ = writeln!(out, "\n{}", self.hours.required.advice());
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

    /// Markdown for a job summary or a comment.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::from("## Off-the-job hours\n\n| | |\n|---|---|\n");
        for (name, value) in self.summary() {
            let _ = writeln!(out, "| {name} | {} |", escape_markdown(&value));
        }
        let _ = writeln!(out, "\n{}", escape_markdown(&self.hours.required.advice()));
        if let Some(regime) = self.hours.regime {
            let _ = writeln!(
                out,
                "\n{}\n",
                escape_markdown(&format!("{}. {}", regime.title, regime.says))
            );
            for source in &regime.sources {
                let _ = writeln!(out, "- {}", escape_markdown(source));
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
                escape_markdown(&self.portfolio.entries[at].id),
                why.words()
            );
        }
        out
    }

    /// CSV with a line for each month.
    #[must_use]
    pub fn csv(&self) -> String {
        let about = Identity::of(self.portfolio, self.as_of);
        to_csv(
            COLUMNS,
            self.months.iter().map(|month| (row(month), &about)),
        )
    }

    /// The document of `hours --format json`.
    #[must_use]
    pub fn json(&self) -> String {
        let entry = |at: usize| &self.portfolio.entries[at];
        let missing = match self.hours.standing {
            HoursStanding::Short(missing) => Some(to_hours(missing)),
            HoursStanding::Met | HoursStanding::Unknown => None,
        };
        to_pretty_json(&HoursDocument {
            version: 1,
            as_of: self.as_of.to_string(),
            portfolio: Identity::of(self.portfolio, self.as_of),
            rules: self.hours.regime.map(RulesJson::of),
            required: RequiredJson {
                hours: self.hours.required.hours.known().copied(),
                at_least: self.hours.required.at_least,
                why: self.hours.required.advice(),
            },
            recorded: to_hours(self.hours.recorded),
            planned_so_far: self.planned().map(to_hours),
            standing: self.hours.standing.word(),
            missing,
            months: self.months.iter().map(MonthJson::of).collect(),
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
                .map(|&(at, why)| NotCounted {
                    entry: &entry(at).id,
                    why: why.words(),
                })
                .collect(),
        })
    }

    fn planned(&self) -> Option<Minutes> {
        planned_hours(&self.portfolio.settings, &self.hours.required, self.as_of)
    }

    fn summary(&self) -> [(&'static str, String); 4] {
        let entries = self.hours.counted.len();
        [
            (
                "Recorded",
                format!(
                    "{} in {}",
                    hours_in_words(self.hours.recorded),
                    counted(entries, "entry")
                ),
            ),
            ("Required", self.hours.required.words()),
            (
                "Planned",
                self.planned().map_or_else(
                    || "unknown".to_owned(),
                    |by| format!("{} by now", to_hours(by)),
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
        minutes.map_or_else(|| "unknown".to_owned(), |by| to_hours(by).to_string())
    };
    [
        name(month),
        to_hours(month.recorded).to_string(),
        planned(month.planned),
        to_hours(month.recorded_so_far).to_string(),
        planned(month.planned_so_far),
    ]
}

fn name(month: &HoursOfMonth) -> String {
    format!("{}-{:02}", month.end.year(), month.end.month())
}

/// Hours, rounded to a hundredth.
pub(super) fn to_hours(Minutes(minutes): Minutes) -> f64 {
    (f64::from(minutes) / 0.6).round() / 100.0
}

#[derive(Serialize)]
struct HoursDocument<'a> {
    version: u32,
    as_of: String,
    portfolio: Identity,
    rules: Option<RulesJson<'a>>,
    required: RequiredJson,
    recorded: f64,
    planned_so_far: Option<f64>,
    standing: &'static str,
    missing: Option<f64>,
    months: Vec<MonthJson>,
    counted: Vec<&'a str>,
    not_counted: Vec<NotCounted<'a>>,
}

#[derive(Serialize)]
struct RulesJson<'a> {
    title: &'a str,
    from: Option<String>,
    to: Option<String>,
    says: &'a str,
    minimum_months: Option<u32>,
    sources: &'a [String],
}

impl<'a> RulesJson<'a> {
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
struct RequiredJson {
    hours: Option<u32>,
    at_least: u32,
    why: String,
}

#[derive(Serialize)]
struct MonthJson {
    #[serde(rename = "month")]
    name: String,
    recorded: f64,
    planned: Option<f64>,
    recorded_so_far: f64,
    planned_so_far: Option<f64>,
}

impl MonthJson {
    fn of(month: &HoursOfMonth) -> Self {
        Self {
            name: name(month),
            recorded: to_hours(month.recorded),
            planned: month.planned.map(to_hours),
            recorded_so_far: to_hours(month.recorded_so_far),
            planned_so_far: month.planned_so_far.map(to_hours),
        }
    }
}

#[derive(Serialize)]
struct NotCounted<'a> {
    entry: &'a str,
    why: &'static str,
}
