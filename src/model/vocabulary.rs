//! The closed sets of words that files and commands use.

use std::fmt;

/// A closed set of words.
pub trait Word: Copy + Eq + 'static {
    /// All members, in the order in which they are offered.
    const ALL: &'static [Self];

    /// The word that stands for this member in files and on the command line.
    fn word(self) -> &'static str;

    /// The member that `word` stands for.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|member| member.word() == word)
    }

    /// All words.
    fn words() -> Vec<&'static str> {
        Self::ALL.iter().map(|member| member.word()).collect()
    }
}

/// What a source says, or that it does not say. Nothing is ever invented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known<T> {
    /// The source says so.
    Known(T),
    /// The source does not say.
    #[default]
    Unknown,
}

impl<T> Known<T> {
    /// The value, where there is one.
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
    /// In hours: `1.5`, `2`, `0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", f64::from(self.0) / 60.0)
    }
}

/// What kind of evidence an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryType {
    /// The learner thinks about something that happened.
    Reflection,
    /// Somebody competent watched the learner work.
    Observation,
    /// Somebody who was there says what the learner did.
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

impl Word for EntryType {
    const ALL: &'static [Self] = &[
        Self::Reflection,
        Self::Observation,
        Self::WitnessTestimony,
        Self::Product,
        Self::CaseStudy,
        Self::ProfessionalDiscussion,
        Self::Cpd,
        Self::PracticeRecord,
        Self::Assignment,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Reflection => "reflection",
            Self::Observation => "observation",
            Self::WitnessTestimony => "witness-testimony",
            Self::Product => "product",
            Self::CaseStudy => "case-study",
            Self::ProfessionalDiscussion => "professional-discussion",
            Self::Cpd => "cpd",
            Self::PracticeRecord => "practice-record",
            Self::Assignment => "assignment",
        }
    }
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

/// Whether an entry is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Still being written: never evidence.
    Draft,
    /// Handed in.
    Submitted,
}

impl Word for Status {
    const ALL: &'static [Self] = &[Self::Draft, Self::Submitted];

    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
        }
    }
}

/// Whom an entry is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Anybody.
    Public,
    /// The learner and those who assess.
    Assessor,
    /// The learner alone.
    Private,
}

impl Word for Visibility {
    const ALL: &'static [Self] = &[Self::Public, Self::Assessor, Self::Private];

    fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Assessor => "assessor",
            Self::Private => "private",
        }
    }
}

/// For whom a site is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: names nobody.
    Public,
    /// Those who assess.
    Assessor,
    /// The learner: drafts and private entries too.
    Private,
}

impl Word for Audience {
    const ALL: &'static [Self] = &[Self::Public, Self::Assessor, Self::Private];

    fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Assessor => "assessor",
            Self::Private => "private",
        }
    }
}

impl Audience {
    /// Whether an entry of this visibility may be seen.
    #[must_use]
    pub fn may_see(self, visibility: Visibility) -> bool {
        match self {
            Self::Public => visibility == Visibility::Public,
            Self::Assessor => visibility != Visibility::Private,
            Self::Private => true,
        }
    }
}

/// How strict `check` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A learner mid-programme: gaps are notes.
    Draft,
    /// Gaps are errors.
    Default,
    /// Everything that must be right on the day.
    Gateway,
}

impl Word for Profile {
    const ALL: &'static [Self] = &[Self::Draft, Self::Default, Self::Gateway];

    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Default => "default",
            Self::Gateway => "gateway",
        }
    }
}

/// What an assessor decided about one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The claim is proved.
    Accepted,
    /// Part of it is.
    Partly,
    /// It goes back to the learner.
    Referred,
}

impl Word for Verdict {
    const ALL: &'static [Self] = &[Self::Accepted, Self::Partly, Self::Referred];

    fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "partly",
            Self::Referred => "referred",
        }
    }
}

/// Who wrote a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Accepts and refers.
    Assessor,
    /// Internal quality assurer: may overturn.
    Iqa,
    /// Comments.
    Tutor,
    /// Comments.
    Employer,
}

impl Word for Role {
    const ALL: &'static [Self] = &[Self::Assessor, Self::Iqa, Self::Tutor, Self::Employer];

    fn word(self) -> &'static str {
        match self {
            Self::Assessor => "assessor",
            Self::Iqa => "iqa",
            Self::Tutor => "tutor",
            Self::Employer => "employer",
        }
    }
}

impl Role {
    /// Whether a verdict of this role changes what a claim stands at.
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

/// What a consent to share was given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharePurpose {
    /// The learner's portfolio.
    Portfolio,
    /// Teaching others.
    Teaching,
    /// Publication, which a public site is.
    Publication,
}

impl Word for SharePurpose {
    const ALL: &'static [Self] = &[Self::Portfolio, Self::Teaching, Self::Publication];

    fn word(self) -> &'static str {
        match self {
            Self::Portfolio => "portfolio",
            Self::Teaching => "teaching",
            Self::Publication => "publication",
        }
    }
}
