//! Codes without evidence that an entry would nearly cover. Looking for them takes longer than all
//! else, so it is not part of the answer about an entry.

use super::answers::{NearCode, WriteAnswer};
use super::code_names::CodeNames;
use super::home::list_open;
use crate::cover::nearest_entries;
use crate::engine::Snapshot;
use crate::model::State;

/// The most codes to name.
const MOST_NEAR: usize = 3;

/// Codes whose nearest entries are looked for.
const MOST_COMPARED: usize = 40;

/// Finds codes that no entry claims, for which the entry at `at` is among the nearest.
pub(super) fn describe_near(project: &Snapshot, at: usize) -> WriteAnswer {
    let portfolio = &project.portfolio;
    let names = CodeNames::new(&portfolio.catalogue);
    let open = list_open(project).into_iter();
    let gaps = open.filter(|line| line.state == State::Gap);
    let near = gaps
        .take(MOST_COMPARED)
        .filter(|line| nearest_entries(portfolio, line.criterion).contains(&at));
    let codes = near.take(MOST_NEAR).map(|line| NearCode {
        code: names.of(line.criterion),
        statement: portfolio
            .catalogue
            .criterion(line.criterion)
            .text
            .known()
            .cloned(),
    });
    WriteAnswer::Near {
        codes: codes.collect(),
    }
}
