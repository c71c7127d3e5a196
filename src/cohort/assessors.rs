//! What assessors decided: how often they send back, and how soon they decide. No ranking.

use std::collections::BTreeMap;

use crate::cover::days;
use crate::model::{Decision, FiledEntry, Portfolio, Role, SamplingPlan, Verdict};
use crate::sampling::{Sample, SampleOptions, SampleOutcome};
use crate::text::natural;

/// The least number of decisions from which a rate is compared.
const FEWEST: u32 = 20;

/// The decisions of one assessor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssessorTally {
    /// Decisions about an entry.
    pub decisions: u32,
    /// Those that sent back one of its claims or more.
    pub sent_back: u32,
    /// How many decisions took how many days, where that is known.
    pub days: BTreeMap<i64, u32>,
    /// Entries decided about, each once.
    pub entries: u32,
    /// Those that a quality assurer looked at.
    pub looked_at: u32,
    /// Those of which a verdict was overturned.
    pub overturned: u32,
}

impl AssessorTally {
    fn add(&mut self, other: &Self) {
        self.decisions += other.decisions;
        self.sent_back += other.sent_back;
        self.entries += other.entries;
        self.looked_at += other.looked_at;
        self.overturned += other.overturned;
        for (&days, &number) in &other.days {
            *self.days.entry(days).or_insert(0) += number;
        }
    }

    /// The number of days that a share of the decisions, in per cent, took at most, by the nearest
    /// rank; `None` if none is known.
    #[must_use]
    pub fn days_at(&self, percent: u32) -> Option<i64> {
        let all: u32 = self.days.values().sum();
        let rank = (all * percent).div_ceil(100).max(1);
        let mut seen = 0;
        self.days.iter().find_map(|(&days, &number)| {
            seen += number;
            (seen >= rank).then_some(days)
        })
    }

    /// The entries that a quality assurer should have looked at, of the share asked for, rounded up.
    #[must_use]
    pub fn asked(&self, percent: u32) -> u32 {
        (self.entries * percent).div_ceil(100)
    }
}

/// The tallies of all assessors, by reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies(BTreeMap<String, AssessorTally>);

/// One assessor beside the cohort.
#[derive(Clone, Debug)]
pub struct TallyLine<'a> {
    /// The assessor, by reference.
    pub assessor: &'a str,
    /// The decisions.
    pub tally: &'a AssessorTally,
    /// The 95 % interval of the share that is sent back; `None` without decisions.
    pub interval: Option<(f64, f64)>,
    /// Whether that share is unusual.
    pub unusual: Unusual,
    /// Whether it is above the cohort's.
    pub is_higher: bool,
    /// Whether an interval of 99.7 % leaves out the cohort's share, too: with some assessors side by
    /// side, one of 95 % does so by chance.
    pub is_clear: bool,
}

impl TallyLine<'_> {
    /// The share of decisions that is sent back; `None` without decisions.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let decisions = self.tally.decisions;
        (decisions > 0).then(|| f64::from(self.tally.sent_back) / f64::from(decisions))
    }
}

/// Whether a share differs from the cohort's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusual {
    /// There are too few decisions to say.
    TooFew,
    /// The interval has the cohort's share in it.
    No,
    /// The interval leaves it out.
    Yes,
}

impl Unusual {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::TooFew => "too-few",
            Self::No => "no",
            Self::Yes => "yes",
        }
    }
}

