//! What a rule is.

use super::Case;
use crate::diagnostic::{Finding, Findings, Level};
use crate::model::Profile;

/// A defect that can be found: a record that documents it, and a function that finds it.
#[derive(Debug)]
pub struct Rule {
    /// The name of the defect, in kebab case.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// How heavy it is, by profile.
    pub levels: Levels,
    /// The version that brought it.
    pub since: &'static str,
    /// What it says about itself.
    pub text: Text,
    /// Finds it.
    pub run: Run,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// The portfolio.
    Portfolio(fn(&Case<'_>, &mut Vec<Finding>)),
    /// What the other rules have found, before anybody's answers are taken into account.
    Findings(fn(&Case<'_>, &Findings, &mut Vec<Finding>)),
}

/// A rule's text, under headings that are the same for every rule.
#[derive(Debug)]
pub struct Text {
    /// What it finds.
    pub finds: &'static str,
    /// Why an assessor cares.
    pub why: &'static str,
    /// An example, as it stands in a file.
    pub example: &'static str,
    /// What to do.
    pub instead: &'static str,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// How far criteria are evidenced.
    Coverage,
    /// Codes, standards and links.
    References,
    /// What stands between the dashes, and whether a file can be read at all.
    FrontMatter,
    /// The stages of a reflection.
    Reflection,
    /// Files that belong to entries.
    Evidence,
    /// How writing is spread over the programme.
    Rhythm,
    /// Standards and settings.
    Settings,
    /// Decisions of assessors.
    Decisions,
    /// What identifies a person.
    Privacy,
}

impl Group {
    /// The words for lists.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::References => "references",
            Self::FrontMatter => "front matter",
            Self::Reflection => "reflection",
            Self::Evidence => "evidence",
            Self::Rhythm => "rhythm",
            Self::Settings => "standards and settings",
            Self::Decisions => "decisions",
            Self::Privacy => "privacy",
        }
    }
}

/// A rule's level in each profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// For a learner mid-programme.
    pub draft: Level,
    /// Day to day.
    pub default: Level,
    /// On the day.
    pub gateway: Level,
    /// Whether the rule guards people or decisions, or says why something is withheld or does not count: it can be made lighter, and never be switched off.
    pub guards: bool,
    /// Whether an answer with a reason silences it in an entry, without the words that it is about.
    pub answerable: bool,
}

impl Levels {
    /// An error, always.
    pub const ERROR: Self = Self::new(Level::Error, Level::Error, Level::Error);
    /// A note, always: advice, never a gate.
    pub const NOTE: Self = Self::new(Level::Note, Level::Note, Level::Note);
    /// A warning, always.
    pub const WARNING: Self = Self::new(Level::Warning, Level::Warning, Level::Warning);

    /// One level for each profile.
    #[must_use]
    pub const fn new(draft: Level, default: Level, gateway: Level) -> Self {
        Self {
            draft,
            default,
            gateway,
            guards: false,
            answerable: true,
        }
    }

    /// The same levels for a rule that cannot be switched off.
    #[must_use]
    pub const fn guarding(self) -> Self {
        Self {
            guards: true,
            answerable: false,
            ..self
        }
    }

    /// The same levels for a rule that cannot be switched off and can be answered: the answer itself decides what is
    /// published.
    #[must_use]
    pub const fn never_off(self) -> Self {
        Self {
            guards: true,
            ..self
        }
    }

    /// The level in a profile.
    #[must_use]
    pub fn of(self, profile: Profile) -> Level {
        match profile {
            Profile::Draft => self.draft,
            Profile::Default => self.default,
            Profile::Gateway => self.gateway,
        }
    }
}
