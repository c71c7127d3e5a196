//! One duty, outcome or unit.

use serde::Serialize;

use super::link::Link;
use super::rows::{Bar, CriterionRow, criterion_row, statement};
use super::scene::Scene;
use crate::files::SitePath;
use crate::model::{CriterionId, GroupId};

/// The page of a group.
#[derive(Clone, Debug, Serialize)]
pub struct GroupPage {
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: String,
    /// Its text.
    pub text: String,
    /// Its state.
    pub state: &'static str,
    /// All its criteria, counted.
    pub bar: Bar,
    /// The same without criteria that every group has; none where that is the same.
    pub own: Option<Bar>,
    /// Its standard.
    pub standard: Link,
    /// Its criteria.
    pub rows: Vec<CriterionRow>,
    /// The group before it.
    pub previous: Option<Link>,
    /// The group after it.
    pub next: Option<Link>,
}

impl GroupPage {
    /// The page of `id`.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath, id: GroupId) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let group = catalogue.group(id);
        let covered = scene.coverage.group(id);
        let standard = catalogue.standard(id.standard);
        let row = |&criterion: &usize| {
            let id = CriterionId {
                standard: id.standard,
                criterion,
            };
            criterion_row(scene, from, id)
        };
        let link = |group: usize| {
            let id = GroupId {
                standard: id.standard,
                group,
            };
            scene.group_link(from, id)
        };
        Self {
            code: group.code.value.to_string(),
            kind: group.kind.clone(),
            text: statement(&group.text),
            state: covered.state.word(),
            bar: Bar::of(&covered.counts),
            own: (covered.own != covered.counts).then(|| Bar::of(&covered.own)),
            standard: scene.standard_link(from, id.standard),
            rows: group.criteria.iter().filter_map(row).collect(),
            previous: id.group.checked_sub(1).map(link),
            next: (id.group + 1 < standard.groups.len()).then(|| link(id.group + 1)),
        }
    }
}
