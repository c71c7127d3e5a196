//! The page of the timeline, which shows silences and batches.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::listing::{Chart, ChartWord, Item, ListingPage, Part};
use super::plan;
use super::scene::RenderContext;
use crate::cover::{days, month_number};
use crate::files::SitePath;
use crate::text::{counted, in_words, month_in_words, plural};

/// Pixels from one square to the next.
const STEP: usize = 14;

/// Pixels for the names of months.
const MARGIN: usize = 84;

/// A year and a month.
type Month = (i16, i8);

/// The page of the timeline.
pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for &at in &scene.visible {
        if let Some(date) = scene.portfolio.entries[at].front_matter.date {
            by_day.entry(date).or_default().push(at);
        }
    }
    let mut by_month: BTreeMap<Month, Vec<Item>> = BTreeMap::new();
    let limits = scene.portfolio.settings.limits;
    let mut before: Option<Date> = None;
    for (&date, entries) in &by_day {
        let items = by_month.entry((date.year(), date.month())).or_default();
        let silence = before.map_or(0, |before| days(before, date));
        if silence > i64::from(limits.max_silence_days) {
            items.push(build_note(format!(
                "{} without an entry before the next one.",
                counted(silence, "day")
            )));
        }
        if entries.len() > limits.max_entries_per_day as usize {
            items.push(build_note(format!(
                "{} {} dated {}.",
                counted(entries.len(), "entry"),
                plural(entries.len(), "is", "are"),
                in_words(date)
            )));
        }
        items.extend(entries.iter().map(|&at| build_item(scene, from, at)));
        before = Some(date);
    }
    let entries = counted(scene.visible.len(), "entry");
    let (days, months) = (
        counted(by_day.len(), "day"),
        counted(by_month.len(), "month"),
    );
    let lead = format!("{entries} on {days} in {months}.");
    ListingPage {
        title: "Timeline".to_owned(),
        chart: draw_calendar(&by_day, &lead),
        lead,
        sections: plan::list_parts(scene)
            .into_iter()
            .chain(
                by_month
                    .into_iter()
                    .rev()
                    .map(|(month, items)| build_part(month, items)),
            )
            .collect(),
        ..ListingPage::default()
    }
}

fn build_note(text: String) -> Item {
    Item {
        text,
        flag: "note",
        ..Item::default()
    }
}

fn build_part((year, month): Month, mut items: Vec<Item>) -> Part {
    items.reverse();
    Part {
        title: month_in_words(year, month),
        anchor: format!("m{year}-{month:02}"),
        items,
        ..Part::default()
    }
}

fn build_item(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> Item {
    let entry = &scene.portfolio.entries[at];
    let date = entry.front_matter.date.map_or_else(String::new, in_words);
    Item {
        link: Some(scene.entry_link(from, at)),
        meta: format!("{}, {date}", entry.front_matter.kind.title()),
        ..Item::default()
    }
}

/// The most rows of the calendar: a mistyped year may be thousands of years away.
const ROWS: usize = 120;

/// Month numbers of the rows: all from first to last, or if these are too many, the newest months
/// with entries.
fn list_months(by_day: &BTreeMap<Date, Vec<usize>>) -> Option<Vec<i32>> {
    let (first, last) = (*by_day.keys().next()?, *by_day.keys().next_back()?);
    let all = month_number(first)..=month_number(last);
    if all.clone().nth(ROWS).is_none() {
        return Some(all.collect());
    }
    let written: BTreeSet<i32> = by_day.keys().copied().map(month_number).collect();
    let older = written.len().saturating_sub(ROWS);
    Some(written.into_iter().skip(older).collect())
}

/// The calendar: a row for each month, a square for each day.
fn draw_calendar(by_day: &BTreeMap<Date, Vec<usize>>, lead: &str) -> Option<Chart> {
    let rows = list_months(by_day)?;
    let mut chart = Chart {
        name: "Calendar",
        label: format!("Calendar with a row for each month and a square for each day. {lead}"),
        width: MARGIN + 31 * STEP,
        height: rows.len() * STEP,
        ..Chart::default()
    };
    for (row, number) in rows.into_iter().enumerate() {
        let year = i16::try_from(number.div_euclid(12)).unwrap_or(0);
        let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
        let name = month_in_words(year, month);
        let short = format!("{} {year}", name.get(..3).unwrap_or_default());
        chart.words.push(ChartWord {
            x: 0,
            y: row * STEP + 10,
            text: short,
        });
        let Ok(start) = Date::new(year, month, 1) else {
            continue;
        };
        for day in 0..usize::from(start.days_in_month().unsigned_abs()) {
            let date = Date::new(year, month, i8::try_from(day + 1).unwrap_or(1)).unwrap_or(start);
            let weight = by_day.get(&date).map_or(0, |entries| entries.len().min(4));
            chart.square(weight, MARGIN + day * STEP, row * STEP);
        }
    }
    Some(chart)
}
