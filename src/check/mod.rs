//! Judges a portfolio: every rule over everything, every finding in one run.
//!
//! Parsing and resolving record a [`crate::diagnostic::Fault`] with its place and go on. A run
//! applies every rule to the portfolio, its coverage and the faults; the rule of that name words
//! it. So level, message, example and documentation of a rule are in one file. A rule that guards
//! cannot be switched off.
//!
//! A finding is identified across runs by its fingerprint: rule, subject and the facts that the
//! rule declares, never its wording, a line or a path. Baselines keep fingerprints and states.

mod baseline;
mod case;
mod files;
mod levels;
mod names;
mod rule;
pub mod rules;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Fault, Finding, Findings, Level, Subject};
use crate::model::{Coverage, Portfolio, Profile};
use crate::par;
use crate::privacy::Mask;
use crate::text::one_line;

pub use baseline::{Baseline, Comparison};
pub use case::Case;
pub use levels::Levels;
pub use names::{Names, explain_renamed, successor};
pub use rule::{Rule, RuleGroup, RuleText, Run};

/// The findings of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The findings to report: all, or with a baseline those that are new or worse.
    pub findings: Arc<Findings>,
    /// All findings, also those in the baseline.
    pub all: Arc<Findings>,
    /// The comparison of all findings with the baseline; empty without one.
    pub comparison: Comparison,
}

/// Runs all rules. Levels come from the profile and, for what is due at the end of the
/// programme, from its planned end; the portfolio's settings replace them. Findings that
/// an entry answers with a reason, and those in `baseline`, are left out.
#[must_use]
pub fn check(
    portfolio: &Portfolio,
    coverage: &Coverage,
    faults: &[Fault],
    profile: Profile,
    baseline: Option<&Baseline>,
) -> Outcome {
    let names = rules::names();
    let case = Case::new(portfolio, coverage, faults, baseline, &names);
    let first = Findings::new(mask(run(profile, &case, None), portfolio));
    let more = mask(run(profile, &case, Some(&first)), portfolio);
    let mut all: Vec<Finding> = first.into_iter().collect();
    all.extend(more);
    all.retain(|finding| !is_answered(finding, portfolio));
    let all = Arc::new(Findings::new(all));
    let Some(baseline) = baseline else {
        return Outcome {
            findings: all.clone(),
            all,
            comparison: Comparison::default(),
        };
    };
    let comparison = baseline.compare(&all);
    Outcome {
        findings: new_since(&comparison, &all).into(),
        all,
        comparison,
    }
}

/// Masks identifiers in the words and facts of findings.
fn mask(all: Vec<Finding>, portfolio: &Portfolio) -> Vec<Finding> {
    // References of consents, settings and decisions are quoted in many places.
    let shared = portfolio.shared_identifiers().map(|(_, one)| one);
    let shared = shared.chain(
        portfolio
            .chain
            .files
            .iter()
            .flat_map(|file| &file.identifiers),
    );
    let shared = Mask::new(shared.map(|one| &*one.text));
    let one = |finding: Finding| match portfolio.index.by_path(&finding.place.path) {
        Some(at) => {
            let cover = portfolio.entries[at].identifiers.cover();
            finding.map_text(|words| one_line(&cover.over(&shared.over(words))))
        }
        None => finding.map_text(|words| one_line(&shared.over(words))),
    };
    all.into_iter().map(one).collect()
}

/// Runs the rules that take the portfolio or, given `findings`, those that take findings.
fn run(profile: Profile, case: &Case<'_>, findings: Option<&Findings>) -> Vec<Finding> {
    let named: Vec<&Rule> = rules::named().collect();
    let one = |rule: &&Rule| -> Vec<Finding> {
        let level = level(rule, case, profile);
        let mut found = Vec::new();
        match (rule.run, findings) {
            _ if level == Level::Off => {}
            (Run::Portfolio(run), None) => run(case, &mut found),
            (Run::Findings(run), Some(findings)) => run(case, findings, &mut found),
            _ => {}
        }
        found
            .into_iter()
            .map(|finding| Finding { level, ..finding })
            .collect()
    };
    par::map_uneven(&named, one).into_iter().flatten().collect()
}

fn level(rule: &Rule, case: &Case<'_>, profile: Profile) -> Level {
    let settings = &case.portfolio.settings;
    let set = settings.levels.get(rule.name).map(|level| level.value);
    let set = set.filter(|level| !(rule.levels.guards && *level == Level::Off));
    set.unwrap_or_else(|| {
        if settings.is_end_due(case.coverage.as_of) {
            rule.levels.of(profile)
        } else {
            rule.levels.before_end(profile)
        }
    })
}

/// Whether the entry answers a finding with a reason. A rule that guards is answered only for the
/// words that the answer names.
fn is_answered(finding: &Finding, portfolio: &Portfolio) -> bool {
    let Some(at) = portfolio.index.by_path(&finding.place.path) else {
        return false;
    };
    let entry = &portfolio.entries[at];
    if rules::is_answerable(finding.rule) {
        return entry.answers(finding.rule);
    }
    let mut here = entry.identifiers.at(finding.place.span);
    here.any(|one| one.kind.rule() == finding.rule && entry.answers_for(one))
}

/// The findings that are not in the baseline. A criterion that went back is reported once: as a
/// regression, and not also as the gap that it is now.
fn new_since(comparison: &Comparison, all: &Findings) -> Findings {
    let regressed = all
        .iter()
        .filter(|finding| finding.rule == rules::COVERAGE_REGRESSED);
    let regressed: BTreeSet<&Subject> = regressed.map(|finding| &finding.subject).collect();
    all.filtered(|finding, fingerprint| {
        let is_regression = finding.rule == rules::COVERAGE_REGRESSED;
        let is_reported = !is_regression && regressed.contains(&finding.subject);
        is_regression || !(comparison.known.contains(fingerprint) || is_reported)
    })
}
