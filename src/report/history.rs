//! The comparison of the decision chain with the git history, as text and JSON.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::privacy::mask_path;

/// The part of the git history that was available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryReach {
    /// All commits from the checked-out one back to the first.
    Complete,
    /// Only part of it, as in a shallow clone.
    Shallow,
    /// No repository, or no commit yet.
    None,
    /// The repository could not be read, for this reason.
    Unreadable(String),
}

/// A committed decision file that is not in the folder.
#[derive(Clone, Debug)]
pub struct LostFile {
    /// The digest.
    pub digest: String,
    /// The path in the commit.
    pub path: String,
    /// A commit that contains it.
    pub commit: String,
    /// Whether a file at the same path exists with other contents.
    pub changed: bool,
}

/// A decision file that is dated long before git has it.
#[derive(Clone, Debug)]
pub struct LateFile {
    /// Its path.
    pub path: String,
    /// The day that it names.
    pub date: Date,
    /// The day of the first commit that has it.
    pub committed: Date,
}

/// The chain compared with the git history.
#[derive(Clone, Debug)]
pub struct HistoryCheck {
    /// The available part of the history.
    pub reach: HistoryReach,
    /// Whether a complete history is required.
    pub required: bool,
    /// Decision files that are no longer in the folder.
    pub lost: Vec<LostFile>,
    /// Decision files on other branches only: not merged yet, or dropped.
    pub elsewhere: Vec<LostFile>,
    /// Decision files that were committed more than a week after the day they name.
    pub late: Vec<LateFile>,
}

impl HistoryCheck {
    /// Whether every committed decision file is still in the folder.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lost.is_empty()
    }

    /// Whether the available history suffices. An unreadable history never does.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        match self.reach {
            HistoryReach::Complete => true,
            HistoryReach::Shallow | HistoryReach::None => !self.required,
            HistoryReach::Unreadable(_) => false,
        }
    }

    /// Text for each lost file.
    pub(super) fn lost_text(&self) -> String {
        let mut out = String::new();
        for file in &self.lost {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "LOST   {}\n       {}", file.shown(), file.digest);
            let _ = writeln!(
                out,
                "       was committed and {}; restore it: {}",
                file.change(),
                file.command()
            );
        }
        out
    }

    /// Text for each file that was committed long after its day.
    pub(super) fn late_text(&self) -> String {
        let line = |file: &LateFile| {
            format!(
                "LATE   {}\n       is dated {}, and was first committed on {}\n",
                mask_path(&file.path).0,
                file.date,
                file.committed
            )
        };
        self.late.iter().map(line).collect()
    }

    /// Text about other branches and the available history.
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
            HistoryReach::Complete => "complete",
            HistoryReach::Shallow => "shallow",
            HistoryReach::None | HistoryReach::Unreadable(_) => "none",
        }
    }

    fn reason(&self) -> Option<String> {
        match &self.reach {
            HistoryReach::Complete => None,
            HistoryReach::Shallow => {
                Some("only part of it is here; fetch the rest: git fetch --unshallow".to_owned())
            }
            HistoryReach::None => Some("there is no git repository with a commit here".to_owned()),
            HistoryReach::Unreadable(reason) => Some(format!("it cannot be read: {reason}")),
        }
    }

    /// Keys and values for a JSON document.
    pub(super) fn json(&self) -> [(&'static str, Value); 5] {
        let elsewhere = |file: &LostFile| {
            json!({
                "file": file.shown(),
                "digest": file.digest,
                "commit": file.commit,
            })
        };
        let lost = |file: &LostFile| {
            json!({
                "file": file.shown(),
                "digest": file.digest,
                "commit": file.commit,
                "change": if file.changed { "changed" } else { "removed" },
            })
        };
        let late = |file: &LateFile| {
            json!({
                "file": mask_path(&file.path).0,
                "date": file.date.to_string(),
                "committed": file.committed.to_string(),
            })
        };
        [
            ("history", json!(self.word())),
            ("history_reason", json!(self.reason())),
            ("lost", self.lost.iter().map(lost).collect()),
            ("elsewhere", self.elsewhere.iter().map(elsewhere).collect()),
            ("late", self.late.iter().map(late).collect()),
        ]
    }
}

impl LostFile {
    /// What happened to it, in words.
    pub(super) fn change(&self) -> &'static str {
        if self.changed {
            "was changed since"
        } else {
            "was removed"
        }
    }

    /// The path with identifiers masked.
    pub(super) fn shown(&self) -> String {
        mask_path(&self.path).0
    }

    /// A git command that shows the file or, if its name is masked, lists the commit.
    pub(super) fn command(&self) -> String {
        let commit = self.commit.get(..10).unwrap_or(&self.commit);
        if self.shown() == self.path {
            format!("git show {commit}:./{}", self.path)
        } else {
            format!("git ls-tree -r {commit} portfolio/decisions")
        }
    }
}
