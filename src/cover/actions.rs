//! The state of planned actions, and consents that are about to expire.

use jiff::Span;
use jiff::civil::Date;

use super::active_days::days;
use crate::model::{Action, Consent, Entry, Portfolio, Status};

/// Days before its date in which an action is due.
const DUE_DAYS: i64 = 28;

/// Days before its last day in which a consent is due for renewal: a form has to be sent and
/// returned.
const RENEWAL_DAYS: i64 = 56;

/// The state of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    /// Its date has passed, and it is not done.
    Overdue,
    /// Its date is within the next four weeks.
    Due,
    /// Its date is later, or it has none.
    Open,
    /// It is done, or closed by a later entry.
    Done,
}

impl ActionState {
    /// The states, most pressing first.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Due, Self::Open, Self::Done];

    /// The state of an action of `entry` on a day. It is done on its `done` date or, without one,
    /// on the date of the entry that closes it.
    #[must_use]
    pub fn of(portfolio: &Portfolio, entry: &Entry, action: &Action, on: Date) -> Self {
        let closed_on = || {
            find_closing_entry(portfolio, entry, action)?
                .front_matter
                .date
        };
        let done = action
            .done
            .or_else(closed_on)
            .is_some_and(|done| done <= on);
        match action.by {
            _ if done => Self::Done,
            Some(by) if by < on => Self::Overdue,
            Some(by) if days(on, by) <= DUE_DAYS => Self::Due,
            _ => Self::Open,
        }
    }

    /// The word for files and pages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Due => "due",
            Self::Open => "open",
            Self::Done => "done",
        }
    }
}

/// Finds the entry that closes an action: another, submitted entry, dated no earlier than the
/// planning entry. On the same day either may have been written first, so that day counts.
fn find_closing_entry<'a>(
    portfolio: &'a Portfolio,
    entry: &Entry,
    action: &Action,
) -> Option<&'a Entry> {
    let at = portfolio.index.by_id(&action.closed_by.as_ref()?.value)?;
    let closing = &portfolio.entries[at];
    let later = closing
        .front_matter
        .date
        .zip(entry.front_matter.date)
        .is_some_and(|(closed, planned)| closed >= planned);
    (later && closing.front_matter.status == Status::Submitted && closing.path != entry.path)
        .then_some(closing)
}

/// Consents in use that expire within eight weeks of a day, with their last day.
pub fn expiring(portfolio: &Portfolio, on: Date) -> impl Iterator<Item = (&Consent, Date)> {
    let last = on
        .checked_add(Span::new().days(RENEWAL_DAYS))
        .unwrap_or(Date::MAX);
    portfolio
        .register
        .consents
        .iter()
        .filter_map(move |consent| {
            let expires = consent
                .expires
                .filter(|expires| (on..=last).contains(expires))?;
            let attachments = portfolio
                .entries
                .iter()
                .flat_map(|entry| &entry.front_matter.attachments);
            let mut named = attachments.filter_map(|attachment| attachment.consent.as_ref());
            let used = named.any(|name| name.value == consent.id);
            (used && !consent.withdrawn && !consent.unreadable).then_some((consent, expires))
        })
}
