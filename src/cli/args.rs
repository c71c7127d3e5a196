//! What may be typed.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
#[cfg(feature = "terminal")]
use clap_complete::engine::ArgValueCompleter;
use jiff::civil::Date;

#[cfg(feature = "terminal")]
use super::completions;

mod deciding;

use crate::model::Word;
use crate::parse::dates::typed;
pub use deciding::{Assess, Decisions, DecisionsCommand};

/// Evidence portfolios for apprentices: checks coverage, builds an offline site.
#[derive(Debug, Parser)]
#[command(name = "ksbfolio", version, about, max_term_width = 100)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes, before or after its name.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Folder that holds portfolio/ (default: this one, or the nearest above it that does)
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Judge dates as on this day, YYYY-MM-DD (default: today)
    #[arg(long, global = true, value_name = "DATE", value_parser = typed)]
    pub as_of: Option<Date>,
    /// Only decisions signed by those whom this file allows count (default: as the portfolio says)
    #[arg(long, global = true, value_name = "FILE")]
    pub allowed_signers: Option<PathBuf>,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// Say only what was asked for
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

impl Global {
    /// Files that every command reads because they were named to it.
    pub fn files(&self) -> Vec<&Path> {
        self.allowed_signers.as_deref().into_iter().collect()
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a portfolio, or add a pipeline to one
    Init(Init),
    /// Begin an entry, with its stages and questions
    New(New),
    /// Decide about an entry: accept its claims, or send them back with feedback
    Assess(Assess),
    /// Look at decisions and their chain, and file those written elsewhere
    Decisions(Decisions),
    /// Build the site
    Build(Build),
    /// Show the site in a browser while you write
    Serve(Serve),
    /// Write the whole portfolio as one HTML file
    Pack(Pack),
    /// Find every problem in one run
    Check(Check),
    /// Show how far every criterion is evidenced, and why
    Coverage(Coverage),
    /// Show the off-the-job hours, and by which rules they are judged
    Hours(Hours),
    /// Put together what a progress review needs
    Review(Review),
    /// Draw what an internal quality assurer looks at again, and say what came of it
    Sample(Sample),
    /// Judge readiness for the gateway
    Gateway(Gateway),
    /// Explain a code, a rule or an entry
    Explain(Explain),
    /// Show what standards are known and where they come from
    Standards(Standards),
    /// Write a JSON Schema, by which editors complete keys and codes
    Schema(Schema),
    /// Write completions for a shell
    Completions(Completions),
}

/// Write a JSON Schema, by which editors complete keys and codes.
#[derive(Debug, Args)]
pub struct Schema {
    /// Which file's; without it, the names are listed
    #[arg(value_name = "FILE", value_parser = words::<crate::report::SchemaOf>())]
    pub of: Option<String>,
}

/// Write completions for a shell; codes and entries are completed too.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_parser = ["bash", "elvish", "fish", "powershell", "zsh"])]
    pub shell: String,
}

fn words<T: Word>() -> PossibleValuesParser {
    PossibleValuesParser::new(T::words())
}

/// Begin a portfolio, or add a pipeline to one. No file is ever overwritten.
#[derive(Debug, Args)]
pub struct Init {
    /// Folder (default: this one)
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Write a pipeline that checks, reports and keeps the site
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub ci: Option<CiService>,
    /// Where the pipeline takes the program from
    #[command(flatten)]
    pub pipeline: InPipeline,
    /// What the learner is called: a pseudonym or a reference is enough
    #[arg(long, value_name = "NAME")]
    pub learner: Option<String>,
    /// A standard to work towards, by its id; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub standard: Vec<String>,
    /// The first day of the programme, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub start: Option<Date>,
    /// The planned last day
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub end: Option<Date>,
}

/// Where a pipeline takes the program from.
#[derive(Debug, Args)]
pub struct InPipeline {
    /// With --ci: where it takes the program from, an https address or a path in the repository
    #[arg(long, value_name = "URL|PATH", requires = "ci", requires = "sha256")]
    pub program: Option<String>,
    /// With --program: the SHA-256 that it must have
    #[arg(long, value_name = "HEX", requires = "program")]
    pub sha256: Option<String>,
}

/// Begin an entry, with the stages and questions of its model. Asks for what is not given, on a terminal.
#[derive(Debug, Args)]
pub struct New {
    /// What it is about
    #[arg(value_name = "TITLE")]
    pub title: Vec<String>,
    /// What kind of evidence it is
    #[arg(long = "type", value_name = "TYPE", value_parser = words::<crate::model::EntryType>())]
    pub kind: Option<String>,
    /// Reflection model, by its id
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// Codes that it is to evidence
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    #[cfg_attr(feature = "terminal", arg(add = ArgValueCompleter::new(completions::codes)))]
    pub ksb: Vec<String>,
    /// The day it is written (default: today)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub date: Option<Date>,
    /// Open it in $VISUAL or $EDITOR
    #[arg(long)]
    pub open: bool,
}

