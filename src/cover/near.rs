//! Similarity of texts: entries near an unclaimed criterion, and criteria with similar statements.

use crate::model::{Catalogue, Criterion, CriterionId, FiledEntry, Portfolio};
use crate::text::{common, terms};

/// The least number of words that an entry must share with a statement.
const FEWEST: usize = 2;

/// Indexes of up to two entries that are nearest to a criterion's statement and do not claim it,
/// nearest first. Rare words weigh more, and an entry must reach a third of the statement's weight.
#[must_use]
pub fn nearest_entries(portfolio: &Portfolio, criterion: CriterionId) -> Vec<usize> {
    let near = find_near(portfolio, criterion).into_iter();
    near.map(|(at, _)| at).collect()
}

/// Those of `criteria` to which the entry at `at` is among the nearest, and does not claim them; the
/// one whose statement it meets most first.
#[must_use]
pub fn nearly_covered(
    portfolio: &Portfolio,
    at: usize,
    criteria: impl Iterator<Item = CriterionId>,
) -> Vec<CriterionId> {
    let near = criteria.filter_map(|criterion| {
        // Comparing all entries takes long, and most statements have nothing in common with this one.
        let statement = portfolio.catalogue.criterion(criterion).text.known()?;
        let own = &portfolio.entries[at].body.vocabulary.terms;
        if common(&terms(statement), own) < FEWEST {
            return None;
        }
        let near = find_near(portfolio, criterion).into_iter();
        let (_, share) = near.into_iter().find(|(entry, _)| *entry == at)?;
        Some((criterion, share))
    });
    let mut near: Vec<(CriterionId, f64)> = near.collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1));
    near.into_iter().map(|(criterion, _)| criterion).collect()
}

/// See [`nearest_entries`], with the share of the statement's weight that each meets.
fn find_near(portfolio: &Portfolio, criterion: CriterionId) -> Vec<(usize, f64)> {
    let Some(statement) = portfolio.catalogue.criterion(criterion).text.known() else {
        return Vec::new();
    };
    let wanted = terms(statement);
    let entries = &portfolio.entries;
    let weights: Vec<f64> = wanted.iter().map(|term| weight(entries, *term)).collect();
    let whole: f64 = weights.iter().sum();
    let mut near: Vec<(usize, f64)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if entry.is_example
            || entry.claim(criterion).is_some()
            || common(&wanted, &entry.body.vocabulary.terms) < FEWEST
        {
            continue;
        }
        let has = |term: &u32| entry.body.vocabulary.terms.binary_search(term).is_ok();
        let met: f64 = wanted
            .iter()
            .zip(&weights)
            .filter(|(term, _)| has(term))
            .map(|(_, weight)| weight)
            .sum();
        if met * 3.0 >= whole {
            near.push((at, met / whole));
        }
    }
    // Of equally near entries, the oldest first.
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(2);
    near
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a weight, and no portfolio has 2^52 entries"
)]
fn weight(entries: &[FiledEntry], term: u32) -> f64 {
    let with = entries
        .iter()
        .filter(|entry| entry.body.vocabulary.terms.binary_search(&term).is_ok())
        .count();
    ((entries.len() + 1) as f64 / (with + 1) as f64).ln() + 0.1
}

/// Finds criteria of a standard with nearly the same statement.
#[derive(Clone, Debug)]
pub struct Twins {
    /// The terms of each statement, by standard and criterion; empty if the statement is unknown.
    statements: Vec<Vec<Vec<u32>>>,
}

impl Twins {
    /// Collects the terms of all statements.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let about = |criterion: &Criterion| {
            criterion
                .text
                .known()
                .map_or_else(Vec::new, |text| terms(text))
        };
        let standards = catalogue.standards.iter();
        let statements =
            standards.map(|(standard, _)| standard.criteria.iter().map(about).collect());
        Self {
            statements: statements.collect(),
        }
    }

    /// Whether two criteria of one standard have nearly the same statement: at least two thirds of
    /// the shorter one's terms are in the other.
    #[must_use]
    pub fn are(&self, a: CriterionId, b: CriterionId) -> bool {
        if a.standard != b.standard || a == b {
            return false;
        }
        let about = |id: CriterionId| &self.statements[id.standard][id.criterion];
        let (one, other) = (about(a), about(b));
        let shorter = one.len().min(other.len());
        shorter >= 3 && common(one, other) * 3 >= shorter * 2
    }

    /// The first `most` criteria with nearly the same statement as `id`, in the standard's order,
    /// and whether there are more. The search stops there, to bound the time.
    #[must_use]
    pub fn of(&self, id: CriterionId, most: usize) -> (Vec<CriterionId>, bool) {
        let all = (0..self.statements[id.standard].len())
            .map(|criterion| CriterionId { criterion, ..id });
        let mut found: Vec<CriterionId> = all
            .filter(|&other| self.are(id, other))
            .take(most.saturating_add(1))
            .collect();
        let more = found.len() > most;
        found.truncate(most);
        (found, more)
    }
}
