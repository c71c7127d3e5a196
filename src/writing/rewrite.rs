//! Requests that write an entry.

use super::begin::begin_entry;
use super::change::apply_change;
use super::requests::{ChangeRequest, NewRequest, SpliceRequest};
use super::splice::{apply_splices, typing_run};
use super::state::{Answered, WrittenPortfolio};
use crate::text::SourcePath;

/// Replaces words of the body.
pub(super) fn splice(portfolio: &mut WrittenPortfolio, request: &SpliceRequest) -> Answered {
    let path = SourcePath::new(&request.path);
    let run = typing_run(&request.splices, request.is_undo);
    portfolio.rewrite(&path, &request.hash, run, &|project, text, at| {
        apply_splices(project, text, at, &request.splices)
    })
}

/// Changes what an entry says about itself.
pub(super) fn change(portfolio: &mut WrittenPortfolio, request: &ChangeRequest) -> Answered {
    let path = SourcePath::new(&request.path);
    portfolio.rewrite(&path, &request.hash, None, &|project, text, at| {
        apply_change(project, text, at, &request.change)
    })
}

/// Writes a new entry.
pub(super) fn begin(portfolio: &mut WrittenPortfolio, request: &NewRequest) -> Answered {
    let path = begin_entry(portfolio.snapshot(), request)?;
    portfolio.touch(&path)?;
    portfolio.open_entry(&path)
}
