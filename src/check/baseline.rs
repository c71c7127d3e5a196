//! Baselines: accepted findings and states that later runs are compared with.
//!
//! The file has a first line `# ksbfolio baseline 2`, then one fact per line, sorted:
//!
//! ```text
//! criterion st0215:K1 accepted
//! finding 3f0c9a52b1d4e687 thin-criterion criterion:st0215:K15
//! fraction st0215 61/71
//! ```
//!
//! Fingerprints of version 1 were hashes of messages. Its findings are matched by rule, subject and
//! count, and so are findings of rules that were renamed since.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::names::successor;
use crate::diagnostic::{Finding, Findings};
use crate::model::{Coverage, Fraction, Portfolio, State};
use crate::text::{Source, SourcePath, Span, Spanned};

const FIRST_LINE: &str = "# ksbfolio baseline 2";
const FIRST_LINE_1: &str = "# ksbfolio baseline 1";

/// The facts of an earlier run.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// Where it was read, for findings about it.
    pub path: Option<SourcePath>,
    /// Whether it was read in version 1 of the format.
    pub is_version_1: bool,
    /// Rule and subject of each finding, by fingerprint, with its line.
    pub findings: BTreeMap<String, Spanned<String>>,
    /// The state of each criterion, by its full code.
    pub states: BTreeMap<String, State>,
    /// How many of how many were evidenced, by standard.
    pub fractions: BTreeMap<String, Fraction>,
}

