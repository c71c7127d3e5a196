//! `group-incomplete`: a duty, outcome or unit of which some criteria are not evidenced.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level, Subject};
use crate::model::{GroupLine, GroupState, State};

pub(super) const GROUP_INCOMPLETE: Rule = Rule {
    name: "group-incomplete",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error).due_at_end(),
    since: "0.1.0",
    text: RuleText {
        finds: "A duty, outcome or unit of which some criteria are not evidenced.",
        why: "A duty counts as done only when every one of its criteria is evidenced: one entry tagged B1 covers no duty.",
        example: "Duty 3 with K4 and S4 evidenced, but not K36",
        instead: "Evidence the criteria that the message names.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let groups = case
        .coverage
        .standards
        .iter()
        .flat_map(|standard| &standard.groups);
    for line in groups {
        let GroupState::State(state) = line.state else {
            continue;
        };
        if state >= State::Evidenced {
            continue;
        }
        let group = case.portfolio.catalogue.group(line.group);
        let standard = &case
            .portfolio
            .catalogue
            .standard(line.group.standard)
            .id
            .value;
        let message = format!(
            "{} is not complete: {} of {} evidenced",
            group.code.value,
            line.counts.complete(),
            line.counts.out_of()
        );
        let subject = Subject::Group(format!("{standard}:{}", group.code.value));
        let place = case.standard_place(line.group.standard);
        let finding = Finding::new(GROUP_INCOMPLETE.name, place, subject, message);
        found.push(finding.help(format!("to do: {}", open(case, line))));
    }
}

/// The criteria that hold the group back, each with its state.
fn open(case: &Case<'_>, line: &GroupLine) -> String {
    let members = &case.portfolio.catalogue.group(line.group).criteria;
    let open = case.open_lines().filter(|one| {
        one.criterion.standard == line.group.standard
            && !one.state.is_complete()
            && members.contains(&one.criterion.criterion)
    });
    let named = open.map(|one| {
        format!(
            "{} ({})",
            case.portfolio.catalogue.code(one.criterion),
            one.state.title()
        )
    });
    named.collect::<Vec<_>>().join(", ")
}
