//! Arguments of `standards`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand};

use super::word;
use crate::cli::formats::GatewayFormat;

/// Show the known standards and their sources.
#[derive(Debug, Args)]
pub struct Standards {
    /// What to do (default: list)
    #[command(subcommand)]
    pub command: Option<StandardsCommand>,
}

/// Commands of `standards`.
#[derive(Debug, Subcommand)]
pub enum StandardsCommand {
    /// List the standards
    List,
    /// Show one in full
    Show {
        /// Its id, as in st0215
        id: String,
    },
    /// Find every problem in the file of a standard
    Check {
        /// The file
        file: PathBuf,
    },
    /// Record the wording of the portfolio's standards in portfolio/standards.lock
    ///
    /// Decision files name the wording that they were made under, and `init` and `assess` record
    /// it. A statement that has other words later makes acceptances lapse.
    Lock,
    /// Show what became of each statement between two versions of a standard
    Diff(StandardsDiff),
    /// Make a standard of Skills England's JSON or of a spreadsheet
    ///
    /// Reads the feed of standards and the occupational maps (JSON), workbooks (.xlsx) and CSV, and
    /// writes standards/ID.yaml. What the file does not say is `unknown`. If a row cannot be read,
    /// every such row is reported and nothing is written. A standard that is known already is
    /// compared, and replaced only with --replace.
    Import(StandardsImport),
}

/// Make a standard of Skills England's JSON or of a spreadsheet.
#[derive(Debug, Args)]
pub struct StandardsImport {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The standard that is meant, if the file has several or names none: "ST0215 1.1"
    #[arg(long, value_name = "REFERENCE")]
    pub standard: Option<String>,
    /// File for the standard (default: standards/ID.yaml in the portfolio's folder)
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Put the next version of a standard in the place of the one before, with a map between the two
    #[arg(long, conflicts_with = "output")]
    pub replace: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Show what became of each statement between two versions of a standard.
#[derive(Debug, Args)]
pub struct StandardsDiff {
    /// The old version: a file, an id, or a digest from portfolio/standards.lock
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The new version
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Format of the report; may be given several times, with as many --output
    #[arg(long, value_parser = word::<GatewayFormat>(), action = ArgAction::Append)]
    pub format: Vec<GatewayFormat>,
    /// File for the report of the format in the same position (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// Write a map to standards/maps, through which decisions about the old version are read
    #[arg(long)]
    pub init_map: bool,
}
