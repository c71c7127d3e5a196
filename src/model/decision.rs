//! Decisions of assessors, and consents.

use jiff::civil::Date;

use super::{Audience, CriterionId, Digests, IdentifierMatch, Role, SharePurpose, Verdict};
use crate::diagnostic::Place;

/// One decision about one entry, bound to it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Who decided: a reference, not a name.
    pub assessor: String,
    /// In which role.
    pub role: Role,
    /// The day.
    pub date: Date,
    /// The attempt that was judged, from 1.
    pub attempt: u32,
    /// The digest of what was judged, if one is recorded.
    pub digest: Option<String>,
    /// A verdict for each claim that was judged.
    pub claims: Vec<ClaimVerdict>,
    /// The rules of evidence.
    pub evidence: RulesOfEvidence,
    /// Feedback in Markdown, with identifiers covered.
    pub feedback: Option<String>,
    /// Identifiers in the feedback.
    pub identifiers: Vec<IdentifierMatch>,
    /// Why it does not count in full; empty if it does.
    pub defects: Vec<Defect>,
    /// Indexes of earlier decisions about the entry that its file does not follow: they were made in
    /// another branch, without knowledge of this one.
    pub beside: Vec<usize>,
    /// Its place in the decision file.
    pub place: Place,
}

impl Decision {
    /// Whether it counts in full: its author decides, and it has no defect.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.counts() && self.role.decides()
    }

    /// Whether it has no defect.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.defects.is_empty()
    }

    /// The verdict that takes effect on a claim, whether or not the decision counts in full; `None`
    /// if the claim stays as it was. A defect cancels acceptances and never a referral, so that
    /// deleting a signature gains nothing. An acceptance in a broken chain may be an edited
    /// referral, so it is treated as one.
    #[must_use]
    pub fn effect(&self, criterion: CriterionId) -> Option<Verdict> {
        let verdict = self.verdict(criterion)?;
        if !self.role.decides() || self.defects.contains(&Defect::OwnWork) {
            return None;
        }
        match verdict {
            Verdict::Accepted if self.defects.contains(&Defect::BrokenChain) => {
                Some(Verdict::Referred)
            }
            Verdict::Accepted if !self.counts() => None,
            _ => Some(verdict),
        }
    }

    /// Whether it was made about the text and files with these digests.
    #[must_use]
    pub fn is_about(&self, digests: &Digests) -> bool {
        let digest = self.digest.as_deref();
        digest.is_some_and(|digest| digests.matches(digest))
    }

    /// The verdict on a criterion, if it has one.
    #[must_use]
    pub fn verdict(&self, criterion: CriterionId) -> Option<Verdict> {
        self.claim(criterion).map(|claim| claim.verdict)
    }

    /// Whether the statement of a criterion says the same as when this was decided.
    #[must_use]
    pub fn wording(&self, criterion: CriterionId) -> Wording {
        let claim = self.claim(criterion);
        claim.map_or(Wording::Unknown, |claim| claim.wording)
    }

    fn claim(&self, criterion: CriterionId) -> Option<&ClaimVerdict> {
        self.claims
            .iter()
            .find(|claim| claim.criterion == criterion)
    }
}

/// Why a decision does not count in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// The learner decides about their own work.
    OwnWork,
    /// The settings do not identify the learner, so it may be the learner's own.
    UnreadLearner,
    /// Its author's id has characters that can be mistaken for others.
    UnclearAuthor,
    /// A signature is asked for and not valid.
    Signature,
    /// A file of the chain is missing, was edited or cannot be read, and it may be this one.
    BrokenChain,
    /// It is dated before the entry.
    BeforeEntry,
    /// It is dated before the programme began.
    BeforeProgramme,
    /// It is dated before the decision file that it follows.
    BeforePrevious,
    /// It is dated in the future.
    InFuture,
}

