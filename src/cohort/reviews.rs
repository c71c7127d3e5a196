//! Progress reviews: when the last one was held, who took part, and who signed.

use jiff::civil::Date;

use crate::cover::{active_days, days};
use crate::model::{HeldReview, Settings, fold_reference};

/// The progress reviews up to a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFacts {
    /// How many were held.
    pub held: usize,
    /// The day of the last one.
    pub last: Option<Date>,
    /// Days since then, less those of breaks.
    pub age: Option<i64>,
    /// Reviews that were held or signed by two parties at most.
    pub two_party: usize,
    /// Reviews whose last signature is later than the rules allow.
    pub signed_late: usize,
    /// Whether the last one was held or signed by two parties at most; `None` if that is not known.
    pub last_is_two_party: Option<bool>,
    /// Days from the last review to its last signature; `None` if it has none.
    pub last_signature_days: Option<i64>,
    /// Whether the last one has no signature although all are due.
    pub last_is_unsigned: bool,
}

impl ReviewFacts {
    /// The reviews held and signed by `until`. All parties sign within `signing` days.
    #[must_use]
    pub fn of(settings: &Settings, until: Date, signing: i64) -> Self {
        let held = settings.reviews.iter().filter(|one| one.date <= until);
        let held: Vec<ReviewRecord<'_>> = held
            .map(|review| ReviewRecord {
                review,
                settings,
                until,
                signing,
            })
            .collect();
        let last = held.last();
        let two_party = held.iter().filter(|one| one.is_two_party() == Some(true));
        let late = held
            .iter()
            .filter(|one| one.signature_days().is_some_and(|days| days > signing));
        Self {
            held: held.len(),
            last: last.map(|one| one.review.date),
            age: last.map(|one| active_days(settings, one.review.date, until)),
            two_party: two_party.count(),
            signed_late: late.count(),
            last_is_two_party: last.and_then(ReviewRecord::is_two_party),
            last_signature_days: last.and_then(ReviewRecord::signature_days),
            last_is_unsigned: last
                .is_some_and(|one| one.is_signing_over() && one.signatures().next().is_none()),
        }
    }
}

/// A review, read on a day.
struct ReviewRecord<'a> {
    review: &'a HeldReview,
    settings: &'a Settings,
    until: Date,
    signing: i64,
}

impl ReviewRecord<'_> {
    /// Whether it was held by two parties at most, or signed by two at most although all signatures
    /// are due. The learner takes part in every review; without `with`, those who signed took part.
    /// `None` if the record does not say so much.
    fn is_two_party(&self) -> Option<bool> {
        let signed = self.find_parties(self.signatures().map(|(who, _)| who));
        let with = self.find_parties(self.review.with.iter().map(String::as_str));
        let held = if with == Parties::default() {
            signed.are_all().filter(|are_all| *are_all)
        } else {
            Parties {
                learner: true,
                ..with
            }
            .are_all()
        };
        let signing = if self.is_signing_over() && signed != Parties::default() {
            signed.are_all()
        } else {
            // Nothing is due yet; a record without any signature is a matter of its own.
            Some(true)
        };
        match (held, signing) {
            (Some(false), _) | (_, Some(false)) => Some(true),
            (Some(true), Some(true)) => Some(false),
            _ => None,
        }
    }

    /// Whether all signatures are due.
    fn is_signing_over(&self) -> bool {
        days(self.review.date, self.until) > self.signing
    }

    fn signature_days(&self) -> Option<i64> {
        let last = self.signatures().map(|(_, day)| day).max()?;
        Some(days(self.review.date, last).max(0))
    }

    fn signatures(&self) -> impl Iterator<Item = (&str, Date)> {
        let signed = self.review.signed.iter();
        let signed = signed.filter(|(_, day)| *day <= self.until);
        signed.map(|(party, day)| (party.as_str(), *day))
    }

    fn find_parties<'b>(&self, names: impl Iterator<Item = &'b str>) -> Parties {
        let mut parties = Parties::default();
        for name in names {
            match fold_reference(name).as_str() {
                "learner" | "apprentice" => parties.learner = true,
                "employer" => parties.employer = true,
                "provider" | "tutor" | "assessor" | "iqa" => parties.provider = true,
                _ if self.settings.may_be_learner(name) => parties.learner = true,
                _ => parties.is_open = true,
            }
        }
        parties
    }
}