impl Tallies {
    /// Tallies the decisions in one portfolio that count.
    #[must_use]
    pub fn of(portfolio: &Portfolio, as_of: jiff::civil::Date) -> Self {
        let mut all = Self::default();
        for entry in &portfolio.entries {
            for (at, decision) in entry.decisions.iter().enumerate() {
                if !is_judgement(decision, as_of) {
                    continue;
                }
                let tally = all.0.entry(decision.assessor.clone()).or_default();
                tally.decisions += 1;
                let accepts = |one: &crate::model::ClaimVerdict| one.verdict == Verdict::Accepted;
                tally.sent_back += u32::from(!decision.claims.iter().all(accepts));
                if let Some(days) = days_to_decide(entry, at, decision) {
                    *tally.days.entry(days).or_insert(0) += 1;
                }
            }
        }
        let plan = SamplingPlan::default();
        let sample = Sample::new(portfolio, &plan, SampleOptions::default(), as_of);
        for piece in &sample.pieces {
            let tally = all.0.entry(piece.assessor.clone()).or_default();
            tally.entries += 1;
            if let SampleOutcome::LookedAt { overturned, .. } = piece.outcome {
                tally.looked_at += 1;
                tally.overturned += u32::from(overturned);
            }
        }
        all
    }

    /// The same under other references.
    #[must_use]
    pub(super) fn renamed(&self, name: impl Fn(&str) -> String) -> Self {
        let mut all = Self::default();
        for (assessor, tally) in &self.0 {
            all.0.entry(name(assessor)).or_default().add(tally);
        }
        all
    }

    /// Adds the tallies of another portfolio.
    pub fn add(&mut self, other: &Self) {
        for (assessor, tally) in &other.0 {
            match self.0.get_mut(assessor) {
                Some(known) => known.add(tally),
                None => drop(self.0.insert(assessor.clone(), tally.clone())),
            }
        }
    }

    /// The share of decisions that send back which half of all decisions is below: robust against
    /// one assessor with many. Between two if half is exactly there. `None` without decisions.
    #[must_use]
    pub fn usual_share(&self) -> Option<f64> {
        let share = |one: &AssessorTally| f64::from(one.sent_back) / f64::from(one.decisions);
        let mut shares: Vec<(f64, u32)> = self
            .0
            .values()
            .filter(|one| one.decisions > 0)
            .map(|one| (share(one), one.decisions))
            .collect();
        shares.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: u32 = shares.iter().map(|(_, number)| number).sum();
        let mut seen = 0;
        for (at, (share, number)) in shares.iter().enumerate() {
            seen += number;
            if 2 * seen == all {
                return Some(f64::midpoint(*share, shares[at + 1].0));
            }
            if 2 * seen > all {
                return Some(*share);
            }
        }
        None
    }

    /// The assessors in natural order, each beside the cohort.
    #[must_use]
    pub fn lines(&self) -> Vec<TallyLine<'_>> {
        let usual = self.usual_share();
        let mut lines: Vec<TallyLine<'_>> = self
            .0
            .iter()
            .map(|(assessor, tally)| {
                let interval = wilson(tally.sent_back, tally.decisions);
                let is_outside = |(low, high): (f64, f64)| {
                    usual.is_some_and(|usual| usual < low || high < usual)
                };
                let unusual = match interval {
                    Some(interval) if tally.decisions >= FEWEST => {
                        if is_outside(interval) {
                            Unusual::Yes
                        } else {
                            Unusual::No
                        }
                    }
                    _ => Unusual::TooFew,
                };
                let strict = find_interval(tally.sent_back, tally.decisions, STRICT);
                TallyLine {
                    assessor,
                    tally,
                    interval,
                    unusual,
                    is_higher: interval
                        .zip(usual)
                        .is_some_and(|((low, _), usual)| usual < low),
                    is_clear: strict.is_some_and(is_outside),
                }
            })
            .collect();
        lines.sort_by(|a, b| natural(a.assessor, b.assessor));
        lines
    }
}

/// The 95 % interval of a share by Wilson's score; `None` for 0 of 0.
#[must_use]
pub fn wilson(part: u32, whole: u32) -> Option<(f64, f64)> {
    find_interval(part, whole, USUAL)
}

/// Points of the normal distribution: 97.5 %, and three standard deviations.
const USUAL: f64 = 1.959_963_984_540_054;
const STRICT: f64 = 3.0;

fn find_interval(part: u32, whole: u32, z: f64) -> Option<(f64, f64)> {
    if whole == 0 {
        return None;
    }
    let (n, p) = (f64::from(whole), f64::from(part) / f64::from(whole));
    let scale = 1.0 + z * z / n;
    let centre = (p + z * z / (2.0 * n)) / scale;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / scale;
    Some(((centre - half).max(0.0), (centre + half).min(1.0)))
}

