//! The result of checking a hand-in, as text and JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::json::to_pretty_json;
use crate::privacy::mask_path;
use crate::text::counted;

/// One way in which a hand-in is not as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// The word in JSON.
    pub kind: &'static str,
    /// The file.
    pub path: String,
    /// The problem, behind the path.
    pub words: String,
}

impl PackProblem {
    /// A problem of a file.
    #[must_use]
    pub fn new(kind: &'static str, path: &str, words: impl Into<String>) -> Self {
        Self {
            kind,
            path: mask_path(path).0,
            words: words.into(),
        }
    }

    /// The problem in the documents of `verify`.
    pub(super) fn json(&self) -> Value {
        json!({ "kind": self.kind, "file": self.path, "message": self.words })
    }
}

/// The signature over the checksums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackSignature {
    /// There is none.
    Missing,
    /// It fits, and the signers are not known.
    Unknown {
        /// The fingerprint of its key.
        key: String,
    },
    /// It is by a known signer.
    Good {
        /// The fingerprint of its key.
        key: String,
        /// The signer.
        by: String,
    },
    /// It is not valid, for a reason.
    Flawed(String),
}

impl PackSignature {
    /// The state, behind "SHA256SUMS".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Missing => "is not signed: a changed file could have a new sum".to_owned(),
            Self::Unknown { key } => {
                format!("is signed with {key}; --signers FILE checks whose key that is")
            }
            Self::Good { key, by } => format!("is signed by {by} ({key})"),
            Self::Flawed(why) => format!("has no good signature: {why}"),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Missing => "none",
            Self::Unknown { .. } => "not-verified",
            Self::Good { .. } => "good",
            Self::Flawed(_) => "flawed",
        }
    }
}

/// A hand-in, checked.
#[derive(Clone, Debug)]
pub struct VerifiedPack {
    /// The number of files that were handed in.
    pub files: usize,
    /// The number of decision files in it.
    pub decisions: usize,
    /// The signature over the checksums.
    pub signature: PackSignature,
    /// All problems.
    pub problems: Vec<PackProblem>,
}

impl VerifiedPack {
    /// Whether it is as it was handed in, as far as can be checked.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.problems.is_empty() && !matches!(self.signature, PackSignature::Flawed(_))
    }

    /// Text for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for problem in &self.problems {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(out, "WRONG  {} {}", problem.path, problem.words);
        }
        let files = counted(self.files, "file");
        let _ = match (self.holds(), self.problems.len()) {
            (true, _) => writeln!(
                out,
                "As handed in: {files}, {}.",
                counted(self.decisions, "decision file")
            ),
            (false, 0) => writeln!(out, "NOT as handed in."),
            (false, number) => writeln!(out, "NOT as handed in: {}.", counted(number, "problem")),
        };
        let _ = writeln!(out, "SHA256SUMS {}.", self.signature.words());
        out
    }

    /// The document of `verify --format json`.
    #[must_use]
    pub fn json(&self) -> String {
        let (key, by) = match &self.signature {
            PackSignature::Good { key, by } => (Some(key), Some(by)),
            PackSignature::Unknown { key } => (Some(key), None),
            PackSignature::Missing | PackSignature::Flawed(_) => (None, None),
        };
        let problems: Vec<Value> = self.problems.iter().map(PackProblem::json).collect();
        to_pretty_json(&json!({
            "version": 1,
            "holds": self.holds(),
            "files": self.files,
            "decisions": self.decisions,
            "signature": { "state": self.signature.word(), "key": key, "by": by },
            "problems": problems,
        }))
    }
}
