//! The page of the timeline, which shows silences and batches.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::listing::{Item, ListingPage, Part};
use super::scene::RenderContext;
use super::{pace_chart, plan};
use crate::cover::active_days;
use crate::files::SitePath;
use crate::text::{counted, in_words, month_in_words, plural};

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
    let settings = &scene.portfolio.settings;
    let limits = settings.limits;
    let mut before: Option<Date> = None;
    for (&date, entries) in &by_day {
        let items = by_month.entry((date.year(), date.month())).or_default();
        let silence = before.map_or(0, |before| active_days(settings, before, date));
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
    let sections_of_plan = plan::list_parts(scene);
    ListingPage {
        title: "Timeline".to_owned(),
        chart: (!sections_of_plan.is_empty())
            .then(|| pace_chart::chart(scene))
            .flatten(),
        lead,
        sections: sections_of_plan
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
