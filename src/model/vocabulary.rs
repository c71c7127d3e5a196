//! The enums that are written as words in files and on the command line.

use std::fmt;

use strum::{IntoStaticStr, VariantArray};

use crate::privacy::{Confidence, Kind};

/// An enum that is written as words: the names of its members, in kebab case.
pub trait Word: Copy + Eq + VariantArray + Into<&'static str> + 'static {
    /// All members, in the order in which help and messages list them.
    const ALL: &'static [Self] = Self::VARIANTS;

    /// The word for this member in files and on the command line.
    fn word(self) -> &'static str {
        self.into()
    }

    /// Parses a word; `None` if no member has it.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|member| member.word() == word)
    }

    /// All words.
    fn words() -> Vec<&'static str> {
        Self::ALL.iter().map(|member| member.word()).collect()
    }
}

impl<T: Copy + Eq + VariantArray + Into<&'static str> + 'static> Word for T {}

/// A value that a source gives, or `unknown`. Values are never invented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known<T> {
    /// The source gives it.
    Known(T),
    /// The source does not give it.
    #[default]
    Unknown,
}

impl<T> Known<T> {
    /// The value, if known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Known<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(f),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

/// Time spent, to the minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(pub u32);

impl fmt::Display for Minutes {
    /// In hours, to two decimals: `1.5`, `2`, `0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", (f64::from(self.0) / 0.6).round() / 100.0)
    }
}

/// The type of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum EntryType {
    /// The learner reflects on an event.
    Reflection,
    /// A competent person observed the learner at work.
    Observation,
    /// A person who was present describes what the learner did.
    WitnessTestimony,
    /// Something made at work: a plan, an audit, a leaflet.
    Product,
    /// One person's care followed over time.
    CaseStudy,
    /// A recorded conversation with an assessor.
    ProfessionalDiscussion,
    /// Continuing professional development.
    Cpd,
    /// The record of a procedure.
    PracticeRecord,
    /// Marked work.
    Assignment,
}

impl EntryType {
    /// The words for a page or a sentence: `Witness testimony`.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Reflection => "Reflection",
            Self::Observation => "Observation",
            Self::WitnessTestimony => "Witness testimony",
            Self::Product => "Product",
            Self::CaseStudy => "Case study",
            Self::ProfessionalDiscussion => "Professional discussion",
            Self::Cpd => "CPD",
            Self::PracticeRecord => "Practice record",
            Self::Assignment => "Assignment",
        }
    }
}

/// What became of a statement in a new version of its standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Relation {
    /// It has the same code and the same words.
    Kept,
    /// It has the same words under another code.
    Moved,
    /// It has other words.
    Reworded,
    /// Several statements took its place.
    Split,
    /// It is part of a statement that took the place of several.
    Merged,
    /// It was not there before.
    New,
    /// It is no longer there.
    Gone,
    /// It may be another statement, or not: a person has to look.
    Unsure,
}

/// Whether an entry is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// Still being written: never evidence.
    Draft,
    /// Handed in.
    Submitted,
}

/// The audience that an entry is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// The learner and those who assess.
    Assessor,
    /// The learner alone.
    Private,
}

/// The audience of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Audience {
    /// Everybody. Names no person.
    Public,
    /// Those who assess.
    Assessor,
    /// The learner: drafts and private entries too.
    Private,
}

impl Audience {
    /// Whether an identifier withholds a page or file from it.
    #[must_use]
    pub fn must_not_see(self, kind: Kind, confidence: Confidence) -> bool {
        match self {
            Self::Private => false,
            Self::Assessor => confidence == Confidence::Certain,
            // A public site has no tutor to review it first.
            Self::Public => kind != Kind::Combination,
        }
    }

    /// Whether an entry of this visibility may be seen.
    #[must_use]
    pub fn is_visible(self, visibility: Visibility) -> bool {
        match self {
            Self::Public => visibility == Visibility::Public,
            Self::Assessor => visibility != Visibility::Private,
            Self::Private => true,
        }
    }
}

/// An author's statement about what an attachment shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Shows {
    /// No person can be seen or recognised in it.
    Nobody,
}

/// Whether a public site shows something besides public entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Sharing {
    /// It does not.
    Private,
    /// It does.
    Public,
}

/// How strict `check` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Profile {
    /// A learner mid-programme: gaps are notes.
    Draft,
    /// Gaps are notes until the planned end, then errors.
    Default,
    /// Everything that the gateway requires.
    Gateway,
}

/// The verdict on one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Verdict {
    /// The claim is proved.
    Accepted,
    /// Part of it is.
    Partly,
    /// It is sent back to the learner.
    Referred,
}

impl Verdict {
    /// How much it asks for: more for a worse one.
    #[must_use]
    pub fn severity(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Partly => 1,
            Self::Referred => 2,
        }
    }

    /// The worse of two verdicts.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        if other.severity() > self.severity() {
            other
        } else {
            self
        }
    }
}

/// Who wrote a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    /// Accepts and refers.
    Assessor,
    /// Internal quality assurer: may overturn.
    Iqa,
    /// Comments.
    Tutor,
    /// Comments, and verifies criteria of kinds for which the standard says so.
    Employer,
}

impl Role {
    /// Whether a verdict of this role changes the standing of a claim.
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(self, Self::Assessor | Self::Iqa)
    }

    /// The words for a page.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Assessor => "Assessor",
            Self::Iqa => "Internal quality assurer",
            Self::Tutor => "Tutor",
            Self::Employer => "Employer",
        }
    }
}

/// Whether the apprenticeship assessment takes up a criterion. The portfolio covers all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum AssessedWhen {
    /// It is assessed every time.
    Always,
    /// It is assessed if it is in the sample.
    MayBeSampled,
}

impl AssessedWhen {
    /// The words for a page, to follow the kind of a criterion.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Always => "always assessed",
            Self::MayBeSampled => "the assessment may sample it",
        }
    }
}

/// Who verifies criteria of a kind, in place of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Verifier {
    /// The employer, once.
    Employer,
}

/// A purpose that a consent to share was given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum SharePurpose {
    /// The learner's portfolio.
    Portfolio,
    /// Teaching others.
    Teaching,
    /// Publication, which a public site is.
    Publication,
}
