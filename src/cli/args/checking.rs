//! Arguments of `check`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args};

use super::word;
use crate::cli::formats::CheckFormat;
use crate::diagnostic::Level;
use crate::model::Profile;

/// Parses the level of a finding.
fn level() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(["error", "warning", "note"]).try_map(|typed| {
        let mut levels = Level::ALL.into_iter();
        let found = levels.find(|level| level.word() == typed);
        found.ok_or_else(|| format!("`{typed}` is unknown"))
    })
}

/// Find every problem in one run.
#[derive(Debug, Args)]
pub struct Check {
    /// Report only on these files and folders (everything is loaded all the same)
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// Format of the report; may be given several times, with as many --output
    #[arg(long, value_parser = word::<CheckFormat>(), action = ArgAction::Append)]
    pub format: Vec<CheckFormat>,
    /// File for the report of the format in the same position (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// Strictness (default: as in portfolio.yaml)
    #[arg(long, value_parser = word::<Profile>())]
    pub profile: Option<Profile>,
    /// Lowest level of a finding that makes the exit code 1
    #[arg(long, value_parser = level(), default_value = "error")]
    pub fail_on: Level,
    /// What the run is compared with
    #[command(flatten)]
    pub ratchet: Ratchet,
    /// Search the git history too, for pictures whose consent was withdrawn and entries that
    /// identify a person
    #[arg(long)]
    pub history: bool,
    /// Print the exit code that there would have been, and exit with 0
    #[arg(long)]
    pub reporting: bool,
    /// Fixes
    #[command(flatten)]
    pub mending: Mending,
}

/// The earlier state that a run is compared with.
#[derive(Debug, Args)]
pub struct Ratchet {
    /// Report only findings that are new or worse than in this file
    #[arg(long, value_name = "FILE", conflicts_with = "against")]
    pub baseline: Option<PathBuf>,
    /// Remove fixed findings from the baseline, and add those named with --accept; a missing file
    /// is created
    #[arg(long, requires = "baseline")]
    pub update_baseline: bool,
    /// Findings that --update-baseline may add: all, a fingerprint, rule, subject, code or standard
    #[arg(long, value_name = "WHAT", requires = "update_baseline", action = ArgAction::Append)]
    pub accept: Vec<String>,
    /// Report only findings that are new or worse than at this git revision
    #[arg(long, value_name = "REV")]
    pub against: Option<String>,
}

/// Fixes.
#[derive(Debug, Args)]
pub struct Mending {
    /// Fix what needs no judgement: spellings of codes and file names, codes tagged twice
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
}
