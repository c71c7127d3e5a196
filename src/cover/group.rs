//! How far a duty, outcome or unit has come.

use crate::model::{CriterionId, GroupId, GroupLine, GroupState, Line, Portfolio, StateCounts};

/// A line for every group of a standard.
pub fn lines(portfolio: &Portfolio, standard: usize, lines: &[Line]) -> Vec<GroupLine> {
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
    let judge = |(group, known): (usize, &crate::model::Group)| {
        let all = || known.criteria.iter().copied();
        GroupLine {
            group: GroupId { standard, group },
            state: state(all().filter_map(find)),
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

/// As far as the least evidenced criterion; waived ones do not hold it back.
fn state<'a>(lines: impl Iterator<Item = &'a Line>) -> GroupState {
    let least = lines
        .filter(|line| !line.is_waived())
        .map(|line| line.state)
        .min();
    least.map_or(GroupState::Waived, GroupState::State)
}
