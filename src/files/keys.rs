//! Files of public keys beside the decisions.

use crate::text::Source;

/// A file of keys, as it was found.
#[derive(Clone, Debug, Default)]
pub enum KeyFile {
    /// There is none.
    #[default]
    Absent,
    /// Its text.
    Text(Source),
    /// It exists and is not readable as text.
    Unreadable,
}

impl KeyFile {
    /// The text, or `None` if it is absent or unreadable.
    #[must_use]
    pub fn text(&self) -> Option<&Source> {
        match self {
            Self::Text(source) => Some(source),
            Self::Absent | Self::Unreadable => None,
        }
    }

    /// Replaces an absent file by an unreadable one if a misspelt file was found that may be meant.
    #[must_use]
    pub fn unless(self, is_misnamed: bool) -> Self {
        match self {
            Self::Absent if is_misnamed => Self::Unreadable,
            other => other,
        }
    }

    /// Whether the file exists, readable or not.
    #[must_use]
    pub fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

/// The files that say who may sign decisions and which keys are revoked.
#[derive(Clone, Debug, Default)]
pub struct KeyFiles {
    /// The allowed signers.
    pub allowed: KeyFile,
    /// The revoked keys.
    pub revoked: KeyFile,
}

impl KeyFiles {
    /// Whether decisions have to be signed. Revoked keys alone suffice: the allowed signers may
    /// have been deleted.
    #[must_use]
    pub fn ask(&self) -> bool {
        self.allowed.is_there() || self.revoked.is_there()
    }

    /// The readable texts.
    pub fn texts(&self) -> impl Iterator<Item = &Source> {
        self.allowed.text().into_iter().chain(self.revoked.text())
    }
}
