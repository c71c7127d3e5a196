//! `threshold-not-met`: a fraction that portfolio.yaml asks for and the portfolio does not reach.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};

pub(super) const THRESHOLD_NOT_MET: Rule = Rule {
    name: "threshold-not-met",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Note, Level::Error, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "A fraction of criteria that portfolio.yaml asks for and the portfolio does not reach.",
        why: "A provider may ask for a share of the criteria, and this shows when it is not reached.",
        example: "thresholds: { all: 60/72 }",
        instead: "Evidence what is missing; `ksbfolio coverage` lists it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for threshold in &case.portfolio.settings.thresholds {
        let (fact, name, counts) = match threshold.standard {
            Some(at) => {
                let id = &case.portfolio.catalogue.standard(at).id.value;
                (id.as_str(), id.as_str(), case.coverage.standards[at].counts)
            }
            None => ("all", "all standards together", case.coverage.counts()),
        };
        if threshold.fraction.is_met_by(&counts) {
            continue;
        }
        let message = format!(
            "{name}: {}/{} evidenced, {} asked for",
            counts.complete(),
            counts.out_of(),
            threshold.fraction
        );
        let finding = case.about_settings(THRESHOLD_NOT_MET.name, threshold.place, message);
        found.push(
            finding
                .fact(fact)
                .help("`ksbfolio coverage` lists what is missing"),
        );
    }
}
