//! Judges one entry as evidence for one criterion.

use jiff::Span;
use jiff::civil::Date;

use super::days::{DayObjection, object_to_days};
use crate::model::{
    Audience, ClaimStanding, CriterionId, Entry, EntryType, Known, Piece, Portfolio, Reason, Rules,
    Status, UnboundReferral, Verdict,
};

/// Judges the claim of the entry at index `at` on a criterion, with all reasons against it.
pub(super) fn judge(
    portfolio: &Portfolio,
    at: usize,
    criterion: CriterionId,
    as_of: Date,
) -> Piece {
    let entry = &portfolio.entries[at];
    let rules = portfolio.catalogue.rules(criterion.standard);
    let standing = entry.standing(criterion);
    let accepted = standing.filter(ClaimStanding::accepted);
    let judged_on = accepted.map_or(as_of, |standing| entry.decisions[standing.decision].date);
    let mut against = reasons_of_entry(portfolio, entry, as_of);
    if is_out_of_date(portfolio, entry, criterion, judged_on) {
        against.push(Reason::OutOfDate);
    }
    against.extend(standing.and_then(reason_of_verdict));
    if accepted.is_none() {
        against.extend(reason_of_unbound_referral(portfolio, criterion));
    }
    let mut add = |holds: bool, reason: Reason| against.extend(holds.then_some(reason));
    let types = rules.evidence_types.known();
    add(
        types.is_some_and(|types| {
            entry.front_matter.unknown_kind || !types.contains(&entry.front_matter.kind)
        }),
        Reason::TypeNotAllowed,
    );
    if portfolio
        .catalogue
        .standard(criterion.standard)
        .by_marks(criterion.criterion)
    {
        against.extend(reason_of_mark(entry, rules));
    }
    Piece {
        entry: at,
        against,
        standing,
    }
}

/// Reasons against an entry, whatever it claims.
fn reasons_of_entry(portfolio: &Portfolio, entry: &Entry, as_of: Date) -> Vec<Reason> {
    let mut against = Vec::new();
    let mut add = |holds: bool, reason: Reason| against.extend(holds.then_some(reason));
    add(entry.front_matter.unread, Reason::Unread);
    add(
        entry.front_matter.status == Status::Draft && !entry.front_matter.unread,
        Reason::Draft,
    );
    add(!entry.has_substance(), Reason::NoSubstance);
    add(
        !Audience::Assessor.is_visible(entry.front_matter.visibility) && !entry.front_matter.unread,
        Reason::Private,
    );
    add(
        entry.withheld_from(Audience::Assessor).next().is_some(),
        Reason::Withheld,
    );
    let date = entry.front_matter.date;
    for objection in object_to_days(&portfolio.settings, date, date, as_of) {
        let reason = match objection {
            DayObjection::Undated => Reason::Undated,
            DayObjection::StartUnread => Reason::StartUnread,
            DayObjection::BeforeStart => Reason::BeforeProgramme,
            DayObjection::Later => Reason::InFuture,
        };
        // Front matter that cannot be read has a reason of its own.
        add(
            reason != Reason::Undated || !entry.front_matter.unread,
            reason,
        );
    }
    against
}

fn reason_of_verdict(standing: ClaimStanding) -> Option<Reason> {
    match standing.verdict {
        Verdict::Accepted => None,
        _ if standing.is_broken => Some(Reason::BrokenChain),
        _ if standing.contested => Some(Reason::Contested),
        _ if standing.resubmitted() => Some(Reason::Resubmitted),
        Verdict::Referred => Some(Reason::Referred),
        Verdict::Partly => Some(Reason::PartlyAccepted),
    }
}

/// A referral without an entry counts against every piece that is not accepted.
fn reason_of_unbound_referral(portfolio: &Portfolio, criterion: CriterionId) -> Option<Reason> {
    let unbound = portfolio.chain.unbound_referrals.get(&criterion)?;
    Some(match unbound {
        UnboundReferral::Entry => Reason::ReferredElsewhere,
        UnboundReferral::Unreadable => Reason::PerhapsReferred,
    })
}

fn is_out_of_date(
    portfolio: &Portfolio,
    entry: &Entry,
    criterion: CriterionId,
    judged_on: Date,
) -> bool {
    let rules = portfolio.catalogue.rules(criterion.standard);
    let Known::Known(months) = rules.currency_months else {
        return false;
    };
    if let Some(event) = &entry.front_matter.stated_event {
        let code = portfolio.catalogue.full_code(criterion);
        return event.out_of_date.contains(&code);
    }
    // An unreadable date may be any date.
    let Some(from) = entry
        .front_matter
        .event_date
        .or(entry.front_matter.date)
        .filter(|_| !entry.front_matter.unread_event)
    else {
        return true;
    };
    // A period that ends after the last date of the calendar never ends.
    let last = Span::new()
        .try_months(months)
        .and_then(|months| from.checked_add(months));
    last.is_ok_and(|last| last < judged_on)
}

/// If the pass mark is unknown, every mark passes.
fn reason_of_mark(entry: &Entry, rules: &Rules) -> Option<Reason> {
    let assignment = entry
        .front_matter
        .assignment
        .as_ref()
        .filter(|_| entry.front_matter.kind == EntryType::Assignment);
    let Some((work, mark)) = assignment.and_then(|work| Some((work, work.mark_percent?))) else {
        return Some(Reason::NotMarked);
    };
    let too_many = rules
        .max_attempts
        .known()
        .is_some_and(|&most| work.attempt.unwrap_or(1) > most);
    let too_low = rules
        .pass_mark_percent
        .known()
        .is_some_and(|&pass| mark < pass);
    if too_low {
        Some(Reason::BelowPassMark)
    } else {
        too_many.then_some(Reason::TooManyAttempts)
    }
}
