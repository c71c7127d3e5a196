//! The period between two progress reviews (funding rules for providers, P59 and P60).

use jiff::Span;
use jiff::civil::Date;

use super::actions::ActionState;
use super::pace::{REVIEW_WEEKS, Standing, standing};
use super::programme::{Hours, hours};
use super::state::evidenced_on;
use crate::model::{Action, Coverage, CriterionId, FiledEntry, Flag, Minutes, Portfolio, Settings};

/// The contents of a progress review. Entries are indexes; only visible entries are included.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The first day of the period.
    pub since: Date,
    /// The last day of the period.
    pub until: Date,
    /// Actions agreed before the period and not done by its first day, in the order of entries.
    pub prior: Vec<PlannedAction>,
    /// Actions agreed in the period.
    pub agreed: Vec<PlannedAction>,
    /// Entries of the period, oldest first.
    pub written: Vec<usize>,
    /// All hours off the job.
    pub hours: Hours<'a>,
    /// Hours recorded in the period.
    pub recorded: Minutes,
    /// Decisions of the period, oldest first: index of the entry, and of the decision in it.
    pub decisions: Vec<(usize, usize)>,
    /// Criteria that became evidenced in the period.
    pub evidenced: Vec<CriterionId>,
    /// Criteria with a referral that needs work.
    pub referred: Vec<CriterionId>,
    /// Criteria with a referral that waits for the assessor.
    pub resubmitted: Vec<CriterionId>,
    /// The progress of each standard.
    pub progress: Vec<PeriodProgress>,
}

/// An action with its state on the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedAction {
    /// Index of the entry.
    pub entry: usize,
    /// Index of the action in the entry.
    pub action: usize,
    /// The state.
    pub state: ActionState,
}

/// The progress of one standard before the period and at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodProgress {
    /// Index of the standard.
    pub standard: usize,
    /// On the day before the period; `None` if the programme had not begun.
    pub before: Option<Standing>,
    /// On the last day; `None` if there is no plan.
    pub now: Option<Standing>,
}

impl PeriodProgress {
    fn new(
        portfolio: &Portfolio,
        coverage: &Coverage,
        standard: usize,
        since: Date,
        until: Date,
    ) -> Self {
        let on = |day: Date| standing(portfolio, coverage, Some(standard), day);
        Self {
            standard,
            before: since.yesterday().ok().and_then(on),
            now: on(until),
        }
    }

    /// The change against the plan: `lost 3 on the plan`, `gained 1 on the plan`, `kept to the plan`.
    /// `None` if there is no plan.
    #[must_use]
    pub fn slippage(&self) -> Option<String> {
        let distance = |standing: Standing| {
            let number = |count: usize| isize::try_from(count).unwrap_or(isize::MAX);
            number(standing.complete) - number(standing.expected)
        };
        let change = distance(self.now?) - self.before.map_or(0, distance);
        let number = change.unsigned_abs();
        Some(match change {
            0 => "kept to the plan".to_owned(),
            ..0 => format!("lost {number} on the plan"),
            _ => format!("gained {number} on the plan"),
        })
    }
}

/// The default first day of a review up to `until`: the day of the review before, else twelve weeks
/// earlier, but not before the programme began.
#[must_use]
pub fn review_since(settings: &Settings, until: Date) -> Date {
    let last = until
        .yesterday()
        .ok()
        .and_then(|before| settings.last_review(before));
    let weeks = Span::new().days(REVIEW_WEEKS * 7);
    let since = last.map_or_else(
        || until.checked_sub(weeks).unwrap_or(Date::MIN),
        |review| review.date,
    );
    let start = settings.start.filter(|start| *start <= until);
    start.map_or(since, |start| since.max(start))
}

/// Collects the review of a period, both days included, from the entries that satisfy `seen`. The
/// last day is that of the coverage or earlier.
#[must_use]
pub fn review<'a>(
    portfolio: &'a Portfolio,
    coverage: &Coverage,
    (since, until): (Date, Date),
    seen: &dyn Fn(usize) -> bool,
) -> Review<'a> {
    let within = |date: Date| (since..=until).contains(&date);
    let entries: Vec<(usize, &FiledEntry)> = portfolio
        .entries
        .iter()
        .enumerate()
        .filter(|(at, _)| seen(*at))
        .collect();
    let written = entries
        .iter()
        .filter(|(_, entry)| entry.front_matter.date.is_some_and(within));
    let hours = hours(portfolio, until);
    let recorded = hours.counted.iter().map(|&at| &portfolio.entries[at]);
    let recorded = recorded
        .filter(|entry| entry.front_matter.date.is_some_and(within))
        .filter_map(|entry| entry.front_matter.hours);
    let lines = || coverage.lines();
    let became = lines().filter(|line| {
        line.state.is_complete() && evidenced_on(portfolio, line).is_some_and(within)
    });
    let flagged = |flag: Flag| -> Vec<CriterionId> {
        lines()
            .filter(|line| line.flags.contains(&flag))
            .map(|line| line.criterion)
            .collect()
    };
    let (prior, agreed) = planned_actions(portfolio, &entries, since, until);
    Review {
        since,
        until,
        prior,
        agreed,
        written: written.map(|(at, _)| *at).collect(),
        recorded: Minutes(recorded.fold(0_u32, |sum, minutes| sum.saturating_add(minutes.0))),
        hours,
        decisions: decisions_within(&entries, within),
        evidenced: became.map(|line| line.criterion).collect(),
        referred: flagged(Flag::Referred),
        resubmitted: flagged(Flag::Resubmitted),
        progress: (0..coverage.standards.len())
            .map(|at| PeriodProgress::new(portfolio, coverage, at, since, until))
            .collect(),
    }
}

/// Actions of earlier entries that were not done before the period, and actions of its entries.
fn planned_actions(
    portfolio: &Portfolio,
    entries: &[(usize, &FiledEntry)],
    since: Date,
    until: Date,
) -> (Vec<PlannedAction>, Vec<PlannedAction>) {
    let (mut prior, mut agreed) = (Vec::new(), Vec::new());
    for &(at, entry) in entries {
        let Some(date) = entry.front_matter.date.filter(|date| *date <= until) else {
            continue;
        };
        for (number, action) in entry.front_matter.actions.iter().enumerate() {
            let state = ActionState::of(portfolio, entry, action, until);
            let planned = PlannedAction {
                entry: at,
                action: number,
                state,
            };
            if date >= since {
                agreed.push(planned);
            } else if !was_done_before(action, since) {
                prior.push(planned);
            }
        }
    }
    (prior, agreed)
}

/// An action without a `done` date may have been done at any time, so it is shown until it has one.
fn was_done_before(action: &Action, since: Date) -> bool {
    action.done.is_some_and(|done| done < since)
}

fn decisions_within(
    entries: &[(usize, &FiledEntry)],
    within: impl Fn(Date) -> bool,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for &(at, entry) in entries {
        let all = entry.decisions.iter().enumerate();
        let counting = all.filter(|(_, one)| one.counts() && within(one.date));
        found.extend(counting.map(|(number, one)| (one.date, at, number)));
    }
    found.sort_unstable();
    found
        .into_iter()
        .map(|(_, at, number)| (at, number))
        .collect()
}
