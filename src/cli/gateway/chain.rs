//! The decision files in their chain.

use super::super::console::Trouble;
use super::super::project::Project;
use crate::io;
use crate::parse;
use crate::resolve::decision_file_digest;
use crate::text::SourcePath;

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
    previous: Option<String>,
}

/// The chain of a portfolio.
pub fn of(project: &Project) -> Result<Chain, Trouble> {
    let mut rest = Vec::new();
    for source in io::load(&project.root)?.decisions {
        let Some(draft) = parse::decisions(&source).value else { continue };
        rest.push(DecisionFile {
            path: source.path.clone(),
            digest: decision_file_digest(&source.text),
            entries: draft.decisions.iter().map(|one| one.entry.value.clone()).collect(),
            text: source.text.to_string(),
            previous: draft.previous.map(|previous| previous.value),
        });
    }
    let named: Vec<Option<String>> = rest.iter().map(|file| file.previous.clone()).collect();
    let ends: Vec<&DecisionFile> =
        rest.iter().filter(|file| !named.contains(&Some(file.digest.clone()))).collect();
    let head = if let [end] = ends[..] { Some(end.digest.clone()) } else { None };
    let mut files: Vec<DecisionFile> = Vec::new();
    while let Some(at) =
        rest.iter().position(|file| file.previous == files.last().map(|last| last.digest.clone()))
    {
        files.push(rest.remove(at));
    }
    files.extend(rest);
    Ok(Chain { files, head })
}
