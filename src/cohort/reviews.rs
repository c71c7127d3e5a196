//! Progress reviews: when the last one was held, who took part, and who signed.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::cover::{active_days, days};
use crate::model::{HeldReview, Settings};

/// Days after a review in which all parties sign its record: four weeks, our own choice.
pub(super) const SIGNING_DAYS: i64 = 28;

/// The parties of a review: learner, employer and provider (funding rules, P59).
const PARTIES: usize = 3;

/// The progress reviews up to a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFacts {
    /// How many were held.
    pub held: usize,
    /// The day of the last one.
    pub last: Option<Date>,
    /// Days since then, less those of breaks.
    pub age: Option<i64>,
    /// Reviews that were held or signed by two parties only.
    pub two_party: usize,
    /// Reviews whose last signature is more than four weeks later.
    pub signed_late: usize,
    /// Whether the last one was held or signed by two parties only; `None` if it does not say who
    /// took part.
    pub last_is_two_party: Option<bool>,
    /// Days from the last review to its last signature; `None` if it has none.
    pub last_signature_days: Option<i64>,
}

impl ReviewFacts {
    /// The reviews held and signed by `until`.
    #[must_use]
    pub fn of(settings: &Settings, until: Date) -> Self {
        let held = settings.reviews.iter().filter(|one| one.date <= until);
        let held: Vec<&HeldReview> = held.collect();
        let last = held.last().copied();
        let two_party = held
            .iter()
            .filter(|one| is_two_party(one, until) == Some(true));
        let late = held
            .iter()
            .filter(|one| signature_days(one, until).is_some_and(|days| days > SIGNING_DAYS));
        Self {
            held: held.len(),
            last: last.map(|one| one.date),
            age: last.map(|one| active_days(settings, one.date, until)),
            two_party: two_party.count(),
            signed_late: late.count(),
            last_is_two_party: last.and_then(|one| is_two_party(one, until)),
            last_signature_days: last.and_then(|one| signature_days(one, until)),
        }
    }
}

/// Whether a review was held by two parties only, or signed by two only although four weeks have
/// passed. The learner takes part in every review, and `with` names the others. `None` if the
/// record names nobody.
fn is_two_party(review: &HeldReview, until: Date) -> Option<bool> {
    let signed: BTreeSet<&str> = signatures(review, until).map(|(party, _)| party).collect();
    let is_due = days(review.date, until) > SIGNING_DAYS;
    if !signed.is_empty() && signed.len() < PARTIES && is_due {
        return Some(true);
    }
    let with: BTreeSet<&str> = review.with.iter().map(String::as_str).collect();
    match with.len() {
        0 => (signed.len() >= PARTIES).then_some(false),
        others => Some(others + 1 < PARTIES),
    }
}

fn signature_days(review: &HeldReview, until: Date) -> Option<i64> {
    let last = signatures(review, until).map(|(_, day)| day).max()?;
    Some(days(review.date, last).max(0))
}

fn signatures(review: &HeldReview, until: Date) -> impl Iterator<Item = (&str, Date)> {
    let signed = review.signed.iter().filter(move |(_, day)| *day <= until);
    signed.map(|(party, day)| (party.as_str(), *day))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::text::Span;

    fn held(with: &[&str], signed: &[(&str, Date)]) -> HeldReview {
        HeldReview {
            date: date(2026, 9, 3),
            with: with.iter().map(|&one| one.to_owned()).collect(),
            signed: signed
                .iter()
                .map(|&(one, day)| (one.to_owned(), day))
                .collect(),
            place: Span::default(),
        }
    }

    #[test]
    fn a_review_has_three_parties_and_is_signed_in_four_weeks() {
        let until = date(2026, 11, 21);
        let early = ("learner", date(2026, 9, 3));
        let late = ("employer", date(2026, 11, 20));
        let two = held(&["tutor"], &[]);
        let three = held(&["employer", "tutor"], &[]);
        let unsaid = held(&[], &[]);
        assert_eq!(is_two_party(&two, until), Some(true));
        assert_eq!(is_two_party(&three, until), Some(false));
        assert_eq!(is_two_party(&unsaid, until), None);
        let signed_by_two = held(&["employer", "tutor"], &[early, late]);
        assert_eq!(is_two_party(&signed_by_two, until), Some(true));
        assert_eq!(is_two_party(&signed_by_two, date(2026, 9, 20)), Some(false));
        assert_eq!(signature_days(&signed_by_two, until), Some(78));
        assert_eq!(signature_days(&signed_by_two, date(2026, 9, 20)), Some(0));
        assert_eq!(signature_days(&three, until), None);
    }
}
