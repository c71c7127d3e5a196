//! `evidence-out-of-date`: a criterion whose only evidence is older than its standard accepts.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::{Known, Reason};

/// The rule's record.
pub const EVIDENCE_OUT_OF_DATE: Rule = Rule {
    name: "evidence-out-of-date",
    group: Group::Coverage,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error),
    since: "0.1.0",
    text: Text {
        finds: "A criterion whose only evidence is older than its standard accepts.",
        why: "Assessors judge what a learner can do now; evidence must be current on the day it is judged.",
        example: "currency_months: 24, and the only piece for K7 is from three years ago",
        instead: "Add a recent piece. The old one may stay as history.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
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
        let message = format!("the latest evidence for {code} is older than {months} months");
        let finding = case.about(EVIDENCE_OUT_OF_DATE.name, entry, entry.date_place, message);
        found.push(finding.help(format!("add a recent piece for {code}")));
    }
}
