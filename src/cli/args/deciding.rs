//! Arguments of commands about decisions.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
#[cfg(feature = "terminal")]
use clap_complete::engine::ArgValueCompleter;
use jiff::civil::Date;

use super::word;
#[cfg(feature = "terminal")]
use crate::cli::complete;
use crate::cli::formats::DataFormat;
use crate::model::Role;
use crate::parse::dates::typed;

/// Decide about an entry: accept its claims, or send them back with feedback. Asks for what is
/// missing, on a terminal.
///
/// Writes one new file in portfolio/decisions, which names the one before it. Decision files are
/// never changed.
#[derive(Debug, Args)]
pub struct Assess {
    /// The entry, by its id
    #[arg(value_name = "ENTRY")]
    #[cfg_attr(feature = "terminal", arg(add = ArgValueCompleter::new(complete::anything)))]
    pub entry: String,
    /// The assessor: a reference, never a name
    #[arg(long = "as", value_name = "ID")]
    pub assessor: Option<String>,
    /// The role: assessors decide, an iqa may overturn, tutors and employers comment
    #[arg(long, value_parser = word::<Role>(), default_value = "assessor")]
    pub role: Role,
    /// Verdicts
    #[command(flatten)]
    pub verdicts: Verdicts,
    /// Rules of evidence
    #[command(flatten)]
    pub evidence: EvidenceArgs,
    /// Feedback
    #[command(flatten)]
    pub feedback: ForLearner,
    /// The day of the decision (default: today)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub date: Option<Date>,
    /// Accept again what was accepted before the entry changed: same claims, same assessor
    #[arg(long, conflicts_with_all = ["accept", "partly", "refer", "vacsr", "failed"])]
    pub again: bool,
    /// Sign with this ssh key (a .pub if an agent holds it)
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// Show the file, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Verdicts on claims.
#[derive(Debug, Args)]
pub struct Verdicts {
    /// Accepted claims, by code; `all` for every claim that is not named otherwise
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub accept: Vec<String>,
    /// Partly accepted claims
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub partly: Vec<String>,
    /// Claims sent back to the learner
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub refer: Vec<String>,
}

/// The rules of evidence.
#[derive(Debug, Args)]
pub struct EvidenceArgs {
    /// All five rules of evidence are met: valid, authentic, current, sufficient, reliable
    #[arg(long)]
    pub vacsr: bool,
    /// A rule that evidence sent back does not meet, while it meets the others; may be given
    /// several times
    #[arg(long = "not", value_name = "RULE", value_delimiter = ',',
        value_parser = PossibleValuesParser::new(["valid", "authentic", "current", "sufficient", "reliable"]))]
    pub failed: Vec<String>,
    /// The same as --not sufficient
    #[arg(long)]
    pub not_sufficient: bool,
}

/// Feedback for the learner.
#[derive(Debug, Args)]
pub struct ForLearner {
    /// Feedback in Markdown
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["feedback_file", "open"])]
    pub feedback: Option<String>,
    /// A file with feedback; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "open")]
    pub feedback_file: Option<PathBuf>,
    /// Write feedback in $VISUAL or $EDITOR
    #[arg(long)]
    pub open: bool,
}

/// Look at decisions and their chain, and file decisions written elsewhere.
#[derive(Debug, Args)]
pub struct Decisions {
    /// What to do (default: list)
    #[command(subcommand)]
    pub command: Option<DecisionsCommand>,
}

/// Commands of `decisions`.
#[derive(Debug, Subcommand)]
pub enum DecisionsCommand {
    /// List decision files, in the order of the chain
    List,
    /// Check that no decision was changed, removed or inserted, and that signatures are valid
    ///
    /// Every decision file in the git history of the checked-out commit must still be there,
    /// unchanged.
    Verify {
        /// The digest of the last decision file, kept elsewhere: the chain alone cannot show that
        /// its last file is gone. Once for each end
        #[arg(long = "head", value_name = "sha256:…")]
        heads: Vec<String>,
        /// The digest of a decision file, kept elsewhere: it has to be in the chain, and more may
        /// follow it. Can be given several times
        #[arg(long, value_name = "sha256:…")]
        contains: Vec<String>,
        /// Fail if the whole git history is not available
        #[arg(long)]
        require_history: bool,
        /// Format of the report
        #[arg(long, value_parser = word::<DataFormat>(), default_value = "text")]
        format: DataFormat,
    },
    /// Join the ends of a chain that people continued at the same time, without a verdict
    Join {
        /// Who joins them: a reference, never a name
        #[arg(long = "as", value_name = "ID")]
        author: String,
        /// The role
        #[arg(long, value_parser = word::<Role>(), default_value = "assessor")]
        role: Role,
        /// Sign with this private key, through ssh-keygen
        #[arg(long, value_name = "KEY")]
        sign: Option<PathBuf>,
    },
    /// File decisions written elsewhere, such as in the browser
    Import {
        /// The files, in the order to file them in; - for standard input. A signature is taken from
        /// FILE.sig
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Continue from the end of the chain, whatever the file names; only without a signature
        #[arg(long)]
        rechain: bool,
    },
}
