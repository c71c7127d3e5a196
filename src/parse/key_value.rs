//! Values of keys that fail closed.

/// The value of a key that opens or hides something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyValue<T> {
    /// The key is not there.
    Absent,
    /// The key is there once and its value is valid.
    Read(T),
    /// The key is misspelt, repeated or empty, or its value is not valid.
    Unreadable,
}

impl<T> KeyValue<T> {
    /// Returns the value, `default` if the key is absent, or `closed` if it is unreadable.
    pub(super) fn or(self, default: T, closed: T) -> T {
        match self {
            Self::Absent => default,
            Self::Read(value) => value,
            Self::Unreadable => closed,
        }
    }

    /// The value, if it can be read.
    pub(super) fn read(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Absent | Self::Unreadable => None,
        }
    }

    /// Whether the key is unreadable.
    pub(super) fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable)
    }
}
