//! One standard: what it is, where it comes from, and every criterion.

use serde::Serialize;

use super::home::{PartSummary, groups};
use super::rows::{Bar, CriterionRow, criterion_row};
use super::scene::Scene;
use super::{SitePath, in_words};
use crate::model::{CriterionId, Known};

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
    /// By kind.
    pub kinds: Vec<KindRows>,
}

/// The criteria of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct KindRows {
    /// Its title.
    pub title: String,
    /// Its criteria.
    pub rows: Vec<CriterionRow>,
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
        let kind = |(kind, known): (usize, &crate::model::Kind)| {
            let of_kind =
                (0..standard.criteria.len()).filter(|&criterion| standard.criteria[criterion].kind == kind);
            let ids = of_kind.map(|criterion| CriterionId { standard: at, criterion });
            KindRows {
                title: known.title.clone(),
                rows: ids.filter_map(|id| criterion_row(scene, from, id)).collect(),
            }
        };
        Self {
            title: standard.full_title(),
            matrix: from.link_to(&scene.routes.matrix(at)),
            official: standard.official,
            facts,
            bar: Bar::of(&scene.coverage.standards[at].counts),
            groups: groups(scene, from, at),
            kinds: standard.kinds.iter().enumerate().map(kind).collect(),
        }
    }
}
