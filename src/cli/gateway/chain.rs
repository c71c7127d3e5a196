//! The decision files in their chain, with their texts.

use super::super::console::Trouble;
use super::super::project::Project;
use crate::model::Head;
use crate::text::{SourcePath, Texts};

/// Decision files, each after the one it names; what continues nothing comes last.
pub struct Chain {
    /// The files in order.
    pub files: Vec<DecisionFile>,
    /// The digest at its end; none where there is no file, or no single end.
    pub head: Option<String>,
}

/// One decision file.
pub struct DecisionFile {
    /// Where it stands.
    pub path: SourcePath,
    /// The digest by which the next file names it.
    pub digest: String,
    /// The entries it decides about, by id.
    pub entries: Vec<String>,
    /// What it holds.
    pub text: String,
}

/// The chain of a portfolio.
pub fn of(project: &Project) -> Result<Chain, Trouble> {
    let chain = &project.portfolio.chain;
    let files = chain.files.iter().filter(|file| file.author.is_some()).map(|file| {
        let gone = || Trouble::new(format!("{} cannot be read", file.path), "run the command again");
        Ok(DecisionFile {
            path: file.path.clone(),
            digest: file.digest.clone(),
            entries: file.entries.clone(),
            text: project.sources.text(&file.path).ok_or_else(gone)?.to_string(),
        })
    });
    let head = match chain.head() {
        Head::At(digest) => Some(digest.to_owned()),
        Head::Nothing | Head::Several(_) => None,
    };
    Ok(Chain { files: files.collect::<Result<_, Trouble>>()?, head })
}
