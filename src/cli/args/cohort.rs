//! Arguments of `cohort`.

use std::path::PathBuf;

use clap::{ArgAction, Args};

use super::word;
use crate::cli::formats::CohortFormat;
use crate::report::DataProfile;

/// Show who of many learners needs help, and why: act today, waiting for an assessor, near the
/// gateway, then every learner.
///
/// Every folder has a row, also one in which no portfolio can be judged; the exit code is then 1.
/// Colours come from rules with thresholds, and each has its reasons. Unknown is never green.
#[derive(Debug, Args)]
pub struct CohortArgs {
    /// Folders, each with a portfolio/ in it
    #[arg(value_name = "DIR", required_unless_present = "roots")]
    pub dirs: Vec<PathBuf>,
    /// A file with further folders, one on each line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub roots: Option<PathBuf>,
    /// The plan of the cohort: tutors, assessors, sites, and rules for colours (default: built-in
    /// rules)
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// A file with a secret: names and references are replaced by keyed pseudonyms (HMAC-SHA-256)
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// With --format jsonl: how much can be seen (default: internal)
    #[arg(long, value_parser = word::<DataProfile>(), requires = "key")]
    pub profile: Option<DataProfile>,
    /// Format of the report; jsonl is a dataset, alone and with --key; may be given several times, with as many --output
    #[arg(long, value_parser = word::<CohortFormat>(), action = ArgAction::Append)]
    pub format: Vec<CohortFormat>,
    /// File for the report of the format in the same position; for jsonl a new folder (default:
    /// standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
}
