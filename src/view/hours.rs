//! Time spent: off the job and on development, month by month.

use std::collections::BTreeMap;

use super::link::Link;
use super::listing::{Cell, Grid, ListingPage, Part};
use super::scene::Scene;
use super::{SitePath, in_words, month_in_words};
use crate::model::{EntryType, Known, Minutes};

/// Minutes of one month.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    off_the_job: u32,
    development: u32,
    all: u32,
}

/// The hours.
pub fn hours(scene: &Scene<'_>, from: &SitePath) -> ListingPage {
    let mut months: BTreeMap<(i16, i8), Spent> = BTreeMap::new();
    let mut whole = Spent::default();
    let mut rows = Vec::new();
    for &at in scene.visible.iter().rev() {
        let entry = &scene.portfolio.entries[at];
        let (Some(Minutes(minutes)), Some(date)) = (entry.hours, entry.date) else { continue };
        let month = months.entry((date.year(), date.month())).or_default();
        for spent in [month, &mut whole] {
            spent.all += minutes;
            spent.off_the_job += if entry.off_the_job { minutes } else { 0 };
            spent.development += if entry.kind == EntryType::Cpd { minutes } else { 0 };
        }
        let link = Link { href: from.link_to(scene.routes.entry(at)), label: entry.title.clone() };
        let kind = if entry.off_the_job { "off the job" } else { "other" };
        rows.push(vec![
            Cell::link(link),
            Cell::text(in_words(date)),
            Cell::text(Minutes(minutes).to_string()),
            Cell::text(kind),
        ]);
    }
    let month = |((year, month), spent): ((i16, i8), Spent)| cells(month_in_words(year, month), spent);
    let mut by_month: Vec<Vec<Cell>> = months.into_iter().map(month).collect();
    by_month.push(cells("All".to_owned(), whole));
    ListingPage {
        title: "Hours".to_owned(),
        lead: lead(scene, whole),
        chart: None,
        sections: vec![
            Part::table(
                "By month",
                Grid::new("Hours by month", &["Month", "Off the job", "CPD", "All hours"], by_month),
            ),
            Part::table(
                "By entry",
                Grid::new("Hours by entry", &["Entry", "Written", "Hours", "Kind"], rows),
            ),
        ],
    }
}

fn lead(scene: &Scene<'_>, whole: Spent) -> String {
    let required = match scene.portfolio.settings.required_hours {
        Known::Known(hours) => format!("{hours} are required"),
        Known::Unknown => "how many are required is unknown".to_owned(),
    };
    format!(
        "{} hours off the job are recorded in the entries shown here; {required}.",
        Minutes(whole.off_the_job)
    )
}

fn cells(name: String, spent: Spent) -> Vec<Cell> {
    let hours = |minutes: u32| Cell::text(Minutes(minutes).to_string());
    vec![Cell::text(name), hours(spent.off_the_job), hours(spent.development), hours(spent.all)]
}