/// The findings of a run compared with a baseline.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The fingerprints of findings that the baseline has.
    pub known: BTreeSet<String>,
    /// Rule and subject of each finding of the baseline that is fixed, with its line.
    pub gone: Vec<Spanned<String>>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// The number of the first line that is not a fact, from 1, and why.
    pub fn read(source: &Source) -> Result<Self, (usize, String)> {
        let mut baseline = Self {
            path: Some(source.path.clone()),
            ..Self::default()
        };
        let mut at = 0;
        for (number, line) in source.text.split_inclusive('\n').enumerate() {
            let span = Span::new(at, at + line.trim_end().len());
            at += line.len();
            let line = line.trim();
            if number == 0 {
                let line = line.trim_start_matches('\u{feff}');
                baseline.is_version_1 = line == FIRST_LINE_1;
                if !baseline.is_version_1 && line != FIRST_LINE {
                    return Err((1, format!("a baseline begins with the line `{FIRST_LINE}`")));
                }
            } else if !line.is_empty() {
                let known = baseline.fact(line, span);
                known
                    .ok_or_else(|| (number + 1, format!("`{line}` is not a line of a baseline")))?;
            }
        }
        if at == 0 {
            return Err((1, "the file is empty".to_owned()));
        }
        Ok(baseline)
    }

    fn fact(&mut self, line: &str, span: Span) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        match kind {
            "criterion" => {
                let (code, state) = rest.rsplit_once(' ')?;
                let state = State::ALL.into_iter().find(|known| known.word() == state)?;
                self.states.insert(code.to_owned(), state);
            }
            "finding" => {
                let (fingerprint, what) = rest.split_once(' ')?;
                self.findings
                    .insert(fingerprint.to_owned(), Spanned::new(what.to_owned(), span));
            }
            "fraction" => {
                let (standard, fraction) = rest.rsplit_once(' ')?;
                self.fractions
                    .insert(standard.to_owned(), Fraction::read(fraction)?);
            }
            _ => return None,
        }
        Some(())
    }

    /// The facts of a portfolio now.
    #[must_use]
    pub fn of(portfolio: &Portfolio, coverage: &Coverage, findings: &Findings) -> Self {
        let mut baseline = Self::default();
        for standard in &coverage.standards {
            let id = portfolio
                .catalogue
                .standard(standard.standard)
                .id
                .value
                .clone();
            let (part, whole) = (standard.counts.complete(), standard.counts.out_of().max(1));
            baseline.fractions.insert(id, Fraction { part, whole });
            for line in &standard.lines {
                baseline
                    .states
                    .insert(portfolio.catalogue.full_code(line.criterion), line.state);
            }
        }
        for (finding, fingerprint) in findings.fingerprinted() {
            let what = Spanned::new(describe(finding), Span::default());
            baseline.findings.insert(fingerprint.to_owned(), what);
        }
        baseline
    }

    /// Compares the findings of a run with the baseline.
    #[must_use]
    pub fn compare(&self, findings: &Findings) -> Comparison {
        let mut known = BTreeSet::new();
        let (mut new, mut gone) = (Vec::new(), self.findings.clone());
        for (finding, fingerprint) in findings.fingerprinted() {
            if !self.is_version_1 && gone.remove(fingerprint).is_some() {
                known.insert(fingerprint.to_owned());
            } else {
                new.push((finding, fingerprint));
            }
        }
        let mut by_count: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (fingerprint, what) in &gone {
            let (rule, subject) = what.value.split_once(' ').unwrap_or((&what.value, ""));
            let renamed = successor(rule);
            if self.is_version_1 || renamed.is_some() {
                let now = format!("{} {subject}", renamed.unwrap_or(rule));
                by_count.entry(now).or_default().push(fingerprint.clone());
            }
        }
        if !by_count.is_empty() {
            for (finding, fingerprint) in new {
                let left = by_count.get_mut(&describe(finding)).and_then(Vec::pop);
                if let Some(left) = left {
                    gone.remove(&left);
                    known.insert(fingerprint.to_owned());
                }
            }
        }
        let gone = gone.into_values().collect();
        Comparison { known, gone }
    }

    /// Updates the baseline to `now`: removes what is fixed, keeps what is better and the findings
    /// that are `known`, and adds what is new or worse only if `accepted` names it by `all`, a
    /// fingerprint, a rule, a subject, a code or a standard.
    #[must_use]
    pub fn updated(
        &self,
        now: &Self,
        known: &BTreeSet<String>,
        accepted: &BTreeSet<String>,
    ) -> Self {
        let accepts = |names: &[&str]| {
            accepted.contains("all") || names.iter().any(|name| accepted.contains(*name))
        };
        let mut updated = Self::default();
        for (fingerprint, what) in &now.findings {
            let (rule, subject) = what.value.split_once(' ').unwrap_or((&what.value, ""));
            if known.contains(fingerprint) || accepts(&[fingerprint, rule, subject]) {
                updated.findings.insert(fingerprint.clone(), what.clone());
            }
        }
        for (code, &state) in &now.states {
            let old = self.states.get(code).copied().filter(|_| !accepts(&[code]));
            updated
                .states
                .insert(code.clone(), old.map_or(state, |old| old.max(state)));
        }
        for (standard, &fraction) in &now.fractions {
            let old = self
                .fractions
                .get(standard)
                .copied()
                .filter(|_| !accepts(&[standard]));
            let kept = old
                .filter(|old| fraction.is_less_than(*old))
                .unwrap_or(fraction);
            updated.fractions.insert(standard.clone(), kept);
        }
        updated
    }

    /// The file.
    #[must_use]
    pub fn written(&self) -> String {
        let mut out = format!("{FIRST_LINE}\n");
        // Writing to a string cannot fail, here and below.
        for (code, state) in &self.states {
            let _ = writeln!(out, "criterion {code} {}", state.word());
        }
        for (fingerprint, what) in &self.findings {
            let _ = writeln!(out, "finding {fingerprint} {}", what.value);
        }
        for (standard, fraction) in &self.fractions {
            let _ = writeln!(out, "fraction {standard} {fraction}");
        }
        out
    }
}

/// Rule and subject of a finding, without words that change.
fn describe(finding: &Finding) -> String {
    format!("{} {}", finding.rule, finding.subject)
}
