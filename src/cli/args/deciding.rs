//! What may be typed by those who decide.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
#[cfg(feature = "terminal")]
use clap_complete::engine::ArgValueCompleter;
use jiff::civil::Date;

use super::words;
#[cfg(feature = "terminal")]
use crate::cli::completions;
use crate::parse::dates::typed;

/// Decide about an entry: accept its claims, or send them back with feedback. Asks for what is not given, on a terminal.
///
/// Writes one new file in portfolio/decisions, which names the one before it; none is ever changed.
#[derive(Debug, Args)]
pub struct Assess {
    /// The entry, by its id
    #[arg(value_name = "ENTRY")]
    #[cfg_attr(feature = "terminal", arg(add = ArgValueCompleter::new(completions::anything)))]
    pub entry: String,
    /// Who decides: a reference, never a name
    #[arg(long = "as", value_name = "ID")]
    pub assessor: Option<String>,
    /// In which role: assessors decide, an iqa may overturn, tutors and employers comment
    #[arg(long, value_parser = words::<crate::model::Role>(), default_value = "assessor")]
    pub role: String,
    /// What is decided about which claims
    #[command(flatten)]
    pub verdicts: Verdicts,
    /// How the rules of evidence are met
    #[command(flatten)]
    pub evidence: Evidence,
    /// What the learner is to know
    #[command(flatten)]
    pub feedback: ForLearner,
    /// The day of the decision (default: today)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub date: Option<Date>,
    /// Accept again what was accepted before the entry changed: the same claims, by the same assessor
    #[arg(long, conflicts_with_all = ["accept", "partly", "refer", "vacsr", "failed"])]
    pub again: bool,
    /// Sign with this ssh key (a .pub where an agent holds it)
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What is decided about which claims.
#[derive(Debug, Args)]
pub struct Verdicts {
    /// Claims that are accepted, by code; `all` for every one that is not named otherwise
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub accept: Vec<String>,
    /// Claims that are accepted in part
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub partly: Vec<String>,
    /// Claims that go back to the learner
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub refer: Vec<String>,
}

/// How the rules of evidence are met.
#[derive(Debug, Args)]
pub struct Evidence {
    /// All five rules of evidence are met: valid, authentic, current, sufficient, reliable
    #[arg(long)]
    pub vacsr: bool,
    /// This rule is not met by what is sent back, and the others are; may be given several times
    #[arg(long = "not", value_name = "RULE", value_delimiter = ',',
        value_parser = PossibleValuesParser::new(["valid", "authentic", "current", "sufficient", "reliable"]))]
    pub failed: Vec<String>,
    /// The same as --not sufficient
    #[arg(long)]
    pub not_sufficient: bool,
}

/// What the learner is to know.
#[derive(Debug, Args)]
pub struct ForLearner {
    /// Feedback in Markdown
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["feedback_file", "open"])]
    pub feedback: Option<String>,
    /// A file that holds it; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "open")]
    pub feedback_file: Option<PathBuf>,
    /// Write it in $VISUAL or $EDITOR
    #[arg(long)]
    pub open: bool,
}

/// Look at decisions and their chain, and file those that were written elsewhere.
#[derive(Debug, Args)]
pub struct Decisions {
    /// What to do (default: list)
    #[command(subcommand)]
    pub command: Option<DecisionsCommand>,
}

/// What `decisions` can do.
#[derive(Debug, Subcommand)]
pub enum DecisionsCommand {
    /// A line for each file, in the order of the chain
    List,
    /// Check that no decision was changed, removed or put in, and that signatures hold
    ///
    /// Every decision file that the git history of the checked-out commit holds must still be there as it was.
    Verify {
        /// The digest at which the chain must end, kept from before: the chain alone cannot show that its last file is gone
        #[arg(long, value_name = "sha256:…")]
        head: Option<String>,
        /// Fail where the whole git history is not there to look at
        #[arg(long)]
        require_history: bool,
        /// The form of the report
        #[arg(long, value_parser = ["text", "json"], default_value = "text")]
        format: String,
    },
    /// File decisions that were written elsewhere, as in the browser
    Import {
        /// The files, in the order in which they are filed; - for standard input. A signature is taken from FILE.sig
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Where the chain has grown since, continue from its end; only for files without a signature. Not needed where
        /// all that was filed since is by the same assessor and about other entries
        #[arg(long)]
        rechain: bool,
    },
}
