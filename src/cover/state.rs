//! The state of a criterion by its pieces.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::attempts::attempts;
use super::cause::{Cause, ENTRY, Lack, Shortage};
use crate::model::{
    CriterionId, Entry, EntryType, Known, Line, Piece, Portfolio, Reason, Rules, Verification,
};

/// Judges the state of a criterion by its pieces.
pub(super) fn judge<'a>(
    portfolio: &'a Portfolio,
    criterion: CriterionId,
    pieces: &[Piece],
) -> Cause<'a> {
    if let Some(verification) = verification(portfolio, criterion, pieces) {
        return Cause::Verified(verification);
    }
    if pieces.is_empty() {
        return Cause::Unclaimed;
    }
    if !pieces.iter().any(Piece::handed_in) {
        let is_unread = |piece: &&Piece| piece.against.contains(&Reason::Unread);
        return match pieces.iter().find(is_unread) {
            Some(unread) => Cause::UnreadEntry(&portfolio.entries[unread.entry].path),
            None => Cause::Drafts(pieces.len()),
        };
    }
    let rules = portfolio.catalogue.rules(criterion.standard);
    let counting: Vec<&Piece> = pieces.iter().filter(|piece| piece.counts()).collect();
    let lacking = RuleTally::of(portfolio, &counting, rules).lacking();
    if !lacking.is_empty() || counting.is_empty() {
        let against = pieces.iter().flat_map(|piece| &piece.against);
        return Cause::NotEnough(Shortage {
            claiming: pieces.len(),
            counting: counting.len(),
            against: against.copied().collect(),
            lacking,
            attempts: attempts(portfolio, criterion),
        });
    }
    if has_unread_rules(portfolio, criterion) {
        return Cause::UnreadRules;
    }
    let accepted = counting.iter().copied().filter(|piece| piece.accepted());
    let accepted: Vec<&Piece> = accepted.collect();
    let is_enough = RuleTally::of(portfolio, &accepted, rules)
        .lacking()
        .is_empty();
    if is_enough && !accepted.is_empty() {
        return Cause::Accepted(accepted.len());
    }
    Cause::Evidenced {
        counting: counting.len(),
        asked: rules.min_pieces,
    }
}

/// The employer's verification of a criterion, which takes the place of evidence. It lifts no
/// referral.
fn verification<'a>(
    portfolio: &'a Portfolio,
    criterion: CriterionId,
    pieces: &[Piece],
) -> Option<&'a Verification> {
    let verification = portfolio.chain.verified.get(&criterion)?;
    let mut standings = pieces.iter().filter_map(|piece| piece.standing);
    let is_referred = portfolio.chain.unbound_referrals.contains_key(&criterion)
        || standings.any(|standing| standing.sent_back());
    (!is_referred).then_some(verification)
}

/// Whether rules of the criterion's standard in `portfolio.yaml` cannot be read.
fn has_unread_rules(portfolio: &Portfolio, criterion: CriterionId) -> bool {
    let unread = &portfolio.catalogue.unread_rules;
    unread.contains(&criterion.standard)
}

/// The date of the piece with which the rules were first met, or that of the employer's
/// verification. `None` if they are not met, or a
/// piece needed for that has no date.
#[must_use]
pub(super) fn evidenced_on(portfolio: &Portfolio, line: &Line) -> Option<Date> {
    if has_unread_rules(portfolio, line.criterion) {
        return None;
    }
    if let Some(verification) = verification(portfolio, line.criterion, &line.pieces) {
        return Some(verification.date);
    }
    let rules = portfolio.catalogue.rules(line.criterion.standard);
    let mut tally = RuleTally::new(rules);
    // Pieces are sorted by date.
    line.counting().find_map(|piece| {
        let entry = &portfolio.entries[piece.entry];
        let date = entry.front_matter.date?;
        tally.add(entry);
        tally.lacking().is_empty().then_some(date)
    })
}

/// Counts what rules ask for in pieces. Types and events are only counted if the rules ask for
/// them.
struct RuleTally<'a> {
    rules: &'a Rules,
    pieces: usize,
    types: BTreeSet<EntryType>,
    events: BTreeSet<EventDay>,
}

/// The day of an event, or its number in a filtered entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum EventDay {
    Known(Date),
    Stated(u32),
}

impl<'a> RuleTally<'a> {
    fn new(rules: &'a Rules) -> Self {
        Self {
            rules,
            pieces: 0,
            types: BTreeSet::new(),
            events: BTreeSet::new(),
        }
    }

    fn of(portfolio: &Portfolio, pieces: &[&Piece], rules: &'a Rules) -> Self {
        let mut tally = Self::new(rules);
        for piece in pieces {
            tally.add(&portfolio.entries[piece.entry]);
        }
        tally
    }

    fn add(&mut self, entry: &Entry) {
        self.pieces += 1;
        if self.rules.min_types != Known::Unknown && !entry.front_matter.unknown_kind {
            self.types.insert(entry.front_matter.kind);
        }
        if self.rules.min_events != Known::Unknown {
            self.events.extend(event_day(entry));
        }
    }

    /// What the rules ask for beyond the pieces.
    fn lacking(&self) -> Vec<Lack> {
        let rules = self.rules;
        let asked = [
            (rules.min_pieces, self.pieces, ENTRY),
            (rules.min_types, self.types.len(), "type of evidence"),
            (rules.min_events, self.events.len(), "event"),
        ];
        let lack = |(wanted, have, what): (Known<u32>, usize, &'static str)| {
            let wanted = *wanted.known()? as usize;
            let number = wanted.checked_sub(have).filter(|&missing| missing > 0)?;
            Some(Lack { number, what })
        };
        asked.into_iter().filter_map(lack).collect()
    }
}

/// `None` for an unreadable date, which may be that of another piece.
fn event_day(entry: &Entry) -> Option<EventDay> {
    let known = &entry.front_matter;
    if let Some(event) = &known.stated_event {
        return Some(EventDay::Stated(event.number));
    }
    let day = known.event_date.or(known.date);
    day.filter(|_| !known.unread_event).map(EventDay::Known)
}
