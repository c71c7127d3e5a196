//! Coverage as JSON.

use serde::Serialize;

use super::identity::Identity;
use super::json::to_pretty_json;
use crate::model::{Coverage, GroupLine, Line, Portfolio, StaleBecause, State, StateCounts, Word};

#[derive(Serialize)]
struct CoverageJson {
    version: u32,
    as_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    portfolio: Option<Identity>,
    standards: Vec<StandardJson>,
}

#[derive(Serialize)]
struct StandardJson {
    id: String,
    title: String,
    replaces_official: bool,
    summary: SummaryJson,
    criteria: Vec<CriterionJson>,
    groups: Vec<GroupJson>,
}

/// Criteria by state.
#[derive(Serialize)]
pub(super) struct SummaryJson {
    total: usize,
    waived: usize,
    gap: usize,
    drafted: usize,
    thin: usize,
    evidenced: usize,
    accepted: usize,
}

#[derive(Serialize)]
struct CriterionJson {
    code: String,
    kind: String,
    state: &'static str,
    pieces: usize,
    types: Vec<&'static str>,
    entries: Vec<String>,
    flags: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stale_because: Option<&'static str>,
    why: String,
    next: Option<String>,
}

#[derive(Serialize)]
struct GroupJson {
    code: String,
    state: &'static str,
    complete: usize,
    of: usize,
    complete_own: usize,
    of_own: usize,
}

/// The document of `coverage --format json`.
#[must_use]
pub fn coverage_json(portfolio: &Portfolio, coverage: &Coverage) -> String {
    let all = DataScope {
        entries: &|_| true,
        reasons: true,
    };
    to_pretty_json(&CoverageJson {
        portfolio: Some(Identity::of(portfolio, coverage.as_of)),
        ..document(portfolio, coverage, &all)
    })
}

/// The parts of the document that may be shown.
pub struct DataScope<'a> {
    /// The entries that may be named.
    pub entries: &'a dyn Fn(usize) -> bool,
    /// Whether reasons and flags are included: they reveal referrals.
    pub reasons: bool,
}

/// The same document for a site: on one line, limited to `shown`.
#[must_use]
pub fn coverage_data(portfolio: &Portfolio, coverage: &Coverage, shown: &DataScope<'_>) -> String {
    // Strings, numbers and lists always serialise.
    serde_json::to_string(&document(portfolio, coverage, shown)).unwrap_or_default() + "\n"
}

fn document(portfolio: &Portfolio, coverage: &Coverage, shown: &DataScope<'_>) -> CoverageJson {
    let standards = coverage.standards.iter().map(|standard| {
        let known = portfolio.catalogue.standard(standard.standard);
        StandardJson {
            id: known.id.value.clone(),
            title: known.title.clone(),
            replaces_official: known.replaces,
            summary: summary(&standard.counts),
            criteria: standard
                .lines
                .iter()
                .map(|line| criterion(portfolio, line, shown))
                .collect(),
            groups: standard
                .groups
                .iter()
                .map(|line| group(portfolio, line))
                .collect(),
        }
    });
    CoverageJson {
        version: 1,
        as_of: coverage.as_of.to_string(),
        // A public site gives no names.
        portfolio: None,
        standards: standards.collect(),
    }
}

/// Counts by state, as documents have them.
pub(super) fn summary(counts: &StateCounts) -> SummaryJson {
    SummaryJson {
        total: counts.total,
        waived: counts.waived,
        gap: counts.of_state(State::Gap),
        drafted: counts.of_state(State::Drafted),
        thin: counts.of_state(State::Thin),
        evidenced: counts.of_state(State::Evidenced),
        accepted: counts.of_state(State::Accepted),
    }
}

fn criterion(portfolio: &Portfolio, line: &Line, shown: &DataScope<'_>) -> CriterionJson {
    let standard = portfolio.catalogue.standard(line.criterion.standard);
    let known = portfolio.catalogue.criterion(line.criterion);
    let mut types: Vec<&'static str> = Vec::new();
    for piece in line.counting() {
        let word = portfolio.entries[piece.entry].front_matter.kind.word();
        if !types.contains(&word) {
            types.push(word);
        }
    }
    types.sort_unstable();
    let entries = line.counting().filter(|piece| (shown.entries)(piece.entry));
    CriterionJson {
        code: known.code.value.to_string(),
        kind: standard.kind_of(known).id.clone(),
        state: line.state.word(),
        pieces: line.counting().count(),
        types,
        entries: entries
            .map(|piece| portfolio.entries[piece.entry].id.clone())
            .collect(),
        flags: line
            .flags
            .iter()
            .map(|flag| flag.word())
            .filter(|_| shown.reasons)
            .collect(),
        stale_because: line
            .stale_because()
            .map(StaleBecause::word)
            .filter(|_| shown.reasons),
        why: if shown.reasons {
            line.why.clone()
        } else {
            String::new()
        },
        next: line.next.clone().filter(|_| shown.reasons),
    }
}

fn group(portfolio: &Portfolio, line: &GroupLine) -> GroupJson {
    GroupJson {
        code: portfolio.catalogue.group(line.group).code.value.to_string(),
        state: line.state.word(),
        complete: line.counts.complete(),
        of: line.counts.out_of(),
        complete_own: line.own.complete(),
        of_own: line.own.out_of(),
    }
}
