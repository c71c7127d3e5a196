//! `thin-criterion`: a criterion that is claimed, but not with what the rules ask for.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Known, Line, Reason, State};
use crate::text::counted;

pub(super) const THIN_CRITERION: Rule = Rule {
    name: "thin-criterion",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "A criterion that is claimed, but needs more evidence.",
        why: "Too few entries, or entries that do not count, would be referred at the gateway. Evidence must be current on the day it is judged.",
        example: "one entry where two are asked for, or the only entry is referred or older than currency_months",
        instead: "Do what the message says. An old entry may stay.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    find_out_of_date(case, found);
    let has_own_finding = |line: &Line| {
        matches!(
            Case::sole_reason(line),
            Some(Reason::OutOfDate | Reason::TypeNotAllowed)
        )
    };
    for line in case
        .open_lines()
        .filter(|line| line.state == State::Thin && !has_own_finding(line))
    {
        let message = format!(
            "{} needs more: {}",
            case.criterion_title(line.criterion),
            line.why
        );
        let mut finding = case.about_criterion(THIN_CRITERION.name, line.criterion, message);
        finding.help.clone_from(&line.next);
        found.push(finding);
    }
}

fn find_out_of_date(case: &Case<'_>, found: &mut Vec<Finding>) {
    let too_old = case
        .open_lines()
        .filter(|line| Case::sole_reason(line) == Some(Reason::OutOfDate));
    for line in too_old {
        let Some(piece) = line
            .pieces
            .iter()
            .rev()
            .find(|piece| piece.against == [Reason::OutOfDate])
        else {
            continue;
        };
        let entry = &case.portfolio.entries[piece.entry];
        let rules = case.portfolio.catalogue.rules(line.criterion.standard);
        let months = rules
            .currency_months
            .known()
            .map_or(Known::Unknown, |months| Known::Known(*months));
        let code = case.portfolio.catalogue.code(line.criterion);
        let message = format!(
            "the latest evidence for {code} is older than {}",
            counted(months, "month")
        );
        let finding = case.about(
            THIN_CRITERION.name,
            entry,
            entry.front_matter.date_or_title_place(),
            message,
        );
        let finding = finding.fact(case.portfolio.catalogue.full_code(line.criterion));
        found.push(finding.help(format!("add a recent entry for {code}")));
    }
}