/// The parties of a review: learner, employer and provider (funding rules for providers of 2022, P59
/// and P60).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a party of its own, not a state of one machine"
)]
struct Parties {
    learner: bool,
    employer: bool,
    provider: bool,
    /// Whether there is a reference among them, whose party is not known.
    is_open: bool,
}

impl Parties {
    /// Whether all three are among them; `None` if a missing one may be behind a reference.
    fn are_all(self) -> Option<bool> {
        let are_all = self.learner && self.employer && self.provider;
        (are_all || !self.is_open).then_some(are_all)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse;
    use crate::text::Source;

    /// Whether a review of 3 September 2026 is one of two parties at most, on a day.
    fn two_party(keys: &str, until: Date) -> Option<bool> {
        facts(keys, until).last_is_two_party
    }

    fn facts(keys: &str, until: Date) -> ReviewFacts {
        let text = format!(
            "version: 1\nlearner: {{ id: AP-7 }}\nreviews: [{{ date: 2026-09-03, {keys} }}]\n"
        );
        let parsed = parse::settings(&Source::new("portfolio.yaml", &text));
        ReviewFacts::of(&parsed.value.settings, until, 28)
    }

    const LATER: Date = date(2026, 11, 21);

    #[test]
    fn a_review_needs_learner_employer_and_provider() {
        for (with, expected) in [
            ("employer, tutor", Some(false)),
            ("Employer, TUTOR", Some(false)),
            ("employer, provider, TU-7", Some(false)),
            ("learner, employer, iqa", Some(false)),
            ("tutor", Some(true)),
            ("employer", Some(true)),
            ("tutor, Tutor", Some(true)),
            ("tutor, assessor", Some(true)),
            ("assessor, iqa", Some(true)),
            ("learner, tutor", Some(true)),
            ("AP-7, tutor", Some(true)),
            ("apprentice, ap-7, employer", Some(true)),
            // A reference may be of any party.
            ("TU-7", None),
            ("TU-7, EM-2", None),
            ("employer, TU-7", None),
            ("tutor, EM-2", None),
            ("", None),
        ] {
            let keys = format!("with: [{with}]");
            assert_eq!(two_party(&keys, LATER), expected, "{with}");
        }
    }

    #[test]
    fn a_record_is_signed_by_all_when_signatures_are_due() {
        let record = |with: &str, signed: &str| format!("with: [{with}], signed: {{ {signed} }}");
        let both = "learner: 2026-09-03, employer: 2026-11-20";
        let two = record("employer, tutor", both);
        assert_eq!(two_party(&two, LATER), Some(true));
        assert_eq!(two_party(&two, date(2026, 10, 1)), Some(false));
        for (more, expected) in [
            ("Tutor: 2026-09-04", Some(false)),
            ("TU-7: 2026-09-04", None),
            ("tutor: 2026-12-01", Some(true)),
        ] {
            let keys = record("employer, tutor", &format!("{both}, {more}"));
            assert_eq!(two_party(&keys, LATER), expected, "{more}");
        }
        // Without `with`, three signatures show who took part, and two do not show who did not.
        let all = record("", &format!("{both}, tutor: 2026-09-04"));
        assert_eq!(two_party(&all, LATER), Some(false));
        assert_eq!(two_party(&record("", both), date(2026, 10, 1)), None);
        assert_eq!(two_party(&record("", both), LATER), Some(true));
        let days = |until| facts(&two, until).last_signature_days;
        assert_eq!((days(LATER), days(date(2026, 9, 20))), (Some(78), Some(0)));
    }

    #[test]
    fn a_record_without_signatures_is_known_when_they_are_due() {
        let none = "with: [employer, tutor]";
        assert!(!facts(none, date(2026, 10, 1)).last_is_unsigned);
        assert!(facts(none, date(2026, 10, 2)).last_is_unsigned);
        let one = "with: [employer, tutor], signed: { learner: 2026-09-03 }";
        assert!(!facts(one, LATER).last_is_unsigned);
    }
}
