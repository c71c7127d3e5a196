//! Codes without evidence that an entry would nearly cover, and what submitting it would do. Both
//! take longer than all else, so they are not part of the answer about an entry.

use super::answers::{ExpectedState, NearCode, WriteAnswer};
use super::code_names::CodeNames;
use super::home::list_open;
use super::page_words::in_page_words;
use crate::cover::nearly_covered;
use crate::engine::Snapshot;
use crate::model::State;
use crate::text::SourcePath;

/// The most codes to name.
const MOST_NEAR: usize = 3;

/// Finds codes without evidence, for which the entry at `at` is among the nearest. `submitted` is the
/// portfolio with this entry submitted, if it is a draft.
pub(super) fn describe_near(
    project: &Snapshot,
    at: usize,
    submitted: Option<&Snapshot>,
) -> WriteAnswer {
    let portfolio = &project.portfolio;
    let names = CodeNames::new(&portfolio.catalogue);
    let open = list_open(project).into_iter();
    let gaps = open.filter(|line| line.state == State::Gap);
    let near = nearly_covered(portfolio, at, gaps.map(|line| line.criterion));
    let codes = near.into_iter().take(MOST_NEAR).map(|criterion| NearCode {
        code: names.of(criterion),
        statement: portfolio
            .catalogue
            .criterion(criterion)
            .text
            .known()
            .cloned(),
    });
    WriteAnswer::Near {
        codes: codes.collect(),
        submitted: submitted.map_or_else(Vec::new, |submitted| {
            list_expected(submitted, &project.portfolio.entries[at].path)
        }),
    }
}

/// The state of each code that the entry at `path` claims.
fn list_expected(submitted: &Snapshot, path: &SourcePath) -> Vec<ExpectedState> {
    let portfolio = &submitted.portfolio;
    let names = CodeNames::new(&portfolio.catalogue);
    let entry = portfolio.index.by_path(path);
    let claims = entry.map_or(&[][..], |at| &portfolio.entries[at].claims);
    let lines = claims.iter().filter_map(|claim| {
        let line = submitted.coverage.line(claim.criterion)?;
        Some(ExpectedState {
            code: names.of(claim.criterion),
            state: line.state.word().to_owned(),
            state_title: line.state.title().to_owned(),
            next: line.next.as_deref().map(in_page_words),
        })
    });
    lines.collect()
}
