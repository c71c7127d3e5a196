//! Command-line arguments.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
#[cfg(feature = "terminal")]
use clap_complete::engine::ArgValueCompleter;
use jiff::civil::Date;

#[cfg(feature = "terminal")]
use super::complete;

mod checking;
mod cohort;
mod dates;
mod deciding;
mod examples;
mod importing;
mod standards;

use super::formats::{CoverageFormat, DataFormat, GatewayFormat, ReviewFormat, TableFormat};
use crate::model::{Audience, EntryType, Word};
use crate::parse::dates::typed;
use crate::report::{By, SchemaOf};
pub(super) use checking::Check;
pub(super) use cohort::CohortArgs;
pub(super) use dates::dates_in_words;
pub(super) use deciding::{Assess, Decisions, DecisionsCommand};
pub(super) use examples::with_examples;
pub(super) use importing::Import;
pub(super) use standards::{Standards, StandardsCommand, StandardsDiff, StandardsImport};

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
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Folder that holds portfolio/ (default: this one, or the nearest above it that does)
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Judge dates as on this day, YYYY-MM-DD (default: today)
    #[arg(long, global = true, value_name = "DATE", value_parser = typed)]
    pub as_of: Option<Date>,
    /// An allowed signers file: only decisions signed by its keys count (default: the portfolio's
    /// own)
    #[arg(long, visible_alias = "signers", global = true, value_name = "FILE")]
    pub allowed_signers: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// Print only the result
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

impl Global {
    /// Files that every command reads because they are named as arguments.
    pub fn files(&self) -> Vec<&Path> {
        self.allowed_signers.as_deref().into_iter().collect()
    }
}

/// When to use colour.
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
    /// Begin an entry, with the stages and questions of its model
    New(New),
    /// Make entries of Word, OpenDocument, Markdown and text files
    Import(Import),
    /// Read an entry for what identifies people, and record that you did
    Read(Read),
    /// Decide about an entry: accept its claims, or send them back with feedback
    Assess(Assess),
    /// Look at decisions and their chain, and file decisions written elsewhere
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
    Coverage(CoverageArgs),
    /// Show the off-the-job hours, and the rules they are judged by
    Hours(HoursArgs),
    /// Write the document for a progress review
    Review(ReviewArgs),
    /// Draw the sample for internal quality assurance
    Sample(SampleArgs),
    /// Show who of many learners needs help, and why
    Cohort(CohortArgs),
    /// Judge readiness for the gateway
    Gateway(Gateway),
    /// Check that a hand-in, or a page with the program, is as it was made
    Verify(Verify),
    /// Explain a code, a rule or an entry
    Explain(Explain),
    /// Show, check and record the known standards
    Standards(Standards),
    /// Write a JSON Schema, which lets editors complete keys and codes
    Schema(Schema),
    /// Write completions for a shell
    Completions(Completions),
}

/// Write a JSON Schema, which lets editors complete keys and codes.
#[derive(Debug, Args)]
pub struct Schema {
    /// The kind of file; without it, the kinds are listed
    #[arg(value_name = "FILE", value_parser = word::<SchemaOf>())]
    pub of: Option<SchemaOf>,
}

/// Write completions for a shell, with the portfolio's codes and entries.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_parser = ["bash", "elvish", "fish", "powershell", "zsh"])]
    pub shell: String,
}

/// Parses one of the words of `T`.
fn word<T: Word + Send + Sync>() -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(T::words())
        .try_map(|typed| T::from_word(&typed).ok_or_else(|| format!("`{typed}` is unknown")))
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
    /// The source of the program
    #[command(flatten)]
    pub pipeline: InPipeline,
    /// The learner's name on pages: a pseudonym or a reference is enough
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

/// The source of the program in a pipeline.
#[derive(Debug, Args)]
pub struct InPipeline {
    /// With --ci: an archive (.tar.gz), a wheel (.whl) or the program, for Linux, as an https address
    /// or a path in the repository
    #[arg(long, value_name = "URL|PATH", requires = "ci", requires = "sha256")]
    pub program: Option<String>,
    /// With --program: its SHA-256
    #[arg(long, value_name = "HEX", requires = "program")]
    pub sha256: Option<String>,
}

/// Begin an entry, with the stages and questions of its model. Asks for what is missing, on a
/// terminal.
#[derive(Debug, Args)]
pub struct New {
    /// The subject of the entry
    #[arg(value_name = "TITLE")]
    pub title: Vec<String>,
    /// The type of evidence
    #[arg(long = "type", value_name = "TYPE", value_parser = word::<EntryType>())]
    pub kind: Option<EntryType>,
    /// Reflection model, by its id
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// Codes that it will evidence
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    #[cfg_attr(feature = "terminal", arg(add = ArgValueCompleter::new(complete::codes)))]
    pub ksb: Vec<String>,
    /// The date of writing (default: today)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub date: Option<Date>,
    /// Open it in $VISUAL or $EDITOR, or else in the program for texts
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
    /// `.forgejo/workflows/portfolio.yml`
    Forgejo,
}

