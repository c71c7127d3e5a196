//! The orders in which a page shows its learners.

use std::cmp::Ordering;

use jiff::civil::Date;
use serde::Serialize;

use crate::cohort::{Cohort, Forecast, LearnerFacts, Row};
use crate::text::natural;

/// A column of the table of learners.
#[derive(Clone, Debug, Serialize)]
pub struct OrderColumn {
    /// The heading.
    pub name: &'static str,
    /// The two orders by it in words, that of most need first; empty if there is none by it.
    pub orders: Vec<ColumnOrder>,
}

/// An order by a column.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnOrder {
    /// Whether it is by ascending ranks, as `aria-sort` has it.
    pub direction: &'static str,
    /// The order in words.
    pub words: String,
}

/// Ascending order is by need where that is possible; a `-` says that descending order is.
const COLUMNS: [(&str, &str, &str); 10] = [
    ("Learner", "A to Z", "Z to A"),
    ("Action", "most urgent first", "least urgent first"),
    ("Reasons", "", ""),
    ("Ready or accepted", "least first", "most first"),
    (
        "Hours off the job",
        "furthest behind the plan first",
        "furthest ahead first",
    ),
    ("Waiting", "-longest first", "shortest first"),
    ("Last entry", "oldest first", "newest first"),
    ("Last review", "oldest first", "newest first"),
    ("All evidenced", "-latest first", "earliest first"),
    ("Privacy findings", "-most first", "fewest first"),
];

/// The columns of the table of learners.
pub(super) fn list_columns() -> Vec<OrderColumn> {
    let column = |(name, first, second): (&'static str, &str, &str)| {
        let (directions, first) = match first.strip_prefix('-') {
            Some(first) => (["descending", "ascending"], first),
            None => (["ascending", "descending"], first),
        };
        let named = [first, second].map(|words| format!("{}, {words}", name.to_lowercase()));
        let orders = directions.into_iter().zip(named);
        let orders = orders.map(|(direction, words)| ColumnOrder { direction, words });
        OrderColumn {
            name,
            orders: if first.is_empty() {
                Vec::new()
            } else {
                orders.collect()
            },
        }
    };
    COLUMNS.into_iter().map(column).collect()
}

/// For each row of a cohort its rank in each column: equal ranks for equal values, `None` where
/// nothing is known. A page then needs to compare numbers only.
pub(super) fn rank_rows(cohort: &Cohort) -> Vec<Vec<Option<usize>>> {
    let mut need: Vec<Option<usize>> = vec![None; cohort.rows.len()];
    for (rank, at) in cohort.by_need().into_iter().enumerate() {
        need[at] = Some(rank);
    }
    let names: Vec<&str> = cohort.rows.iter().map(Row::name).collect();
    let columns = [
        rank(&names.into_iter().map(Some).collect::<Vec<_>>(), |a, b| {
            natural(a, b)
        }),
        need,
        vec![None; cohort.rows.len()],
        rank_facts(cohort, |facts| {
            share(facts.counts.complete(), facts.counts.out_of())
        }),
        rank_facts(cohort, |facts| {
            let planned = facts.hours_planned?;
            share(facts.hours_recorded.0 as usize, planned.0 as usize)
        }),
        rank_facts(cohort, |facts| {
            (facts.waiting.entries > 0).then_some(facts.waiting.days)
        }),
        // A learner without any entry or review comes before all others.
        rank_facts(cohort, |facts| Some(facts.last_entry)),
        rank_facts(cohort, |facts| Some(facts.reviews.last)),
        rank_facts(cohort, |facts| order_forecast(facts.forecast)),
        rank_facts(cohort, |facts| Some(facts.privacy.values().sum::<usize>())),
    ];
    let row = |at: usize| columns.iter().map(|column| column[at]).collect();
    (0..cohort.rows.len()).map(row).collect()
}

/// A share for comparison, in ten-thousandths; `None` of nothing.
fn share(part: usize, whole: usize) -> Option<usize> {
    (part * 10_000).checked_div(whole)
}

/// What is done comes first, and what has no end last.
fn order_forecast(forecast: Forecast) -> Option<(u8, Option<Date>, Option<Date>)> {
    match forecast {
        Forecast::Done => Some((0, None, None)),
        Forecast::Between(first, last) => Some((1, Some(last), Some(first))),
        Forecast::NotBefore(first) => Some((2, Some(first), None)),
        Forecast::Unknown(_) => None,
    }
}

fn rank_facts<K: Ord>(
    cohort: &Cohort,
    key: impl Fn(&LearnerFacts) -> Option<K>,
) -> Vec<Option<usize>> {
    let rows = cohort.rows.iter();
    let keys = rows.map(|row| row.facts.as_deref().and_then(&key));
    rank(&keys.collect::<Vec<_>>(), Ord::cmp)
}

/// The rank of each key among the known ones, from 0.
fn rank<K>(keys: &[Option<K>], compare: impl Fn(&K, &K) -> Ordering) -> Vec<Option<usize>> {
    let known = keys.iter().enumerate();
    let mut known: Vec<(usize, &K)> = known
        .filter_map(|(at, key)| Some((at, key.as_ref()?)))
        .collect();
    known.sort_by(|a, b| compare(a.1, b.1));
    let mut ranks = vec![None; keys.len()];
    let mut rank = 0;
    for (place, (at, key)) in known.iter().enumerate() {
        if place > 0 && compare(known[place - 1].1, key) != Ordering::Equal {
            rank += 1;
        }
        ranks[*at] = Some(rank);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;

    #[test]
    fn equal_keys_share_a_rank_and_unknown_ones_have_none() {
        let keys = [Some("AP-10"), None, Some("AP-9"), Some("AP-10")];
        let ranks = rank(&keys, |a, b| natural(a, b));
        assert_eq!(ranks, [Some(1), None, Some(0), Some(1)]);
    }

    #[test]
    fn a_forecast_without_an_end_is_the_latest() {
        let day = |year| jiff::civil::date(year, 2, 28);
        let mut all = [
            Forecast::NotBefore(day(2027)),
            Forecast::Unknown("why"),
            Forecast::Between(day(2027), day(2029)),
            Forecast::Done,
        ];
        all.sort_by_key(|one| Reverse(order_forecast(*one)));
        assert_eq!(all[0], Forecast::NotBefore(day(2027)));
        assert_eq!(all[2], Forecast::Done);
        assert_eq!(order_forecast(all[3]), None);
    }

    #[test]
    fn every_column_but_the_reasons_gives_two_orders() {
        let columns = list_columns();
        let without: Vec<&str> = columns
            .iter()
            .filter(|one| one.orders.len() != 2)
            .map(|one| one.name)
            .collect();
        assert_eq!(without, ["Reasons"]);
        assert_eq!(columns[5].orders[0].direction, "descending");
        assert_eq!(columns[5].orders[0].words, "waiting, longest first");
    }
}
