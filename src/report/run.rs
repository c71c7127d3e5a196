//! What every report about findings is made from.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Sources;
use crate::diagnostic::{Finding, Findings, Level};
use crate::model::{Coverage, Portfolio, Profile};
use crate::text::{LineColumn, SourcePath};

/// A run's findings with all that reports say about them.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The findings to tell.
    pub findings: &'a Findings,
    /// The texts that they point into.
    pub sources: &'a Sources,
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// How strict the run is.
    pub profile: Profile,
    /// The lightest level that makes the run fail.
    pub fail_on: Level,
    /// What the command will exit with.
    pub exit_code: u8,
    /// How many findings a baseline knew and kept back.
    pub known: usize,
    /// What a baseline knew and is mended: rule and subject.
    pub fixed: &'a [String],
    /// The workspace's folder below the root of its repository, with a closing `/`; empty where they are the same.
    pub prefix: &'a str,
}

/// Findings of one rule in one file that a service is told of; the last of them says how many more there are. Services
/// show fewer, and refuse reports that are too large.
const TOLD: usize = 1000;

/// Where a finding stands, as people count.
#[derive(Clone, Copy, Debug)]
pub struct Where {
    /// Its beginning.
    pub start: LineColumn,
    /// Its end; the column is the first one after it.
    pub end: LineColumn,
}

impl Report<'_> {
    /// Where a finding stands.
    #[must_use]
    pub fn place(&self, finding: &Finding) -> Where {
        let (start, end) = self.sources.place(&finding.place.path, finding.place.span);
        Where { start, end }
    }

    /// The findings for reports to services, each with its fingerprint: at most a thousand of one rule in one file.
    #[must_use]
    pub fn told(&self) -> Vec<(Cow<'_, Finding>, &str)> {
        let mut all: BTreeMap<(&SourcePath, &str), usize> = BTreeMap::new();
        for finding in self.findings {
            *all.entry((&finding.place.path, finding.rule)).or_insert(0) += 1;
        }
        let mut told: BTreeMap<(&SourcePath, &str), usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for (finding, fingerprint) in self.findings.fingerprinted() {
            let key = (&finding.place.path, finding.rule);
            let number = told.entry(key).or_insert(0);
            *number += 1;
            let rest = all[&key] - *number;
            match (*number).cmp(&TOLD) {
                Ordering::Equal if rest > 0 => {
                    let mut last = finding.clone();
                    last.message =
                        format!("{}; and {rest} more like this in this file", last.message);
                    kept.push((Cow::Owned(last), fingerprint));
                }
                Ordering::Less | Ordering::Equal => {
                    kept.push((Cow::Borrowed(finding), fingerprint))
                }
                Ordering::Greater => {}
            }
        }
        kept
    }

    /// The path of a finding's file from the root of the repository, for services that know only that.
    #[must_use]
    pub fn repository_path(&self, finding: &Finding) -> String {
        format!("{}{}", self.prefix, finding.place.path)
    }

    /// A finding in one sentence or two: what is wrong, and what to do.
    #[must_use]
    pub fn sentence(finding: &Finding) -> String {
        let Some(help) = &finding.help else {
            return finding.message.clone();
        };
        let mut letters = help.chars();
        let help: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect();
        format!("{}. {help}", finding.message.trim_end_matches('.'))
    }
}