impl Defect {
    /// The reason, behind "does not count: ".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OwnWork => "it is by the learner, who cannot decide about their own work",
            Self::UnreadLearner => {
                "portfolio.yaml does not say who the learner is, so it may be the learner's own"
            }
            Self::UnclearAuthor => {
                "the id of its author has characters other than A-Z, a-z, 0-9, `-`, `_` and `.`"
            }
            Self::Signature => "no good signature",
            Self::BrokenChain => "the chain of decisions is broken",
            Self::BeforeEntry => "it is dated before the entry",
            Self::BeforeProgramme => "it is dated before the programme began",
            Self::BeforePrevious => "it is dated before the decision file that it follows",
            Self::InFuture => "it is dated in the future",
        }
    }

    /// The effect of the defect, to be followed by a colon and the reason.
    #[must_use]
    pub fn outcome(self) -> &'static str {
        match self {
            Self::OwnWork => "does not count",
            _ => "its acceptances do not count, its referrals hold",
        }
    }

    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OwnWork => "own-work",
            Self::UnreadLearner => "unread-learner",
            Self::UnclearAuthor => "unclear-author",
            Self::Signature => "unverified",
            Self::BrokenChain => "broken-chain",
            Self::BeforeEntry => "before-entry",
            Self::BeforeProgramme => "before-programme",
            Self::BeforePrevious => "before-previous",
            Self::InFuture => "in-future",
        }
    }
}

/// The last day on which decisions can have been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// Today: a decision that is dated later cannot have been made yet.
    Today(Date),
    /// A chosen day: the portfolio is judged as of then, without later decisions.
    AsOf(Date),
}

impl Horizon {
    /// The day.
    #[must_use]
    pub fn day(self) -> Date {
        match self {
            Self::Today(day) | Self::AsOf(day) => day,
        }
    }
}

/// The standing of an entry's claim. Computed once, with the piece, and read by coverage, pages,
/// reports and rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, not a state of one machine"
)]
pub struct ClaimStanding {
    /// The verdict in force.
    pub verdict: Verdict,
    /// Index of its decision among the entry's decisions.
    pub decision: usize,
    /// Whether the entry is unchanged since the decision.
    pub unchanged: bool,
    /// Whether a referred claim needs no more work, because its criterion is waived or accepted by
    /// other evidence.
    pub settled: bool,
    /// Whether it was accepted in a broken chain. It is treated as referred, although no assessor
    /// referred it.
    pub is_broken: bool,
    /// Whether the statement says the same as when it was decided.
    pub wording: Wording,
    /// Whether branches that do not follow each other disagree about it. Their worst verdict is in
    /// force.
    pub contested: bool,
}

impl ClaimStanding {
    /// Whether the claim is accepted, and neither entry nor statement changed since.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.verdict == Verdict::Accepted && self.stale_because().is_none()
    }

    /// Whether the claim was accepted, and the entry or the statement changed since.
    #[must_use]
    pub fn stale(&self) -> bool {
        self.stale_because().is_some()
    }

    /// What changed since the claim was accepted; `None` if nothing did, or it was not accepted.
    #[must_use]
    pub fn stale_because(&self) -> Option<StaleBecause> {
        if self.verdict != Verdict::Accepted {
            None
        } else if !self.unchanged {
            Some(StaleBecause::Entry)
        } else {
            (!self.wording.holds()).then_some(StaleBecause::Statement)
        }
    }

    /// Whether the claim was referred or partly accepted, even if the entry changed since.
    #[must_use]
    pub fn sent_back(&self) -> bool {
        self.verdict != Verdict::Accepted
    }

    /// Whether the claim was referred and the entry has changed since, so that it waits for the
    /// assessor.
    #[must_use]
    pub fn resubmitted(&self) -> bool {
        self.sent_back() && !self.unchanged && !self.is_broken && !self.contested
    }

    /// Whether the claim was referred and still needs work or a decision.
    #[must_use]
    pub fn open(&self) -> bool {
        self.sent_back() && !self.settled && !self.is_broken
    }
}

/// What changed since a claim was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaleBecause {
    /// The entry.
    Entry,
    /// The statement: its words are others now, or are not known to be the same.
    Statement,
}

impl StaleBecause {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Statement => "statement",
        }
    }
}

/// Whether a statement says the same as when it was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// It has the same words, or a map says that it means the same.
    Same,
    /// It has other words.
    Changed,
    /// The decision names a version of the standard that is not on record.
    Lost,
    /// The decision names no version, and none was on record on its day.
    Unknown,
}

impl Wording {
    /// Whether an acceptance stays. It does if nothing is known, because older decisions name no
    /// version.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, Self::Same | Self::Unknown)
    }
}

/// The verdict on one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimVerdict {
    /// The claimed criterion.
    pub criterion: CriterionId,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the statement says the same now.
    pub wording: Wording,
}

