//! Progress against the plan, and the expected day of completion at the pace so far.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::active_days::{active_days, after_active_days};
use super::state::evidenced_on;
use crate::model::{
    Coverage, FiledEntry, Line, Pace, Portfolio, Settings, StandardCoverage, StateCounts, Status,
};
use crate::text::counted;

/// The most weeks between progress reviews (funding rules, P59). No pace is computed earlier after
/// the start.
pub const REVIEW_WEEKS: i64 = 12;

/// Fewer entries since the start say nothing about the pace to come.
const FEWEST_ENTRIES: usize = 5;

/// Why there is no day of completion although the pace is known.
const NO_END: &str = "the break has no end yet, or no calendar reaches that far";

/// Evidenced criteria against the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Evidenced criteria.
    pub complete: usize,
    /// Criteria that should be evidenced by now, rounded down.
    pub expected: usize,
    /// All criteria that are not waived.
    pub of: usize,
}

impl Standing {
    /// The number of criteria behind the plan.
    #[must_use]
    pub fn behind(self) -> usize {
        self.expected.saturating_sub(self.complete)
    }

    /// `on track`, `behind by 7 codes`, `ahead by 1 code`.
    #[must_use]
    pub fn words(self) -> String {
        let distance = counted(self.complete.abs_diff(self.expected), "code");
        match self.complete.cmp(&self.expected) {
            Ordering::Less => format!("behind by {distance}"),
            Ordering::Equal => "on track".to_owned(),
            Ordering::Greater => format!("ahead by {distance}"),
        }
    }
}

/// The progress of one standard, or of all, on a day up to that of the coverage. A criterion counts
/// from the dates of its pieces, as they are judged today. `None` if a date of the programme is
/// missing or it has not begun.
#[must_use]
pub fn standing(
    portfolio: &Portfolio,
    coverage: &Coverage,
    standard: Option<usize>,
    on: Date,
) -> Option<Standing> {
    let mut all = Standing {
        complete: 0,
        expected: 0,
        of: 0,
    };
    let settings = &portfolio.settings;
    let chosen = chosen(coverage, standard);
    for one in &chosen {
        all.complete += if on < coverage.as_of {
            count_evidenced(portfolio, one, on)
        } else {
            one.counts.complete()
        };
        all.of += one.counts.out_of();
    }
    let one_pace = chosen
        .windows(2)
        .all(|two| settings.pace(two[0].standard) == settings.pace(two[1].standard));
    all.expected = match chosen.first() {
        Some(first) if one_pace => share(settings, settings.pace(first.standard), on)?.of(all.of),
        _ => {
            let each = |one: &&StandardCoverage| {
                Some(share(settings, settings.pace(one.standard), on)?.of(one.counts.out_of()))
            };
            chosen.iter().map(each).sum::<Option<usize>>()?
        }
    };
    Some(all)
}

fn chosen(coverage: &Coverage, standard: Option<usize>) -> Vec<&StandardCoverage> {
    coverage
        .standards
        .iter()
        .filter(|one| standard.is_none_or(|wanted| one.standard == wanted))
        .collect()
}

/// The criteria that were evidenced by a day, by the dates of their pieces as they are judged today.
#[must_use]
pub fn evidenced_by(portfolio: &Portfolio, coverage: &Coverage, on: Date) -> usize {
    let standards = coverage.standards.iter();
    standards
        .map(|one| count_evidenced(portfolio, one, on))
        .sum()
}

fn count_evidenced(portfolio: &Portfolio, standard: &StandardCoverage, on: Date) -> usize {
    let is_evidenced = |line: &&Line| {
        line.state.is_complete() && evidenced_on(portfolio, line).is_some_and(|date| date <= on)
    };
    standard.lines.iter().filter(is_evidenced).count()
}

