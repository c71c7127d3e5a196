//! Computes coverage: which entries count for which criterion, and the state of each criterion.
//!
//! States, reasons and advice come from here alone, so reports, pages and findings never disagree.
//!
//! States are judged for the assessor, whatever audience a site is built for.

mod actions;
mod active_days;
mod active_months;
mod attempts;
mod cause;
mod crowded;
mod days;
mod gateway;
mod group;
mod hours_by_month;
mod item;
mod months;
mod near;
mod pace;
mod people;
mod piece;
mod programme;
mod referrals;
mod required_hours;
mod review;
mod state;
mod to_assess;
mod waiver;

use std::collections::BTreeMap;

use jiff::civil::Date;

use self::cause::why_waived;
use crate::model::{
    Coverage, CriterionId, Flag, Line, Piece, Portfolio, Reason, StandardCoverage, State,
    StateCounts,
};
use crate::par;

pub use actions::{ActionState, expiring};
pub use active_days::{active_days, after_active_days, days};
pub use active_months::{IdleMonths, idle_months, months_without_training};
pub use attempts::{Attempts, attempts, first_day_to_decide, limit, next_attempt};
pub use crowded::crowded_days;
pub use gateway::checklist;
pub use hours_by_month::{HoursOfMonth, hours_by_month, planned_hours};
pub use months::{month_ends, month_number};
pub use near::{Twins, nearest_entries, nearly_covered};
pub use pace::{Finish, REVIEW_WEEKS, Standing, evidenced_by, finish, share, standing};
pub use people::people;
pub use programme::{Hours, HoursStanding, hours, hours_in_words};
pub use referrals::{Referral, open_referrals};
pub use required_hours::Required;
pub use review::{PeriodProgress, PlannedAction, Review, review, review_since};
pub use to_assess::{EntryToAssess, ToAssess, WaitingReason, is_assessable, list_to_assess};
pub use waiver::{WaiverStanding, waiver, waiver_standing};

/// Computes the coverage of `portfolio` on a day, as an assessor would judge it.
#[must_use]
pub fn cover(portfolio: &Portfolio, as_of: Date) -> Coverage {
    let mut claims: BTreeMap<CriterionId, Vec<usize>> = BTreeMap::new();
    for (at, entry) in portfolio.entries.iter().enumerate() {
        for claim in entry.claims.iter().filter(|_| !entry.is_example) {
            claims.entry(claim.criterion).or_default().push(at);
        }
    }
    let mut standards: Vec<StandardCoverage> = Vec::new();
    for standard in 0..portfolio.catalogue.standards.len() {
        let criteria = 0..portfolio.catalogue.standard(standard).criteria.len();
        let criteria = criteria.map(|criterion| CriterionId {
            standard,
            criterion,
        });
        let criteria: Vec<_> = criteria
            .filter(|&criterion| !portfolio.is_left_out(criterion))
            .collect();
        let judged = |&criterion: &CriterionId| {
            judge_line(portfolio, criterion, claims.get(&criterion), as_of)
        };
        let lines: Vec<Line> = par::map(&criteria, judged);
        let groups = group::judge_groups(portfolio, standard, &lines);
        standards.push(StandardCoverage {
            standard,
            counts: StateCounts::of(&lines),
            lines,
            groups,
        });
    }
    Coverage::new(as_of, standards, portfolio.entries.len())
}

fn judge_line(
    portfolio: &Portfolio,
    criterion: CriterionId,
    claims: Option<&Vec<usize>>,
    as_of: Date,
) -> Line {
    let claims = claims.map_or(&[][..], Vec::as_slice);
    let judge = |&entry: &usize| piece::judge(portfolio, entry, criterion, as_of);
    let mut pieces: Vec<Piece> = claims.iter().map(judge).collect();
    let cause = state::judge(portfolio, criterion, &pieces);
    let state = cause.state();
    let mut flags = Vec::new();
    let in_force = waiver(portfolio, criterion, as_of).filter(|_| !state.is_complete());
    if in_force.is_some() {
        flags.push(Flag::Waived);
    }
    let settled = in_force.is_some() || state == State::Accepted;
    for standing in pieces
        .iter_mut()
        .filter_map(|piece| piece.standing.as_mut())
    {
        standing.settled = settled && standing.sent_back();
    }
    let open = || pieces.iter().filter_map(Piece::open_referral);
    let unbound = !settled && portfolio.chain.unbound_referrals.contains_key(&criterion);
    let broken = pieces
        .iter()
        .filter_map(|piece| piece.standing)
        .any(|standing| standing.is_broken);
    if unbound || broken || open().any(|standing| !standing.resubmitted() && !standing.contested) {
        flags.push(Flag::Referred);
    }
    if open().any(|standing| standing.contested) {
        flags.push(Flag::Contested);
    }
    if open().any(|standing| standing.resubmitted()) {
        flags.push(Flag::Resubmitted);
    }
    if pieces
        .iter()
        .any(|piece| piece.against.contains(&Reason::Withheld))
    {
        flags.push(Flag::Withheld);
    }
    if pieces.iter().any(Piece::stale) {
        flags.push(Flag::Stale);
    }
    let (why, next) = match in_force {
        Some(agreed) => (why_waived(agreed), None),
        None => (cause.why(), cause.next()),
    };
    Line {
        criterion,
        state,
        flags,
        pieces,
        why,
        next,
    }
}
