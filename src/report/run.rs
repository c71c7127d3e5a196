//! The input of all reports about findings.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::sources::Sources;
use crate::check::{Rule, rules};
use crate::diagnostic::{Finding, Findings, Level};
use crate::model::{Coverage, Portfolio, Profile};
use crate::text::{LineColumn, SourcePath, capitalised};

/// The findings of a run, and what reports need beside them.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The findings.
    pub findings: &'a Findings,
    /// The texts that findings refer to.
    pub sources: &'a Sources,
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// The profile of the run.
    pub profile: Profile,
    /// The lowest level that fails the run.
    pub fail_on: Level,
    /// The exit code of the command.
    pub exit_code: u8,
    /// The number of findings hidden by a baseline.
    pub known: usize,
    /// Fixed findings of a baseline: rule and subject.
    pub fixed: &'a [String],
    /// The path of the workspace in its repository, with a final `/`; empty for the root.
    pub prefix: &'a str,
}

/// The most findings of one rule in one file in reports for services, which refuse large reports.
const MOST: usize = 1000;

/// The lines and columns of a finding.
#[derive(Clone, Copy, Debug)]
pub struct Location {
    /// The start.
    pub start: LineColumn,
    /// The end; its column is exclusive.
    pub end: LineColumn,
}

impl Report<'_> {
    /// Whether a finding is about evidence that is not due yet.
    #[must_use]
    pub fn is_for_later(&self, finding: &Finding) -> bool {
        let end = self.portfolio.settings.planned_end;
        let has_time = end.is_none_or(|end| self.coverage.as_of <= end);
        let is_due_at_end = |rule: &Rule| rule.levels.is_due_at_end;
        has_time
            && finding.level <= Level::Note
            && rules::find(finding.rule).is_some_and(is_due_at_end)
    }

    /// The location of a finding.
    #[must_use]
    pub fn place(&self, finding: &Finding) -> Location {
        let (start, end) = self.sources.place(&finding.place.path, finding.place.span);
        Location { start, end }
    }

    /// The findings for services, with fingerprints: at most 1000 of one rule in one file. The
    /// last of them counts the rest.
    #[must_use]
    pub fn limited_findings(&self) -> Vec<(Cow<'_, Finding>, &str)> {
        let mut all: BTreeMap<(&SourcePath, &str), usize> = BTreeMap::new();
        for finding in self.findings {
            *all.entry((&finding.place.path, finding.rule)).or_insert(0) += 1;
        }
        let mut seen: BTreeMap<(&SourcePath, &str), usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for (finding, fingerprint) in self.findings.fingerprinted() {
            let key = (&finding.place.path, finding.rule);
            let number = seen.entry(key).or_insert(0);
            *number += 1;
            let rest = all[&key] - *number;
            match (*number).cmp(&MOST) {
                Ordering::Equal if rest > 0 => {
                    let mut last = finding.clone();
                    last.message =
                        format!("{}; and {rest} more like this in this file", last.message);
                    kept.push((Cow::Owned(last), fingerprint));
                }
                Ordering::Less | Ordering::Equal => {
                    kept.push((Cow::Borrowed(finding), fingerprint));
                }
                Ordering::Greater => {}
            }
        }
        kept
    }

    /// The path of a finding's file from the root of the repository.
    #[must_use]
    pub fn repository_path(&self, finding: &Finding) -> String {
        format!("{}{}", self.prefix, finding.place.path)
    }

    /// The message and the help of a finding, as sentences.
    #[must_use]
    pub fn sentence(finding: &Finding) -> String {
        let Some(help) = &finding.help else {
            return finding.message.clone();
        };
        let message = finding.message.trim_end_matches('.');
        format!("{message}. {}", capitalised(help))
    }
}
