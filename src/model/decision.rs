//! What assessors decided, and what people consented to.

use jiff::civil::Date;

use super::{Audience, CriterionId, Revealed, Role, SharePurpose, Verdict};
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
    /// The digest of what was read, where one is recorded.
    pub digest: Option<String>,
    /// A verdict for each claim that was judged.
    pub claims: Vec<ClaimVerdict>,
    /// The rules of evidence.
    pub evidence: RulesOfEvidence,
    /// Feedback in Markdown, with everything covered in it that identifies somebody.
    pub feedback: Option<String>,
    /// What in the feedback identifies somebody.
    pub identifiers: Vec<Revealed>,
    /// Whether it may stand: where signatures are asked for, its file has one that holds.
    pub stands: bool,
    /// Where it stands.
    pub place: Place,
}

impl Decision {
    /// Whether its verdicts change what claims stand at: its author decides, and it may stand.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.stands && self.role.decides()
    }

    /// Whether it is about the text and the files that this digest stands for.
    #[must_use]
    pub fn is_about(&self, digest: &str) -> bool {
        self.digest.as_deref() == Some(digest)
    }

    /// The verdict on one criterion, where it has one.
    #[must_use]
    pub fn verdict(&self, criterion: CriterionId) -> Option<Verdict> {
        self.claims.iter().find(|claim| claim.criterion == criterion).map(|claim| claim.verdict)
    }
}

/// What was decided about one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimVerdict {
    /// The criterion claimed.
    pub criterion: CriterionId,
    /// The verdict.
    pub verdict: Verdict,
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
    /// Would be judged so again.
    pub reliable: Option<bool>,
}

/// A person's consent to be photographed, and to the photograph being shared: two things.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Anonymous reference.
    pub id: String,
    /// The day it was given.
    pub date: Option<Date>,
    /// Whether pictures may be taken.
    pub take: bool,
    /// What they may be shared for.
    pub share: Vec<SharePurpose>,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Whether anything in it cannot be read: it covers nothing then.
    pub unreadable: bool,
    /// Where it stands.
    pub place: Place,
}

/// The register of consents, as far as it could be read.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// What was consented to, by reference; no two have the same.
    pub consents: Vec<Consent>,
    /// What in its text identifies somebody.
    pub identifiers: Vec<Revealed>,
}

impl Register {
    /// The consent that goes by a reference.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Consent> {
        let at = self.consents.binary_search_by(|known| known.id.as_str().cmp(id)).ok()?;
        Some(&self.consents[at])
    }
}

impl Consent {
    /// Why it does not let a picture be shown to an audience on a day; none where it does.
    #[must_use]
    pub fn objection(&self, audience: Audience, as_of: Date) -> Option<Objection> {
        let purpose = match audience {
            Audience::Public => SharePurpose::Publication,
            Audience::Assessor | Audience::Private => SharePurpose::Portfolio,
        };
        let objections = [
            (self.withdrawn, Objection::Withdrawn),
            (self.unreadable, Objection::Unreadable),
            (self.expires.is_some_and(|last| last < as_of), Objection::Expired),
            (self.date.is_some_and(|date| date > as_of), Objection::NotYet),
            (!self.take, Objection::NotTaken),
            (!self.share.contains(&purpose), Objection::NotShared),
        ];
        objections.into_iter().find(|(objects, _)| *objects).map(|(_, objection)| objection)
    }
}

/// Why a consent does not let a picture be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It was taken back.
    Withdrawn,
    /// Something in it cannot be read.
    Unreadable,
    /// Its last day is over.
    Expired,
    /// It was given later than the day that is judged by.
    NotYet,
    /// It does not let pictures be taken.
    NotTaken,
    /// It does not let them be shared for this.
    NotShared,
}

impl Objection {
    /// The name of the rule that tells it.
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
