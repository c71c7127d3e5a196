//! Why a document was not inspected to its end.

/// Why a document was not inspected to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is larger than the limit.
    TooLarge,
    /// It unpacks to far more than a document holds, or has too many parts, or is nested too deeply.
    Bomb,
    /// It is encrypted.
    Locked,
    /// It is not of the type of its file name.
    AnotherType,
    /// It is malformed or truncated.
    Broken,
    /// Inspection took too long.
    TooSlow,
    /// This build of the program cannot read it.
    NoReader,
}

impl Refusal {
    /// The reason as a predicate of "this document".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::TooLarge => "is larger than 32 MB, and is not read",
            Self::Bomb => {
                "is packed so that it unpacks to far more than a document holds, and is not read"
            }
            Self::Locked => "is locked with a password, so what it carries cannot be checked",
            Self::AnotherType => "is not of the type that its name says",
            Self::Broken => "is broken, or breaks off, and cannot be read to its end",
            Self::TooSlow => "takes too long to read, and was given up",
            Self::NoReader => "cannot be read by this build of ksbfolio",
        }
    }

    /// The advice for the author.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::TooLarge => "make it smaller, or attach the pages that matter as pictures",
            Self::Locked => "save it without a password",
            Self::AnotherType => {
                "open it in the program that made it, and save it under the type that you mean"
            }
            Self::NoReader => "use a program that is built with the feature `documents`",
            Self::Bomb | Self::Broken | Self::TooSlow => {
                "open it in the program that made it, and save it under another name"
            }
        }
    }
}
