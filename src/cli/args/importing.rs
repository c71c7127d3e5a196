//! Arguments of `import`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::word;
use crate::model::EntryType;
use crate::parse::dates::typed;

/// Make entries of Word, OpenDocument, Markdown and text files.
///
/// Each file becomes a draft: headings that name a stage of the reflection model become its stages,
/// pictures go to portfolio/evidence, tracked changes are read as accepted, comments and hidden text are
/// left out. The originals stay where they are, and nothing is overwritten.
#[derive(Debug, Args)]
pub struct Import {
    /// Files, folders of files, or zips of files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The day of writing of all of them (default: as in the text, or in the file's properties)
    #[arg(long, value_name = "DATE", value_parser = typed)]
    pub date: Option<Date>,
    /// The type of evidence (default: the one that a title names, or reflection)
    #[arg(long = "type", value_name = "TYPE", value_parser = word::<EntryType>())]
    pub kind: Option<EntryType>,
    /// Reflection model, by its id (default: the one whose stages the text names, or gibbs)
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// Show what would become of each file, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Import again what was imported before, as new entries
    #[arg(long)]
    pub as_new: bool,
    /// Keep the original files in portfolio/evidence/originals, which is never published
    #[arg(long)]
    pub keep: bool,
}
