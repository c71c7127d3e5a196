//! What happened between two progress reviews, and what the next one needs to see (funding rules for providers, P59 and
//! P60).

use jiff::Span;
use jiff::civil::Date;

use super::{ActionState, Hours, REVIEW_WEEKS, Standing, evidenced_on, hours, standing};
use crate::model::{Action, Coverage, CriterionId, Entry, Flag, Minutes, Portfolio, Settings};

/// What a progress review looks at. Entries are places in the portfolio's list; only those stand here that may be seen.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The first day.
    pub since: Date,
    /// The last day.
    pub until: Date,
    /// Actions agreed before the first day and not done by then, in the order of their entries.
    pub prior: Vec<PlannedAction>,
    /// Actions agreed since.
    pub agreed: Vec<PlannedAction>,
    /// Entries written, oldest first.
    pub written: Vec<usize>,
    /// The hours off the job in all.
    pub hours: Hours<'a>,
    /// Those written down between the two days.
    pub recorded: Minutes,
    /// Decisions between the two days: entry, and place in its list; oldest first.
    pub decisions: Vec<(usize, usize)>,
    /// Criteria that became evidenced.
    pub evidenced: Vec<CriterionId>,
    /// Criteria on which a claim was sent back and needs work.
    pub referred: Vec<CriterionId>,
    /// Criteria on which a claim was sent back and waits for the assessor.
    pub resubmitted: Vec<CriterionId>,
    /// Each standard against its plan.
    pub progress: Vec<Progress>,
}

/// An action, and how it stands on the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedAction {
    /// The entry that plans it.
    pub entry: usize,
    /// Its place in that entry's list.
    pub action: usize,
    /// How it stands.
    pub state: ActionState,
}

/// One standard against its plan, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The standard's place in the portfolio's list.
    pub standard: usize,
    /// On the day before the first one, where the programme had begun by then.
    pub before: Option<Standing>,
    /// On the last day.
    pub now: Option<Standing>,
}

impl Progress {
    /// What became of the distance from the plan: `slipped by 3 criteria`, `caught up by 1 criterion`, `kept pace`; nothing
    /// where there is no plan.
    #[must_use]
    pub fn slippage(&self) -> Option<String> {
        let distance = |stands: Standing| {
            let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            number(stands.complete) - number(stands.expected)
        };
        let change = distance(self.now?) - self.before.map_or(0, distance);
        let criteria = if change.abs() == 1 {
            "criterion"
        } else {
            "criteria"
        };
        Some(match change {
            0 => "kept pace".to_owned(),
            slipped if slipped < 0 => format!("slipped by {} {criteria}", -slipped),
            gained => format!("gained {gained} {criteria}"),
        })
    }
}

/// The first day of a review that goes up to a day, where none is named: that of the last review before, else twelve weeks
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

/// Looks at the time from one day to another, both included, at the entries that `seen` lets be seen. The last day is that
/// of the coverage, or an earlier one.
#[must_use]
pub fn review<'a>(
    portfolio: &'a Portfolio,
    coverage: &Coverage,
    (since, until): (Date, Date),
    seen: &dyn Fn(usize) -> bool,
) -> Review<'a> {
    let within = |date: Date| (since..=until).contains(&date);
    let entries: Vec<(usize, &Entry)> = portfolio
        .entries
        .iter()
        .enumerate()
        .filter(|(at, _)| seen(*at))
        .collect();
    let written = entries
        .iter()
        .filter(|(_, entry)| entry.date.is_some_and(within));
    let hours = hours(portfolio, until);
    let recorded = hours.counted.iter().map(|&at| &portfolio.entries[at]);
    let recorded = recorded
        .filter(|entry| entry.date.is_some_and(within))
        .filter_map(|entry| entry.hours);
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
    let (prior, agreed) = actions(portfolio, &entries, since, until);
    Review {
        since,
        until,
        prior,
        agreed,
        written: written.map(|(at, _)| *at).collect(),
        recorded: Minutes(recorded.fold(0_u32, |sum, minutes| sum.saturating_add(minutes.0))),
        hours,
        decisions: decisions(&entries, within),
        evidenced: became.map(|line| line.criterion).collect(),
        referred: flagged(Flag::Referred),
        resubmitted: flagged(Flag::Resubmitted),
        progress: (0..coverage.standards.len())
            .map(|at| progress(portfolio, coverage, at, since, until))
            .collect(),
    }
}

fn progress(
    portfolio: &Portfolio,
    coverage: &Coverage,
    at: usize,
    since: Date,
    until: Date,
) -> Progress {
    let on = |day: Date| standing(portfolio, coverage, Some(at), day);
    Progress {
        standard: at,
        before: since.yesterday().ok().and_then(on),
        now: on(until),
    }
}

/// Actions of entries written before the period that were not done when it began, and those of entries written in it.
fn actions(
    portfolio: &Portfolio,
    entries: &[(usize, &Entry)],
    since: Date,
    until: Date,
) -> (Vec<PlannedAction>, Vec<PlannedAction>) {
    let (mut prior, mut agreed) = (Vec::new(), Vec::new());
    for &(at, entry) in entries {
        let Some(date) = entry.date.filter(|date| *date <= until) else {
            continue;
        };
        for (number, action) in entry.actions.iter().enumerate() {
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

/// An action that an entry closes without a day may have been done at any time: it is shown until somebody says when.
fn was_done_before(action: &Action, since: Date) -> bool {
    action.done.is_some_and(|done| done < since)
}

fn decisions(entries: &[(usize, &Entry)], within: impl Fn(Date) -> bool) -> Vec<(usize, usize)> {
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
