//! Joins the ends of a chain of decisions.

use std::path::Path;

use super::filing::{self, Candidate, heads};
use super::{EngineError, OpenOptions, Snapshot, today};
use crate::model::Role;
use crate::report::{NewDecisions, decision_file};
use crate::resolve::{NAMESPACE, decision_file_digest};
use crate::store;
use crate::text::{Source, SourcePath};

/// A file that joins the ends of a chain.
#[derive(Debug)]
pub struct Joined {
    /// Its path.
    pub path: SourcePath,
    /// Its digest, at which the chain now ends.
    pub digest: String,
    /// Claims that are still contested, each as code and entry.
    pub contested: Vec<String>,
}

/// Files a decision file without verdicts that follows all ends of the chain, signed with `key` if
/// there is one; `None` if the chain has one end or none.
///
/// # Errors
/// The chain is broken, the author may not decide, or a file cannot be written.
pub fn join_heads(
    options: &OpenOptions,
    author: &str,
    role: Role,
    key: Option<&Path>,
) -> Result<Option<Joined>, EngineError> {
    let project = Snapshot::open(options)?;
    let previous = heads(&project)?;
    if previous.len() < 2 {
        return Ok(None);
    }
    let date = options
        .as_of
        .unwrap_or_else(|| today(&project.portfolio.settings));
    let new = NewDecisions {
        assessor: author.to_owned(),
        role,
        date,
        previous,
        standards: Vec::new(),
        decisions: Vec::new(),
    };
    let text = decision_file(&new).ok_or_else(|| {
        let help = "use a reference such as AS-12; nothing was written";
        EngineError::refused("the reference cannot be written in a decision file", help)
    })?;
    let name = filing::free_name(&project.root, date, author, &text)?;
    let signature = key
        .map(|key| store::sign(&project.root, &text, key, NAMESPACE))
        .transpose()?;
    let candidate = Candidate {
        source: Source::new(&name, &text),
        signature,
    };
    let judged = filing::judge(&project, &candidate)?;
    if !judged.objections.is_empty() {
        return Err(filing::refused(&judged.objections));
    }
    filing::file(&project, &candidate)?;
    let after = &judged.after.portfolio;
    let contested = after.contested_claims().into_iter();
    Ok(Some(Joined {
        path: candidate.source.path,
        digest: decision_file_digest(&text),
        contested: contested
            .map(|(entry, criterion)| {
                let code = after.catalogue.full_code(criterion);
                format!("{code} in {}", after.entries[entry].id)
            })
            .collect(),
    }))
}
