//! Coverage of groups: duties, outcomes and units.

use crate::model::{
    CriterionId, Group, GroupId, GroupLine, GroupState, Line, Portfolio, StateCounts,
};

/// Judges every group of a standard by the lines of its criteria.
pub(super) fn judge_groups(
    portfolio: &Portfolio,
    standard: usize,
    lines: &[Line],
) -> Vec<GroupLine> {
    let groups = &portfolio.catalogue.standard(standard).groups;
    let shared = |criterion: usize| {
        groups.len() > 1
            && groups
                .iter()
                .all(|group| group.criteria.contains(&criterion))
    };
    let find = |criterion: usize| {
        let id = CriterionId {
            standard,
            criterion,
        };
        lines.iter().find(move |line| line.criterion == id)
    };
    let judge = |(group, known): (usize, &Group)| {
        let all = || known.criteria.iter().copied();
        GroupLine {
            group: GroupId { standard, group },
            state: least_state(all().filter_map(find)),
            counts: StateCounts::of(all().filter_map(find)),
            own: StateCounts::of(
                all()
                    .filter(|&criterion| !shared(criterion))
                    .filter_map(find),
            ),
        }
    };
    groups.iter().enumerate().map(judge).collect()
}

/// The state of the least evidenced criterion that is not waived.
fn least_state<'a>(lines: impl Iterator<Item = &'a Line>) -> GroupState {
    let least = lines
        .filter(|line| !line.is_waived())
        .map(|line| line.state)
        .min();
    least.map_or(GroupState::Waived, GroupState::State)
}
