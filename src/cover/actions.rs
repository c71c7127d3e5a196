//! What has become of the actions that a learner planned, and of consents that run out.

use jiff::Span;
use jiff::civil::Date;

use crate::model::{Action, Consent, Entry, Portfolio, Status};

/// Days before its day in which an action is due.
pub const DUE_DAYS: i64 = 28;

/// Days before its last day in which a consent is due to be renewed: a form has to reach somebody and come back.
pub const RENEWAL_DAYS: i64 = 56;

/// How an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    /// Its day is over, and nothing shows that it was done.
    Overdue,
    /// Its day comes within four weeks.
    Due,
    /// It is to be done later, or no day is set.
    Open,
    /// It was done, or a later entry closes it.
    Done,
}

impl ActionState {
    /// The states, most pressing first.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Due, Self::Open, Self::Done];

    /// How an action of `entry` stands on a day. It is done on the day that it names or, without one, from the day of
    /// the later entry that closes it.
    #[must_use]
    pub fn of(portfolio: &Portfolio, entry: &Entry, action: &Action, on: Date) -> Self {
        let closed_on = || closing_entry(portfolio, entry, action).and_then(|closing| closing.date);
        let done = action
            .done
            .or_else(closed_on)
            .is_some_and(|done| done <= on);
        match action.by {
            _ if done => Self::Done,
            Some(by) if by < on => Self::Overdue,
            Some(by) if super::days(on, by) <= DUE_DAYS => Self::Due,
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

/// The entry that closes an action: another one, handed in, and written no earlier than the entry that plans it. On the
/// same day either may have been written first, so that day counts as later.
fn closing_entry<'a>(
    portfolio: &'a Portfolio,
    entry: &Entry,
    action: &Action,
) -> Option<&'a Entry> {
    let at = portfolio.index.by_id(&action.closed_by.as_ref()?.value)?;
    let closing = &portfolio.entries[at];
    let later = closing
        .date
        .zip(entry.date)
        .is_some_and(|(closed, planned)| closed >= planned);
    (later && closing.status == Status::Submitted && closing.path != entry.path).then_some(closing)
}

/// Consents that entries stand on and that run out within eight weeks of a day.
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
                .flat_map(|entry| &entry.attachments);
            let mut named = attachments.filter_map(|attachment| attachment.consent.as_ref());
            let used = named.any(|name| name.value == consent.id);
            (used && !consent.withdrawn && !consent.unreadable).then_some((consent, expires))
        })
}
