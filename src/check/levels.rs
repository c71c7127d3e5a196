//! How much findings weigh.

use crate::diagnostic::Level;
use crate::model::Profile;

/// A rule's level in each profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// For a learner mid-programme.
    pub draft: Level,
    /// Day to day.
    pub default: Level,
    /// At the gateway.
    pub gateway: Level,
    /// Whether the rule guards people or decisions, or explains why something is withheld or does
    /// not count: it can be made lighter, and never be switched off.
    pub guards: bool,
    /// Whether the default profile asks for it only when `planned_end` has passed: until then it is
    /// a note.
    pub is_due_at_end: bool,
    /// Whether an answer with a reason silences the rule in an entry without naming words.
    pub answerable: bool,
}

impl Levels {
    /// An error in every profile.
    pub const ERROR: Self = Self::new(Level::Error, Level::Error, Level::Error);
    /// A note in every profile.
    pub const NOTE: Self = Self::new(Level::Note, Level::Note, Level::Note);
    /// Off in every profile, until the settings name the rule under `levels`.
    pub const OFF: Self = Self::new(Level::Off, Level::Off, Level::Off);
    /// A warning in every profile.
    pub const WARNING: Self = Self::new(Level::Warning, Level::Warning, Level::Warning);

    /// One level for each profile.
    #[must_use]
    pub const fn new(draft: Level, default: Level, gateway: Level) -> Self {
        Self {
            draft,
            default,
            gateway,
            guards: false,
            is_due_at_end: false,
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

    /// The same levels for a rule that can be answered and not switched off: the answer itself
    /// decides what is published.
    #[must_use]
    pub const fn never_off(self) -> Self {
        Self {
            guards: true,
            ..self
        }
    }

    /// The same levels for what is due at the planned end of the programme.
    #[must_use]
    pub const fn due_at_end(self) -> Self {
        Self {
            is_due_at_end: true,
            ..self
        }
    }

    /// The level in a profile while the planned end of the programme is ahead.
    #[must_use]
    pub fn before_end(self, profile: Profile) -> Level {
        match profile {
            Profile::Default if self.is_due_at_end => self.default.min(Level::Note),
            _ => self.of(profile),
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