/// Build the site.
#[derive(Debug, Args)]
pub struct Build {
    /// The audience of the site
    #[arg(long, value_parser = word::<Audience>(), default_value = "assessor")]
    pub audience: Audience,
    /// The output folder (default: output/ beside portfolio/)
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Theme (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Show the site in a browser while you write. It reloads when a file is saved. Stop with Ctrl-C.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port on this machine; the next free one if it is in use
    #[arg(long, default_value_t = 8215, value_name = "N")]
    pub port: u16,
    /// Open the first page in the browser
    #[arg(long)]
    pub open: bool,
    /// The audience of the site; private shows your drafts too
    #[arg(long, value_parser = word::<Audience>(), default_value = "private")]
    pub audience: Audience,
    /// Theme (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Write the whole portfolio, or a part of it, as one HTML file with pictures and styles inside.
#[derive(Debug, Args)]
pub struct Pack {
    /// Put the site, its sources and the program into one file that checks itself: FILE is the
    /// ksbfolio.html of this version
    #[arg(long, value_name = "FILE", conflicts_with_all = ["standard", "group", "month", "audience", "theme"])]
    pub with_program: Option<PathBuf>,
    /// Only this standard or unit, by its id
    #[arg(long, value_name = "ID", conflicts_with_all = ["group", "month"])]
    pub standard: Option<String>,
    /// Only this duty or outcome, as in "Duty 3"
    #[arg(long, value_name = "CODE", conflicts_with = "month")]
    pub group: Option<String>,
    /// Only entries of this month, YYYY-MM
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    /// The audience
    #[arg(long, value_parser = word::<Audience>(), default_value = "assessor")]
    pub audience: Audience,
    /// The file (default: standard output; with --with-program: the learner's reference and .html)
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Theme (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Show how far every criterion is evidenced, and why.
#[derive(Debug, Args)]
pub struct CoverageArgs {
    /// The rows of the report
    #[arg(long, value_parser = word::<By>(), default_value = "criterion")]
    pub by: By,
    /// Format of the report; may be given several times, with as many --output
    #[arg(long, value_parser = word::<CoverageFormat>(), action = ArgAction::Append)]
    pub format: Vec<CoverageFormat>,
    /// File for the report of the format in the same position (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// Print the exit code that there would have been, and exit with 0
    #[arg(long)]
    pub reporting: bool,
    /// Fail if less is evidenced: 69/72 for all standards together, st0215=69/72 for one
    #[arg(long, value_name = "N/M")]
    pub fail_under: Option<String>,
}

/// Show the off-the-job hours by month against the plan, and the rules they are judged by.
#[derive(Debug, Args)]
pub struct HoursArgs {
    /// Format of the report; may be given several times, with as many --output
    #[arg(long, value_parser = word::<TableFormat>(), action = ArgAction::Append)]
    pub format: Vec<TableFormat>,
    /// File for the report of the format in the same position (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
}

/// Write the document for a progress review: actions, training, hours, progress against the plan,
/// decisions, concerns, the next actions, and space to sign.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// The first day (default: the last review in portfolio.yaml, or twelve weeks before the last
    /// day)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub since: Option<Date>,
    /// The last day (default: today, or --as-of)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub until: Option<Date>,
    /// Format of the document
    #[arg(long, value_parser = word::<ReviewFormat>(), default_value = "markdown")]
    pub format: ReviewFormat,
    /// The file (default: standard output)
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Theme of the HTML (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Draw the sample for internal quality assurance.
///
/// A piece is the decision of one assessor about one entry. The sample covers every candidate,
/// assessor, method, type of evidence, kind of record and site, then as many of each assessor's
/// pieces as the plan asks for. The same decisions and the same seed give the same sample on every
/// machine.
#[derive(Debug, Args)]
#[command(after_long_help = SAMPLING)]
pub struct SampleArgs {
    /// Folders of a cohort, each with a portfolio/ in it (default: the current portfolio)
    #[arg(value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    /// The plan (default: portfolio/sampling.yaml, if one portfolio is sampled)
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// The seed of the draw (default: the plan's, or else derived from the decisions)
    #[arg(long, value_name = "TEXT")]
    pub seed: Option<String>,
    /// Per cent of each assessor's pieces to draw, rounded up
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub percent: Option<u8>,
    /// Smallest number of pieces to draw
    #[arg(long, value_name = "N")]
    pub size: Option<usize>,
    /// Format of the report; may be given several times, with as many --output
    #[arg(long, value_parser = word::<TableFormat>(), action = ArgAction::Append)]
    pub format: Vec<TableFormat>,
    /// File for the report of the format in the same position (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// Exit with 1 while a drawn piece is not reviewed
    #[arg(long)]
    pub fail_unmet: bool,
}

const SAMPLING: &str = "\
How it is drawn, so that anyone can repeat it:
  1. Every piece gets a rank: the SHA-256 of the line `ksbfolio sample 1`, then of seed, candidate, entry and
     assessor, each as its length in bytes, a colon, its text and a comma. The lowest comes first:
       printf 'ksbfolio sample 1\\n1:7,4:AP-1,4:pain,4:AS-1,' | sha256sum
  2. While a value is in no drawn piece: the piece that brings in most missing values; of equals the lowest rank.
  3. For each assessor: by rank, until the plan's share of all, of interim and of summative pieces is drawn.
  4. With --size: by rank, until so many are drawn.
Without a seed it is made from the decisions, so the sample cannot be chosen without changing a decision.
A piece is summative where assessors have accepted all that its entry claims, and interim before that.";

/// Check that a hand-in, or a page with the program, is as it was made.
///
/// Of a hand-in: no file was changed, added or removed, and the decisions in it follow each other.
/// Of a page that `pack --with-program` wrote: its pages are made again from the sources in it, and
/// are the same. The program in it is not used, and compared only with `--program`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The folder or zip that `gateway --pack` wrote, or the page that `pack --with-program` wrote
    #[arg(value_name = "PACK")]
    pub pack: PathBuf,
    /// A ksbfolio.html of your own: the program in the page is compared with it
    #[arg(long, value_name = "FILE")]
    pub program: Option<PathBuf>,
    /// Format of the report
    #[arg(long, value_parser = word::<DataFormat>(), default_value = "text")]
    pub format: DataFormat,
}

/// Check readiness for the gateway: everything that the standards ask for before the final
/// assessment, as a checklist.
#[derive(Debug, Args)]
pub struct Gateway {
    /// Only this standard, by its id
    #[arg(long, value_name = "ID")]
    pub standard: Option<String>,
    /// Format of the checklist; may be given several times, with as many --output
    #[arg(long, value_parser = word::<GatewayFormat>(), action = ArgAction::Append)]
    pub format: Vec<GatewayFormat>,
    /// File for the checklist of the format in the same position (default: standard output)
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub output: Vec<PathBuf>,
    /// Items that make the exit code 1: those that are not met, or also those that are unknown
    #[arg(long, value_enum, default_value_t = FailOn::NotMet)]
    pub fail_on: FailOn,
    /// Write the hand-in to this folder, as a folder and as a zip
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Sign the checksums of the hand-in with this ssh key (a .pub if an agent holds it)
    #[arg(long, value_name = "KEY", requires = "pack")]
    pub sign: Option<PathBuf>,
    /// Write the hand-in even if something is not met: its cover page then says that it is a draft
    #[arg(long, requires = "pack")]
    pub anyway: bool,
    /// Theme of the hand-in (default: as in portfolio.yaml)
    #[arg(long, value_name = "NAME", requires = "pack")]
    pub theme: Option<String>,
}

/// The items of a gateway checklist that fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Items that are not met.
    NotMet,
    /// Items that are not met, or unknown.
    Unknown,
}

/// Read an entry for what identifies people: each capitalised word, number and picture is answered by
/// a letter. On a terminal only.
///
/// If nothing has to be hidden, `read:` and `anonymised: true` are written into the entry. They lapse
/// when it changes. The names that you are asked for are looked for in the entry and forgotten.
#[derive(Debug, Args)]
pub struct Read {
    /// The entry, by its id or path
    #[arg(value_name = "ENTRY")]
    #[cfg_attr(feature = "terminal", arg(add = ArgValueCompleter::new(complete::anything)))]
    pub entry: String,
    /// Who reads, the learner or a tutor: a reference, never a name (default: the learner's id)
    #[arg(long = "as", value_name = "ID")]
    pub reader: Option<String>,
}

/// Explain a code, a rule or an entry.
#[derive(Debug, Args)]
pub struct Explain {
    /// K7, st0215:K7, unknown-code, recognising-pain; entry:ID if a code has the same name
    #[arg(value_name = "RULE|CODE|ENTRY", required_unless_present = "all")]
    #[cfg_attr(feature = "terminal", arg(add = ArgValueCompleter::new(complete::anything)))]
    pub what: Option<String>,
    /// All rules, as Markdown
    #[arg(long, conflicts_with = "what")]
    pub all: bool,
}
