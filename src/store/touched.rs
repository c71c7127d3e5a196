//! Files that may have changed.

use std::collections::BTreeSet;

use super::files::is_within;

/// Files and folders that may have changed since they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// These, and everything in these folders.
    Paths(BTreeSet<String>),
    /// Anything.
    Everything,
}

impl Default for Touched {
    fn default() -> Self {
        Self::Paths(BTreeSet::new())
    }
}

impl<'a> FromIterator<&'a str> for Touched {
    fn from_iter<I: IntoIterator<Item = &'a str>>(paths: I) -> Self {
        Self::Paths(paths.into_iter().map(str::to_owned).collect())
    }
}

impl Touched {
    /// Whether a file may have changed.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        match self {
            Self::Paths(paths) => paths.iter().any(|touched| is_within(path, touched)),
            Self::Everything => true,
        }
    }

    /// Whether a file may have changed, or anything in a folder of this path.
    #[must_use]
    pub fn reaches(&self, path: &str) -> bool {
        match self {
            Self::Paths(paths) => {
                let reaches =
                    |touched: &String| is_within(path, touched) || is_within(touched, path);
                paths.iter().any(reaches)
            }
            Self::Everything => true,
        }
    }

    /// Adds other files.
    pub fn extend(&mut self, other: Self) {
        *self = match (std::mem::take(self), other) {
            (Self::Paths(mut paths), Self::Paths(more)) => {
                paths.extend(more);
                Self::Paths(paths)
            }
            _ => Self::Everything,
        };
    }
}
