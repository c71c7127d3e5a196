//! Natural order: `K2` before `K10`.

use std::cmp::Ordering;

/// Compares runs of digits as numbers and all else as text; equal results are compared byte by byte.
#[must_use]
pub fn natural(a: &str, b: &str) -> Ordering {
    let number = |run: &str| run.parse::<u64>().ok();
    let (mut mine, mut theirs) = (split_runs(a), split_runs(b));
    loop {
        let order = match (mine.next(), theirs.next()) {
            (None, None) => return a.cmp(b),
            (one, two) => match (one.and_then(number), two.and_then(number)) {
                (Some(a), Some(b)) => a.cmp(&b),
                _ => one.cmp(&two),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Splits a text into runs of digits and runs of other characters.
fn split_runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let digit = rest.chars().next()?.is_ascii_digit();
        let end = rest
            .find(|letter: char| letter.is_ascii_digit() != digit)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}
