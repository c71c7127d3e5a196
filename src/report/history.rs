//! What the git history says of a chain of decisions, for people and programs.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::privacy::shown_path;

/// How much of the git history was there to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it, from the checked-out commit back to the first.
    Complete,
    /// A part, as in a shallow clone.
    Shallow,
    /// There is none: no repository, or no commit yet.
    None,
    /// There is one that could not be read, for this reason.
    Unreadable(String),
}

/// A decision file that is in the history and not among those of today.
#[derive(Clone, Debug)]
pub struct LostFile {
    /// Its digest.
    pub digest: String,
    /// Where it was.
    pub path: String,
    /// A commit that has it.
    pub commit: String,
    /// Whether a file of that name is still there, and says something else now.
    pub changed: bool,
}

/// The chain held against the git history.
#[derive(Clone, Debug)]
pub struct LookBack {
    /// How far the history reaches.
    pub reach: Reach,
    /// Whether it must be complete.
    pub required: bool,
    /// Decision files that it has and the folder has no longer.
    pub lost: Vec<LostFile>,
    /// Decision files that only other branches have: work that is not merged yet, or was dropped.
    pub elsewhere: Vec<LostFile>,
}

impl LookBack {
    /// Whether every committed decision file is still there.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lost.is_empty()
    }

    /// Whether as much was looked at as was asked for. A history that cannot be read could hide anything.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        match self.reach {
            Reach::Complete => true,
            Reach::Shallow | Reach::None => !self.required,
            Reach::Unreadable(_) => false,
        }
    }

    /// A block for each lost file.
    pub(super) fn lost_text(&self) -> String {
        let mut out = String::new();
        for file in &self.lost {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "LOST   {}\n       {}", file.shown(), file.digest);
            let _ = writeln!(
                out,
                "       was committed and {}; restore it: {}",
                file.what(),
                file.command()
            );
        }
        out
    }

    /// What other branches hold, and how far the history reaches.
    pub(super) fn reach_text(&self) -> String {
        let other = self.elsewhere.iter().map(|file| {
            format!(
                "{} is only on another branch; to see it: {}\n",
                file.shown(),
                file.command()
            )
        });
        let other: String = other.collect();
        let why = self
            .reason()
            .map_or_else(String::new, |reason| format!(" ({reason})"));
        format!("{other}history: {}{why}\n", self.word())
    }

    fn word(&self) -> &'static str {
        match self.reach {
            Reach::Complete => "complete",
            Reach::Shallow => "shallow",
            Reach::None | Reach::Unreadable(_) => "none",
        }
    }

    fn reason(&self) -> Option<String> {
        match &self.reach {
            Reach::Complete => None,
            Reach::Shallow => {
                Some("only part of it is here; fetch the rest: git fetch --unshallow".to_owned())
            }
            Reach::None => Some("there is no git repository with a commit here".to_owned()),
            Reach::Unreadable(reason) => Some(format!("it cannot be read: {reason}")),
        }
    }

    /// The keys of a JSON document.
    pub(super) fn json(&self) -> [(&'static str, Value); 4] {
        let elsewhere = |file: &LostFile| json!({ "file": file.shown(), "digest": file.digest, "commit": file.commit });
        let lost = |file: &LostFile| {
            json!({
                "file": file.shown(),
                "digest": file.digest,
                "commit": file.commit,
                "change": if file.changed { "changed" } else { "removed" },
            })
        };
        [
            ("history", json!(self.word())),
            ("history_reason", json!(self.reason())),
            ("lost", self.lost.iter().map(lost).collect()),
            ("elsewhere", self.elsewhere.iter().map(elsewhere).collect()),
        ]
    }
}

impl LostFile {
    /// What happened to it.
    pub(super) fn what(&self) -> &'static str {
        if self.changed {
            "was changed since"
        } else {
            "was removed"
        }
    }

    /// Its path without what identifies somebody.
    pub(super) fn shown(&self) -> String {
        shown_path(&self.path).0
    }

    /// The command that shows it as it was; where its name must not be shown, the commit that has it.
    pub(super) fn command(&self) -> String {
        let commit = self.commit.get(..10).unwrap_or(&self.commit);
        if self.shown() == self.path {
            format!("git show {commit}:./{}", self.path)
        } else {
            format!("git ls-tree -r {commit} portfolio/decisions")
        }
    }
}
