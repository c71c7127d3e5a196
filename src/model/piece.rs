//! An entry as evidence for one criterion, with the reasons why it does not count.

use super::{ClaimStanding, StaleBecause};

/// Why a piece does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is a draft.
    Draft,
    /// Its front matter cannot be read, so its status is unknown.
    Unread,
    /// It has no content beyond the scaffold.
    NoSubstance,
    /// It is private.
    Private,
    /// It has an identifier, so assessors cannot see it.
    Withheld,
    /// The start of the programme cannot be read, so it may be dated before it.
    StartUnread,
    /// It is dated before the programme began.
    BeforeProgramme,
    /// It is dated in the future.
    InFuture,
    /// It has no date that can be read.
    Undated,
    /// Its evidence is out of date.
    OutOfDate,
    /// The claim is referred.
    Referred,
    /// A decision that binds to no entry refers the criterion.
    ReferredElsewhere,
    /// A decision file that cannot be read in full may refer the claim.
    PerhapsReferred,
    /// The chain of decisions is broken, so acceptances do not count.
    BrokenChain,
    /// The claim is partly accepted.
    PartlyAccepted,
    /// The claim was referred, and the entry has changed since.
    Resubmitted,
    /// Assessors who decided at the same time disagree about the claim.
    Contested,
    /// The criterion is assessed by marks, and this is not marked work.
    NotMarked,
    /// Its mark is below the pass mark.
    BelowPassMark,
    /// More attempts than allowed.
    TooManyAttempts,
    /// The standard does not allow this type of evidence.
    TypeNotAllowed,
}

impl Reason {
    /// The reason, to follow "does not count: ".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "still a draft",
            Self::Unread => "its first lines cannot be read",
            Self::NoSubstance => "nothing written yet",
            Self::Private => "private, so an assessor cannot see it",
            Self::Withheld => "withheld, because something in it identifies a person",
            Self::StartUnread => "the start date of the programme cannot be read",
            Self::BeforeProgramme => "dated before the programme began",
            Self::InFuture => "dated in the future",
            Self::Undated => "its date cannot be read",
            Self::OutOfDate => "out of date",
            Self::Referred => "referred by the assessor",
            Self::ReferredElsewhere => {
                "referred in a decision about an entry that is not here under that id"
            }
            Self::PerhapsReferred => {
                "a decision file cannot be read in full, and it may refer this claim"
            }
            Self::BrokenChain => "the chain of decisions is broken, so no acceptance in it counts",
            Self::PartlyAccepted => "only partly accepted",
            Self::Resubmitted => "referred, changed since, and not decided again",
            Self::Contested => "assessors who decided at the same time disagree",
            Self::NotMarked => "assessed by marks, and this is not marked work",
            Self::BelowPassMark => "below the pass mark",
            Self::TooManyAttempts => "more attempts than allowed",
            Self::TypeNotAllowed => "not a type of evidence that the standard takes",
        }
    }
}

/// One entry's claim on one criterion, judged.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// Index of the entry in the portfolio.
    pub entry: usize,
    /// The reasons why it does not count; empty if it does.
    pub against: Vec<Reason>,
    /// The standing of the claim; `None` if nothing is decided about it.
    pub standing: Option<ClaimStanding>,
}

impl Piece {
    /// Whether it is handed in, as far as can be read.
    #[must_use]
    pub fn handed_in(&self) -> bool {
        !self
            .against
            .iter()
            .any(|reason| matches!(reason, Reason::Draft | Reason::Unread))
    }

    /// Whether it counts.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.against.is_empty()
    }

    /// Whether it counts, accepted and unchanged.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.counts() && self.standing.is_some_and(|standing| standing.accepted())
    }

    /// Whether it was accepted, and it or the statement then changed.
    #[must_use]
    pub fn stale(&self) -> bool {
        self.standing.is_some_and(|standing| standing.stale())
    }

    /// What changed since it was accepted; `None` if nothing did.
    #[must_use]
    pub fn stale_because(&self) -> Option<StaleBecause> {
        self.standing.and_then(|standing| standing.stale_because())
    }

    /// The standing of the claim if it was referred and still needs work or a decision.
    #[must_use]
    pub fn open_referral(&self) -> Option<ClaimStanding> {
        self.standing.filter(ClaimStanding::open)
    }
}
