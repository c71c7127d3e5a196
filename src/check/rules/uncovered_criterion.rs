//! `uncovered-criterion`: a criterion that no entry claims.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::nearest_entries;
use crate::diagnostic::{Finding, Level};
use crate::model::State;
use crate::text::listed;

pub(super) const UNCOVERED_CRITERION: Rule = Rule {
    name: "uncovered-criterion",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Note, Level::Error, Level::Error).due_at_end(),
    since: "0.1.0",
    text: RuleText {
        finds: "A criterion that no entry claims.",
        why: "Every criterion must be evidenced before the gateway; one found missing there costs months.",
        example: "no entry tagged K33",
        instead: "Add the code to an entry that shows it, or write one; `ksbfolio explain K33` gives questions to begin with.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for line in case.open_lines().filter(|line| line.state == State::Gap) {
        let message = format!("{} has no evidence", case.criterion_title(line.criterion));
        let near = nearest_entries(case.portfolio, line.criterion);
        let near: Vec<&str> = near
            .iter()
            .map(|&at| case.portfolio.entries[at].id.as_str())
            .collect();
        let next = line.next.clone().unwrap_or_default();
        let help = if near.is_empty() {
            next
        } else {
            format!(
                "nearest to it: {}; add the code there if it fits, or write one",
                listed(&near)
            )
        };
        found.push(
            case.about_criterion(UNCOVERED_CRITERION.name, line.criterion, message)
                .help(help),
        );
    }
}