/// The five rules of evidence, each judged or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RulesOfEvidence {
    /// Matches the criterion.
    pub valid: Option<bool>,
    /// The learner's own.
    pub authentic: Option<bool>,
    /// Up to date.
    pub current: Option<bool>,
    /// Enough.
    pub sufficient: Option<bool>,
    /// Another assessor would decide the same.
    pub reliable: Option<bool>,
}

impl RulesOfEvidence {
    /// Whether all five were judged to be met. Evidence that meets them is accepted, so nothing
    /// that is sent back can.
    #[must_use]
    pub fn all_met(&self) -> bool {
        self.answers().all(|(_, answer)| answer == Some(true))
    }

    /// The rules that were judged not to be met. Evidence that misses one is sent back, so nothing
    /// that is accepted can.
    pub fn unmet(&self) -> impl Iterator<Item = &'static str> {
        let unmet = self.answers().filter(|(_, answer)| *answer == Some(false));
        unmet.map(|(rule, _)| rule)
    }

    /// The rules in their usual order, by the words of decision files.
    fn answers(self) -> impl Iterator<Item = (&'static str, Option<bool>)> {
        let Self {
            valid,
            authentic,
            current,
            sufficient,
            reliable,
        } = self;
        let answers = [
            ("valid", valid),
            ("authentic", authentic),
            ("current", current),
            ("sufficient", sufficient),
            ("reliable", reliable),
        ];
        answers.into_iter()
    }
}

/// A person's consent to being photographed, and separately to the photograph being shared.
#[derive(Debug)]
pub struct Consent {
    /// Anonymous reference.
    pub id: String,
    /// The day it was given.
    pub date: Option<Date>,
    /// Whether pictures may be taken.
    pub take: bool,
    /// The purposes that they may be shared for.
    pub share: Vec<SharePurpose>,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// Whether any part of it cannot be read. It then covers nothing.
    pub unreadable: bool,
    /// Its place in the register.
    pub place: Place,
}

/// The register of consents, as far as it could be read.
#[derive(Debug, Default)]
pub struct Register {
    /// The consents, sorted by reference, each reference once.
    pub consents: Vec<Consent>,
    /// Identifiers in its text.
    pub identifiers: Vec<IdentifierMatch>,
}

impl Register {
    /// Finds a consent by reference.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Consent> {
        let at = self
            .consents
            .binary_search_by(|known| known.id.as_str().cmp(id))
            .ok()?;
        Some(&self.consents[at])
    }
}

impl Consent {
    /// Whether another consent has the same effect.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let of = |one: &Self| {
            (
                one.date,
                one.take,
                one.share.clone(),
                one.expires,
                one.withdrawn,
                one.unreadable,
            )
        };
        of(self) == of(other)
    }

    /// Why it does not allow a picture to be shown to an audience on a day; `None` if it does.
    #[must_use]
    pub fn objection(&self, audience: Audience, as_of: Date) -> Option<Objection> {
        let purpose = match audience {
            Audience::Public => SharePurpose::Publication,
            Audience::Assessor | Audience::Private => SharePurpose::Portfolio,
        };
        let objections = [
            (self.withdrawn, Objection::Withdrawn),
            (self.unreadable, Objection::Unreadable),
            (
                self.expires.is_some_and(|last| last < as_of),
                Objection::Expired,
            ),
            (
                self.date.is_some_and(|date| date > as_of),
                Objection::NotYet,
            ),
            (!self.take, Objection::NotTaken),
            (!self.share.contains(&purpose), Objection::NotShared),
        ];
        objections
            .into_iter()
            .find(|(objects, _)| *objects)
            .map(|(_, objection)| objection)
    }
}

/// Why a consent does not let a picture be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It was withdrawn.
    Withdrawn,
    /// Something in it cannot be read.
    Unreadable,
    /// Its last day is over.
    Expired,
    /// It is dated after the as-of date.
    NotYet,
    /// It does not let pictures be taken.
    NotTaken,
    /// It does not let them be shared with this audience.
    NotShared,
}

impl Objection {
    /// The rule that reports it.
    pub const RULE: &str = "no-valid-consent";

    /// The reason, behind "the consent".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Withdrawn => "was withdrawn",
            Self::Unreadable => "cannot be read",
            Self::Expired => "has expired",
            Self::NotYet => "is dated later than today",
            Self::NotTaken => "does not let pictures be taken",
            Self::NotShared => "does not let them be shared in a portfolio",
        }
    }
}