/// Whether a decision counts, is an assessor's, and gives a verdict.
#[must_use]
pub(super) fn is_judgement(decision: &Decision, as_of: jiff::civil::Date) -> bool {
    let is_assessors = decision.counts() && decision.role == Role::Assessor;
    is_assessors && !decision.claims.is_empty() && decision.date <= as_of
}

/// Days from the submission to a decision; `None` if the day of the submission is not known, as
/// after a decision without a new day.
#[must_use]
pub fn days_to_decide(entry: &FiledEntry, at: usize, decision: &Decision) -> Option<i64> {
    let submitted = entry.front_matter.submitted;
    let earlier = entry.decisions[..at].iter().filter(|one| one.decides());
    let from = match earlier.map(|one| one.date).max() {
        Some(before) => submitted.filter(|day| *day > before)?,
        None => submitted.or(entry.front_matter.date)?,
    };
    (from <= decision.date).then(|| days(from, decision.date))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tallies(of: &[(&str, u32, u32)]) -> Tallies {
        let tally = |&(id, sent_back, decisions): &(&str, u32, u32)| {
            let tally = AssessorTally {
                decisions,
                sent_back,
                ..AssessorTally::default()
            };
            (id.to_owned(), tally)
        };
        Tallies(of.iter().map(tally).collect())
    }

    #[test]
    fn only_a_share_that_differs_with_enough_decisions_is_unusual() {
        for (usual, high) in [(10, 30), (20, 60)] {
            let all = tallies(&[
                ("AS-4", usual * 4 / 100 + 1, 4),
                ("AS-400", usual * 4, 400),
                ("AS-100", high, 100),
            ]);
            let found: Vec<(&str, Unusual)> = all
                .lines()
                .iter()
                .map(|line| (line.assessor, line.unusual))
                .collect();
            assert_eq!(
                found,
                [
                    ("AS-4", Unusual::TooFew),
                    ("AS-100", Unusual::Yes),
                    ("AS-400", Unusual::No)
                ]
            );
        }
    }

    #[test]
    fn nineteen_decisions_are_too_few_and_chance_is_named() {
        let all = tallies(&[
            ("AS-19", 19, 19),
            ("AS-20", 20, 20),
            ("AS-200", 20, 200),
            ("AS-523", 79, 523),
        ]);
        let found: Vec<(Unusual, bool, bool)> = all
            .lines()
            .iter()
            .map(|line| (line.unusual, line.is_higher, line.is_clear))
            .collect();
        let usual = all.usual_share();
        assert!(usual.is_some_and(|share| (share - 79.0 / 523.0).abs() < 1e-9));
        assert_eq!(found[0].0, Unusual::TooFew);
        assert_eq!(found[1], (Unusual::Yes, true, true));
        // 6.6 to 14.9 %, and 15.1 % is usual: three standard errors reach it.
        assert_eq!(found[2], (Unusual::Yes, false, false));
        assert_eq!(found[3].0, Unusual::No);
    }

    #[test]
    fn the_interval_is_wilsons() {
        // Values of Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 0 of 20.
        let words =
            |part, whole| wilson(part, whole).map(|(low, high)| format!("{low:.4} to {high:.4}"));
        assert_eq!(words(81, 263).as_deref(), Some("0.2553 to 0.3662"));
        assert_eq!(words(0, 20).as_deref(), Some("0.0000 to 0.1611"));
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn days_are_taken_by_the_nearest_rank() {
        let tally = AssessorTally {
            days: BTreeMap::from([(1, 5), (2, 4), (40, 1)]),
            ..AssessorTally::default()
        };
        assert_eq!(tally.days_at(50), Some(1));
        assert_eq!(tally.days_at(90), Some(2));
        assert_eq!(tally.days_at(100), Some(40));
        assert_eq!(AssessorTally::default().days_at(50), None);
    }
}
