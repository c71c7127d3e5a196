//! Codes without evidence that an entry would nearly cover. Looking for them takes longer than all
//! else, so it is not part of the answer about an entry.

use super::answers::{NearCode, WriteAnswer};
use super::code_names::CodeNames;
use super::home::list_open;
use crate::cover::nearly_covered;
use crate::engine::Snapshot;
use crate::model::State;

/// The most codes to name.
const MOST_NEAR: usize = 3;

/// Finds codes without evidence, for which the entry at `at` is among the nearest.
pub(super) fn describe_near(project: &Snapshot, at: usize) -> WriteAnswer {
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
    }
}
