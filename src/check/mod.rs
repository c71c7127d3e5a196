//! Judges a portfolio: every rule over everything, every finding in one run.

mod case;
mod rule;
pub mod rules;

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, Finding, Findings, Level};
use crate::model::{Coverage, Portfolio, Profile};

pub use case::Case;
pub use rule::{Group, Levels, Rule, Text};

/// Runs all rules. Levels come from the profile, then from the portfolio's settings; what an entry's author has
/// answered with a reason is left out.
#[must_use]
pub fn check(portfolio: &Portfolio, coverage: &Coverage, faults: &[Fault], profile: Profile) -> Findings {
    let case = Case::new(portfolio, coverage, faults);
    let mut all = Vec::new();
    for rule in rules::ALL {
        let level = level(rule, portfolio, profile);
        if level == Level::Off {
            continue;
        }
        let mut found = Vec::new();
        (rule.run)(&case, &mut found);
        all.extend(found.into_iter().map(|finding| Finding { level, ..finding }));
    }
    let answered = answered(portfolio);
    all.retain(|finding| {
        let rules = answered.get(finding.place.path.as_str());
        !rules.is_some_and(|rules| rules.contains(&finding.rule))
    });
    Findings::new(all)
}

fn level(rule: &Rule, portfolio: &Portfolio, profile: Profile) -> Level {
    let set = portfolio.settings.levels.get(rule.name).copied();
    set.unwrap_or_else(|| rule.levels.of(profile))
}

/// The rules that each entry's author has answered, by the entry's path.
fn answered(portfolio: &Portfolio) -> BTreeMap<&str, Vec<&str>> {
    let mut answered: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in &portfolio.entries {
        for suppression in &entry.suppressions {
            let rules = answered.entry(entry.path.as_str()).or_default();
            rules.push(&suppression.rule.value);
        }
    }
    answered
}