/// Services that run pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CiService {
    /// `.github/workflows/portfolio.yml`
    Github,
    /// `.gitlab-ci.yml`
    Gitlab,
}

/// Build the site.
#[derive(Debug, Args)]
pub struct Build {
    /// For whom the site is
    #[arg(long, value_parser = words::<crate::model::Audience>(), default_value = "assessor")]
    pub audience: String,
    /// Where the site goes (default: output/ beside portfolio/)
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Theme (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Show the site in a browser while you write: it renews itself whenever a file is saved. Stop with Ctrl-C.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port on this machine; the next free one where it is in use
    #[arg(long, default_value_t = 8215, value_name = "N")]
    pub port: u16,
    /// Open the first page in the browser
    #[arg(long)]
    pub open: bool,
    /// For whom the site is; private shows your drafts too
    #[arg(long, value_parser = words::<crate::model::Audience>(), default_value = "private")]
    pub audience: String,
    /// Theme (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Write the whole portfolio, or a part of it, as one HTML file with pictures and styles inside.
#[derive(Debug, Args)]
pub struct Pack {
    /// Only this standard or unit, by its id
    #[arg(long, value_name = "ID", conflicts_with_all = ["group", "month"])]
    pub standard: Option<String>,
    /// Only this duty or outcome, as in "Duty 3"
    #[arg(long, value_name = "CODE", conflicts_with = "month")]
    pub group: Option<String>,
    /// Only what was written in this month, YYYY-MM
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    /// For whom it is
    #[arg(long, value_parser = words::<crate::model::Audience>(), default_value = "assessor")]
    pub audience: String,
    /// The file (default: standard output)
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Theme (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Find every problem in one run.
#[derive(Debug, Args)]
pub struct Check {
    /// Report on these files and folders alone (everything is loaded all the same)
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// Format of the report; several with as many --output
    #[arg(long, value_parser = PossibleValuesParser::new(super::reports::CHECK_FORMATS), action = ArgAction::Append)]
    pub format: Vec<String>,
    /// File for the report of the format at the same place (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// How strict (default: as in portfolio.yaml)
    #[arg(long, value_parser = words::<crate::model::Profile>())]
    pub profile: Option<String>,
    /// Lightest finding that makes the exit code 1
    #[arg(long, value_parser = ["error", "warning", "note"], default_value = "error")]
    pub fail_on: String,
    /// What the run is held against
    #[command(flatten)]
    pub ratchet: Ratchet,
    /// Look through the git history too, for pictures whose consent was withdrawn and entries that identify somebody
    #[arg(long)]
    pub history: bool,
    /// Say what the exit code would have been, and exit with 0
    #[arg(long)]
    pub reporting: bool,
    /// What is mended
    #[command(flatten)]
    pub mending: Mending,
}

/// What a run is held against.
#[derive(Debug, Args)]
pub struct Ratchet {
    /// Report only what is new or worse than in this file
    #[arg(long, value_name = "FILE", conflicts_with = "against")]
    pub baseline: Option<PathBuf>,
    /// Take what is fixed out of the baseline, and put in what --accept names; a missing file is begun
    #[arg(long, requires = "baseline")]
    pub update_baseline: bool,
    /// What --update-baseline may take in: all, a fingerprint, rule, subject, code or standard
    #[arg(long, value_name = "WHAT", requires = "update_baseline", action = ArgAction::Append)]
    pub accept: Vec<String>,
    /// Report only what is new or worse than at this revision of the git repository
    #[arg(long, value_name = "REV")]
    pub against: Option<String>,
}

/// What a run mends.
#[derive(Debug, Args)]
pub struct Mending {
    /// Mend what needs no judgement: spellings of codes and file names, codes tagged twice
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
}

/// Show how far every criterion is evidenced, and why.
#[derive(Debug, Args)]
pub struct Coverage {
    /// What to list by
    #[arg(long, value_parser = words::<crate::report::By>(), default_value = "criterion")]
    pub by: String,
    /// Format of the report; several with as many --output
    #[arg(long, value_parser = PossibleValuesParser::new(super::reports::COVERAGE_FORMATS), action = ArgAction::Append)]
    pub format: Vec<String>,
    /// File for the report of the format at the same place (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// Say what the exit code would have been, and exit with 0
    #[arg(long)]
    pub reporting: bool,
    /// Fail where fewer are evidenced: 69/72 for all together, st0215=69/72 for one standard
    #[arg(long, value_name = "N/M")]
    pub fail_under: Option<String>,
}

/// Show the off-the-job hours by month against the plan, and by which rules they are judged.
#[derive(Debug, Args)]
pub struct Hours {
    /// Format of the report; several with as many --output
    #[arg(long, value_parser = PossibleValuesParser::new(super::reports::HOURS_FORMATS), action = ArgAction::Append)]
    pub format: Vec<String>,
    /// File for the report of the format at the same place (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
}

/// Put together what a progress review needs: actions, training, hours, progress against the plan, decisions, concerns,
/// what to agree next, and space to sign.
#[derive(Debug, Args)]
pub struct Review {
    /// The first day (default: that of the last review in portfolio.yaml, or twelve weeks before the last day)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub since: Option<Date>,
    /// The last day (default: today, or --as-of)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub until: Option<Date>,
    /// Format of the document
    #[arg(long, value_parser = ["markdown", "html", "json"], default_value = "markdown")]
    pub format: String,
    /// The file (default: standard output)
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Theme of the HTML (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Draw what an internal quality assurer looks at again, and say what came of it.
///
/// A piece is what one assessor decided about one entry. The sample holds every candidate, assessor, method, type of
/// evidence, kind of record and site, then as many of each assessor's pieces as the plan asks for. The same decisions and
/// the same seed give the same sample on every machine.
#[derive(Debug, Args)]
#[command(after_long_help = SAMPLING)]
pub struct Sample {
    /// Folders of a cohort, each with a portfolio/ in it (default: the portfolio you stand in)
    #[arg(value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    /// The plan (default: portfolio/sampling.yaml, where one portfolio is sampled)
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// What the draw is made from (default: the plan's, or else the decisions themselves)
    #[arg(long, value_name = "TEXT")]
    pub seed: Option<String>,
    /// Draw so much of what each assessor decided, in per cent, rounded up
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub percent: Option<u8>,
    /// Draw so many pieces at least
    #[arg(long, value_name = "N")]
    pub size: Option<usize>,
    /// Format of the report; several with as many --output
    #[arg(long, value_parser = PossibleValuesParser::new(super::reports::SAMPLE_FORMATS), action = ArgAction::Append)]
    pub format: Vec<String>,
    /// File for the report of the format at the same place (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// Exit with 1 while a drawn piece is still to be looked at
    #[arg(long)]
    pub fail_unmet: bool,
}

const SAMPLING: &str = "\
How it is drawn, so that anybody can repeat it:
  1. Every piece gets a rank: the SHA-256 of the line `ksbfolio sample 1`, then of seed, candidate, entry and
     assessor, each as its length in bytes, a colon, its text and a comma. The lowest comes first:
       printf 'ksbfolio sample 1\\n1:7,4:AP-1,4:pain,4:AS-1,' | sha256sum
  2. While a value is in no drawn piece: the piece that brings in most missing values; of equals the lowest rank.
  3. For each assessor: by rank, until the plan's share of all, of interim and of summative pieces is drawn.
  4. With --size: by rank, until so many are drawn.
Without a seed it is made from the decisions, so that nobody can choose the sample without deciding otherwise.
A piece is summative where assessors have accepted all that its entry claims, and interim before that.";

/// Judge readiness for the gateway: everything that the standards ask for before the final assessment, as a checklist.
#[derive(Debug, Args)]
pub struct Gateway {
    /// Only this standard, by its id
    #[arg(long, value_name = "ID")]
    pub standard: Option<String>,
    /// Format of the checklist; several with as many --output
    #[arg(long, value_parser = PossibleValuesParser::new(super::reports::GATEWAY_FORMATS), action = ArgAction::Append)]
    pub format: Vec<String>,
    /// File for the checklist of the format at the same place (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// What makes the exit code 1: an item that is not met, or also one that is unknown
    #[arg(long, value_parser = ["not-met", "unknown"], default_value = "not-met")]
    pub fail_on: String,
    /// Write everything that is handed in to this folder, as a folder and as a zip
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Write the pack though something is not met: its cover page then says that it is a draft
    #[arg(long, requires = "pack")]
    pub anyway: bool,
    /// Theme of the pack (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME", requires = "pack")]
    pub theme: Option<String>,
}

/// Explain a code, a rule or an entry.
#[derive(Debug, Args)]
pub struct Explain {
    /// K7, st0215:K7, unknown-code, recognising-pain; entry:ID where a code has the same name
    #[arg(value_name = "RULE|CODE|ENTRY", required_unless_present = "all")]
    #[cfg_attr(feature = "terminal", arg(add = ArgValueCompleter::new(completions::anything)))]
    pub what: Option<String>,
    /// Every rule, as Markdown
    #[arg(long, conflicts_with = "what")]
    pub all: bool,
}

/// Show what standards are known and where they come from.
#[derive(Debug, Args)]
pub struct Standards {
    /// What to do (default: list)
    #[command(subcommand)]
    pub command: Option<StandardsCommand>,
}

/// What `standards` can do.
#[derive(Debug, Subcommand)]
pub enum StandardsCommand {
    /// A line for each
    List,
    /// One in full
    Show {
        /// Its id, as in st0215
        id: String,
    },
    /// Find every problem in a standard's file
    Check {
        /// The file
        file: PathBuf,
    },
}
