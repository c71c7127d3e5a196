//! The page of a standard: source, progress and criteria.

use serde::Serialize;

use super::filter::{Filter, FilterRow, filter_criteria};
use super::home::{PartSummary, describe_progress, summarise_groups, summarise_kinds};
use super::listing::{Cell, Grid};
use super::rows::{Bar, format_date};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::Known;
use crate::text::in_words;

#[derive(Clone, Debug, Serialize)]
pub struct StandardPage {
    pub title: String,
    /// The page of its matrix.
    pub matrix: String,
    pub official: bool,
    /// Names and values of what the source says.
    pub facts: Vec<(&'static str, String)>,
    /// The states of its criteria in one sentence.
    pub sentence: String,
    pub bar: Bar,
    /// Counts by kind of criterion; empty if there is one kind.
    pub kinds: Vec<PartSummary>,
    pub groups: Vec<PartSummary>,
    /// Criteria, worst state first.
    pub rows: Vec<FilterRow>,
    /// Practice records that claim a criterion; `None` if there are none.
    pub records: Option<Grid>,
    /// Filters for `rows`, which need scripts.
    pub filters: Vec<Filter>,
}

impl StandardPage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> Self {
        let (standard, rules) = &scene.portfolio.catalogue.standards[at];
        let updated = match standard.updated {
            Known::Known(date) => in_words(date),
            Known::Unknown => "unknown".to_owned(),
        };
        let methods = standard.methods.known().map_or_else(
            || "unknown".to_owned(),
            |methods| {
                methods
                    .iter()
                    .map(|method| method.title.clone())
                    .collect::<Vec<_>>()
                    .join(", ")
            },
        );
        let percent = |mark: &u32| format!("{mark} %");
        let facts = vec![
            ("Reference", standard.reference.to_string()),
            ("Level", standard.level.to_string()),
            ("Version", standard.standard_version.to_string()),
            ("Last updated", updated),
            ("Entries needed for a code", rules.min_pieces.to_string()),
            (
                "Evidence current for (months)",
                rules.currency_months.to_string(),
            ),
            ("Assessed by", methods),
            (
                "Pass mark",
                rules
                    .pass_mark_percent
                    .known()
                    .map_or_else(|| "unknown".to_owned(), percent),
            ),
            ("Attempts at most", rules.max_attempts.to_string()),
            ("Source", standard.source.clone()),
            ("Licence", standard.licence.clone()),
        ];
        let (rows, filters) = filter_criteria(scene, from, at);
        Self {
            title: standard.full_title(),
            matrix: from.link_to(&scene.routes.matrix(at)),
            official: standard.official,
            facts: facts
                .into_iter()
                .filter(|(_, value)| value != "unknown")
                .collect(),
            sentence: describe_progress(&scene.coverage.standards[at].counts),
            kinds: Some(summarise_kinds(scene, at))
                .filter(|kinds| kinds.len() > 1)
                .unwrap_or_default(),
            bar: Bar::of(&scene.coverage.standards[at].counts),
            groups: summarise_groups(scene, from, at),
            rows,
            records: tabulate_records(scene, from, at),
            filters,
        }
    }
}

/// The table of practice records that claim a criterion of the standard.
fn tabulate_records(scene: &RenderContext<'_>, from: &SitePath, standard: usize) -> Option<Grid> {
    const COLUMNS: [&str; 9] = [
        "Entry",
        "Written",
        "Treatment",
        "Area",
        "Device",
        "Depth (mm)",
        "Batches",
        "Reactions",
        "Outcomes",
    ];
    let row = |&at: &usize| {
        let entry = &scene.portfolio.entries[at];
        let practice = entry.front_matter.practice.as_ref()?;
        entry
            .claims
            .iter()
            .find(|claim| claim.criterion.standard == standard)?;
        let text = |value: &Option<String>| Cell::text(value.as_deref().unwrap_or("not given"));
        let list = |values: &[String]| {
            Cell::text(if values.is_empty() {
                "not given".to_owned()
            } else {
                values.join("; ")
            })
        };
        let link = scene.entry_link(from, at);
        Some(vec![
            Cell::link(link),
            Cell::text(format_date(entry.front_matter.date)),
            text(&practice.treatment),
            text(&practice.area),
            text(&practice.device),
            text(&practice.depth_mm),
            list(&practice.batch_numbers),
            text(&practice.adverse_reactions),
            list(&practice.outcome_measures),
        ])
    };
    let rows: Vec<Vec<Cell>> = scene.visible.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| Grid::new("Practice records", &COLUMNS, rows))
}
