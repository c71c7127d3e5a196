//! The page of hours: off-the-job training and development by month and by entry, and the rules
//! they are judged by.

use std::collections::BTreeMap;

use super::hours_chart::chart;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::rows::format_date;
use super::scene::RenderContext;
use crate::cover::{self, Hours, HoursOfMonth, crowded_days, month_number};
use crate::files::SitePath;
use crate::model::{Audience, EntryType, Known, Minutes, Regime};
use crate::text::{counted, month_in_words, plural};

/// Minutes of a month.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    development: u32,
    all: u32,
}

/// The page of hours.
pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let as_of = scene.coverage.as_of;
    let judged = cover::hours(scene.portfolio, as_of);
    let mut months =
        cover::hours_by_month(scene.portfolio, &judged, as_of, |at| scene.is_visible(at));
    if scene.audience == Audience::Public {
        // Figures of a public site cover its entries only, so a comparison with the plan would
        // mislead.
        for month in &mut months {
            (month.planned, month.planned_so_far) = (None, None);
        }
    }
    let mut sections = vec![
        Part::table("By month", tabulate_months(scene, &months)),
        Part {
            folded: true,
            ..Part::table("By entry", tabulate_entries(scene, from, &judged))
        },
    ];
    sections.extend(list_rules(scene, &judged));
    ListingPage {
        title: "Hours".to_owned(),
        lead: describe_total(scene, &judged, &months),
        chart: chart(
            &months,
            (scene.audience != Audience::Public).then_some(&judged.required),
        ),
        sections,
        ..ListingPage::default()
    }
}

/// Minutes of visible entries by month number.
fn sum_by_month(scene: &RenderContext<'_>) -> BTreeMap<i32, Spent> {
    let mut months: BTreeMap<i32, Spent> = BTreeMap::new();
    let crowded = crowded_days(scene.portfolio);
    let shown = scene.visible.iter().map(|&at| &scene.portfolio.entries[at]);
    for entry in shown.filter(|entry| !crowded.include(entry)) {
        let (Some(Minutes(minutes)), Some(date)) =
            (entry.front_matter.hours, entry.front_matter.date)
        else {
            continue;
        };
        let month = months.entry(month_number(date)).or_default();
        month.all = month.all.saturating_add(minutes);
        if entry.front_matter.kind == EntryType::Cpd {
            month.development = month.development.saturating_add(minutes);
        }
    }
    months
}

fn tabulate_months(scene: &RenderContext<'_>, months: &[HoursOfMonth]) -> Grid {
    let spent = sum_by_month(scene);
    let with_plan = months.iter().any(|month| month.planned.is_some());
    let mut columns = vec!["Month", "Off the job"];
    columns.extend(
        with_plan
            .then_some(["Planned", "So far", "Planned so far"])
            .into_iter()
            .flatten(),
    );
    columns.extend(["CPD", "All hours"]);
    let planned = |minutes: Option<Minutes>| {
        Cell::text(minutes.map_or_else(|| "unknown".to_owned(), |planned| planned.to_string()))
    };
    let rows = months.iter().map(|month| {
        let beside = spent
            .get(&month_number(month.end))
            .copied()
            .unwrap_or_default();
        let mut row = vec![
            Cell::text(month_in_words(month.end.year(), month.end.month())),
            Cell::text(month.recorded.to_string()),
        ];
        if with_plan {
            row.extend([
                planned(month.planned),
                Cell::text(month.recorded_so_far.to_string()),
                planned(month.planned_so_far),
            ]);
        }
        row.extend(
            [beside.development, beside.all]
                .map(|minutes| Cell::text(Minutes(minutes).to_string())),
        );
        row
    });
    Grid::new("Hours by month", &columns, rows.collect())
}

fn tabulate_entries(scene: &RenderContext<'_>, from: &SitePath, judged: &Hours<'_>) -> Grid {
    let mut rows = Vec::new();
    for &at in scene.visible.iter().rev() {
        let entry = &scene.portfolio.entries[at];
        let why = judged
            .uncounted
            .iter()
            .find(|(uncounted, _)| *uncounted == at)
            .map(|(_, why)| why.words());
        if entry.front_matter.hours.is_none() && why.is_none() {
            continue;
        }
        let counts = match why {
            Some(why) => format!("off the job, not counted: {why}"),
            None => if entry.front_matter.off_the_job {
                "off the job"
            } else {
                "other"
            }
            .to_owned(),
        };
        rows.push(vec![
            Cell::link(scene.entry_link(from, at)),
            Cell::text(format_date(entry.front_matter.date)),
            Cell::text(
                entry
                    .front_matter
                    .hours
                    .map_or_else(|| "none".to_owned(), |hours| hours.to_string()),
            ),
            Cell::text(counts),
        ]);
    }
    Grid::new("Hours by entry", &["Entry", "Date", "Hours", "Kind"], rows)
}

fn describe_total(
    scene: &RenderContext<'_>,
    judged: &Hours<'_>,
    months: &[HoursOfMonth],
) -> String {
    if scene.audience == Audience::Public {
        let shown = months
            .last()
            .map(|month| month.recorded_so_far)
            .unwrap_or_default();
        return format!(
            "{} off the job {} recorded in the public entries.",
            counted(shown, "hour"),
            plural(shown, "is", "are")
        );
    }
    let planned = months.last().and_then(|month| month.planned_so_far);
    let planned = planned.map_or_else(String::new, |planned| {
        format!(" Planned by now: {planned}.")
    });
    format!("{}{planned}", judged.summary())
}

/// The rules that the hours are judged by; on a public site only those without figures of the
/// learner.
fn list_rules(scene: &RenderContext<'_>, judged: &Hours<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    if scene.audience != Audience::Public {
        let mut text = vec![judged.required.why.clone()];
        text.extend(judged.regime.map(describe_regime));
        let items = judged.regime.into_iter().flat_map(|regime| &regime.sources);
        let items = items
            .map(|source| Item {
                text: source.clone(),
                ..Item::default()
            })
            .collect();
        parts.push(Part {
            items,
            ..Part::prose("How many are required", text)
        });
    }
    let Some(rules) = &scene.portfolio.programme else {
        return parts;
    };
    let listed = |flag: &'static str| {
        move |item: &crate::model::GuidanceItem| Item {
            flag,
            text: item.text.clone(),
            note: item
                .source
                .as_ref()
                .map_or_else(String::new, |source| format!("Source: {source}")),
            ..Item::default()
        }
    };
    let here =
        "Counted: submitted entries marked off-the-job, with hours, dated within the programme.";
    let mut items: Vec<Item> = rules.counts.iter().map(listed("counts")).collect();
    items.extend(rules.excluded.iter().map(listed("does not count")));
    parts.push(Part {
        text: vec![here.to_owned()],
        ..Part::list("What counts", items)
    });
    parts
}

fn describe_regime(regime: &Regime) -> String {
    let months = match regime.minimum_months {
        Known::Known(months) => {
            format!(" A programme lasts at least {}.", counted(months, "month"))
        }
        Known::Unknown => String::new(),
    };
    format!("{}. {}{months} Sources:", regime.title, regime.says)
}