/// An exact fraction of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    /// This fraction of a number, rounded down.
    #[must_use]
    pub fn of(self, number: usize) -> usize {
        let part = number as u128 * u128::from(self.part) / u128::from(self.whole.max(1));
        usize::try_from(part).unwrap_or(number)
    }
}

/// The share of a plan that is due on a day: linear between the start, the steps and the planned
/// end, and without progress in breaks. `None` if a date is missing or the programme has not begun.
#[must_use]
pub fn share(settings: &Settings, pace: &Pace, on: Date) -> Option<Share> {
    let start = settings.start.filter(|start| *start <= on)?;
    let mut knots = vec![(start, 0_u32)];
    if let Pace::Steps(steps) = pace {
        knots.extend(steps.iter().map(|step| (step.by, step.percent)));
    }
    let last = knots.last().copied().unwrap_or((start, 0));
    match settings
        .planned_end
        .filter(|end| *end > last.0 && last.1 < 100)
    {
        Some(end) => knots.push((end, 100)),
        None if *pace == Pace::Even => return None,
        None => {}
    }
    let at = knots.iter().rposition(|(day, _)| *day <= on).unwrap_or(0);
    let (from, before) = knots[at];
    let Some(&(to, after)) = knots.get(at + 1) else {
        return Some(Share {
            part: u64::from(before),
            whole: 100,
        });
    };
    let days = |to: Date| u64::try_from(active_days(settings, from, to)).unwrap_or(0);
    let (gone, stretch) = (days(on), days(to));
    if stretch == 0 {
        return Some(Share {
            part: u64::from(before),
            whole: 100,
        });
    }
    let part = u64::from(before) * stretch + u64::from(after.saturating_sub(before)) * gone;
    Some(Share {
        part,
        whole: stretch * 100,
    })
}

/// The day on which everything would be evidenced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// Everything is evidenced.
    Done,
    /// This day, at the pace since the start.
    On(Date),
    /// Unknown, for this reason.
    Unknown(&'static str),
}

/// The day on which one standard, or all, would be evidenced at the pace so far: the number of
/// criteria evidenced since the start, by the dates of their pieces, over the days since then without
/// breaks.
#[must_use]
pub fn finish(portfolio: &Portfolio, coverage: &Coverage, standard: Option<usize>) -> Finish {
    let chosen = chosen(coverage, standard);
    let sum = |count: fn(&StateCounts) -> usize| {
        chosen.iter().map(|one| count(&one.counts)).sum::<usize>()
    };
    let left = sum(StateCounts::out_of) - sum(StateCounts::complete);
    if left == 0 {
        return Finish::Done;
    }
    let Some(start) = portfolio.settings.start else {
        return Finish::Unknown("there is no start date");
    };
    let gone = active_days(&portfolio.settings, start, coverage.as_of);
    if gone < REVIEW_WEEKS * 7 {
        return Finish::Unknown("fewer than 12 weeks have passed since the start");
    }
    let lines = chosen
        .iter()
        .flat_map(|one| &one.lines)
        .filter(|line| line.state.is_complete());
    let days_of = lines.filter_map(|line| evidenced_on(portfolio, line));
    let since = days_of
        .filter(|date| (start..=coverage.as_of).contains(date))
        .count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if since == 0 {
        return Finish::Unknown("nothing has been evidenced since the start");
    }
    let handed_in = |entry: &&FiledEntry| {
        let front_matter = &entry.front_matter;
        front_matter.status == Status::Submitted
            && front_matter
                .date
                .is_some_and(|date| (start..=coverage.as_of).contains(&date))
    };
    if portfolio.entries.iter().filter(handed_in).count() < FEWEST_ENTRIES {
        return Finish::Unknown("fewer than five entries have been submitted since the start");
    }
    let more = number(left)
        .saturating_mul(gone)
        .saturating_add(number(since) - 1)
        / number(since);
    let on = after_active_days(&portfolio.settings, coverage.as_of, more);
    on.map_or(Finish::Unknown(NO_END), Finish::On)
}
