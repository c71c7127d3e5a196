//! The error type of the engine.

use std::fmt;

use crate::render::ThemeError;
use crate::store::{CommitError, StoreError};

/// Why the engine could not do what it was asked. Mistakes in a portfolio are findings, not errors.
#[derive(Debug)]
pub enum EngineError {
    /// A file or a program could not be used.
    Store(StoreError),
    /// A theme does not render.
    Theme(ThemeError),
    /// The request does not fit the portfolio. Nothing was written.
    Refused {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
}

impl EngineError {
    /// A refusal: what is wrong, and what to do.
    pub fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused {
            message: message.into(),
            help: help.into(),
        }
    }

    /// What to do; `None` if the message says it all.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Refused { help, .. } => Some(help),
            Self::Store(_) | Self::Theme(_) => None,
        }
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Theme(error) => error.fmt(f),
            Self::Refused { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for EngineError {}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CommitError> for EngineError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Store(error) => Self::Store(error),
            CommitError::Conflict(conflict) => Self::refused(
                conflict.to_string(),
                "look at it, and try again; nothing was written",
            ),
        }
    }
}

impl From<ThemeError> for EngineError {
    fn from(error: ThemeError) -> Self {
        Self::Theme(error)
    }
}
