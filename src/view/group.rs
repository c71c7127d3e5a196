//! The page of a duty, outcome or unit.

use serde::Serialize;

use super::link::Link;
use super::rows::{Bar, CriterionRow, StateLabel, build_criterion_row, format_statement};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{CriterionId, GroupId};

#[derive(Clone, Debug, Serialize)]
pub struct GroupPage {
    pub code: String,
    /// `duty`, `outcome` or `unit`.
    pub kind: String,
    pub text: String,
    pub state: StateLabel,
    /// All its criteria.
    pub bar: Bar,
    /// Without criteria that all groups share; `None` if there are none.
    pub own: Option<Bar>,
    pub standard: Link,
    pub rows: Vec<CriterionRow>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

impl GroupPage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, id: GroupId) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let group = catalogue.group(id);
        let covered = scene.coverage.group(id);
        let standard = catalogue.standard(id.standard);
        let row = |&criterion: &usize| {
            let id = CriterionId {
                standard: id.standard,
                criterion,
            };
            build_criterion_row(scene, from, id)
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
            text: format_statement(&group.text),
            state: StateLabel::of_group(covered.state),
            bar: Bar::of(&covered.counts),
            own: (covered.own != covered.counts).then(|| Bar::of(&covered.own)),
            standard: scene.standard_link(from, id.standard),
            rows: group.criteria.iter().filter_map(row).collect(),
            previous: id.group.checked_sub(1).map(link),
            next: (id.group + 1 < standard.groups.len()).then(|| link(id.group + 1)),
        }
    }
}
