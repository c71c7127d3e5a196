//! One standard: what it is, where it comes from, and every criterion.

use serde::Serialize;

use super::filter::{Filter, FilterRow, filtered};
use super::home::{PartSummary, groups};
use super::rows::Bar;
use super::scene::Scene;
use super::{SitePath, in_words};
use crate::model::Known;

/// The page of a standard.
#[derive(Clone, Debug, Serialize)]
pub struct StandardPage {
    /// Its title.
    pub title: String,
    /// Its matrix.
    pub matrix: String,
    /// Whether codes and wording are official.
    pub official: bool,
    /// Names and values about it; what its source does not say is `unknown`.
    pub facts: Vec<(&'static str, String)>,
    /// All criteria.
    pub bar: Bar,
    /// By group.
    pub groups: Vec<PartSummary>,
    /// Its criteria, what is missing first.
    pub rows: Vec<FilterRow>,
    /// What they can be filtered by, where script runs.
    pub filters: Vec<Filter>,
}

impl StandardPage {
    /// The page of the standard at `at`.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath, at: usize) -> Self {
        let (standard, rules) = &scene.portfolio.catalogue.standards[at];
        let updated = match standard.updated {
            Known::Known(date) => in_words(date),
            Known::Unknown => "unknown".to_owned(),
        };
        let methods = standard.methods.known().map_or_else(
            || "unknown".to_owned(),
            |methods| methods.iter().map(|method| method.title.clone()).collect::<Vec<_>>().join(", "),
        );
        let percent = |mark: &u32| format!("{mark} %");
        let facts = vec![
            ("Reference", standard.reference.to_string()),
            ("Level", standard.level.to_string()),
            ("Version", standard.standard_version.to_string()),
            ("Last updated", updated),
            ("Pieces asked for", rules.min_pieces.to_string()),
            ("Evidence current for (months)", rules.currency_months.to_string()),
            ("Assessed by", methods),
            ("Pass mark", rules.pass_mark_percent.known().map_or_else(|| "unknown".to_owned(), percent)),
            ("Attempts at most", rules.max_attempts.to_string()),
            ("Source", standard.source.clone()),
            ("Licence", standard.licence.clone()),
        ];
        let (rows, filters) = filtered(scene, from, at);
        Self {
            title: standard.full_title(),
            matrix: from.link_to(&scene.routes.matrix(at)),
            official: standard.official,
            facts,
            bar: Bar::of(&scene.coverage.standards[at].counts),
            groups: groups(scene, from, at),
            rows,
            filters,
        }
    }
}
