//! What is missing, and all entries.

use serde::Serialize;

use super::SitePath;
use super::rows::{CriterionRow, EntryRow, criterion_row, entry_row};
use super::scene::Scene;

/// What is missing, by standard.
#[derive(Clone, Debug, Serialize)]
pub struct GapsPage {
    /// Standards that have something missing.
    pub standards: Vec<StandardGaps>,
}

/// One standard's missing criteria, worst first.
#[derive(Clone, Debug, Serialize)]
pub struct StandardGaps {
    /// Its title.
    pub title: String,
    /// Its criteria that are less than evidenced and not waived.
    pub rows: Vec<CriterionRow>,
}

impl GapsPage {
    /// What is missing in the whole portfolio.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath) -> Self {
        let mut standards = Vec::new();
        for standard in &scene.coverage.standards {
            let missing = standard.lines.iter().filter(|line| !line.is_waived() && !line.state.is_complete());
            let mut missing: Vec<_> = missing.collect();
            missing.sort_by_key(|line| (line.state, line.criterion));
            let rows = missing.iter().filter_map(|line| criterion_row(scene, from, line.criterion));
            let rows: Vec<CriterionRow> = rows.collect();
            if !rows.is_empty() {
                let title = scene.portfolio.catalogue.standard(standard.standard).full_title();
                standards.push(StandardGaps { title, rows });
            }
        }
        Self { standards }
    }
}

/// All entries that the audience may see.
#[derive(Clone, Debug, Serialize)]
pub struct EntriesPage {
    /// Newest first.
    pub entries: Vec<EntryRow>,
}

impl EntriesPage {
    /// The list.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath) -> Self {
        let newest_first = scene.visible.iter().rev();
        Self { entries: newest_first.map(|&at| entry_row(scene, from, at)).collect() }
    }
}
