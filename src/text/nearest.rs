//! "Did you mean ...?"

/// The most faults of one file that get a suggestion: searching many candidates takes time.
pub const MAX_SUGGESTIONS: usize = 100;

/// Returns the candidate that is closest to `typed`; `None` if all differ too much.
///
/// The distance is the number of letters inserted, omitted, changed or swapped with a neighbour,
/// ignoring case; at most a third of the longer word may differ. The first of equally close ones wins.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(64).collect();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            let limit = typed.len().max(letters.len()).div_ceil(3);
            Some((distance(&typed, &letters, limit)?, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Whether `typed` may be a misspelling of `word`. Short words are close to many others: only one
/// letter may differ.
pub fn could_be(typed: &str, word: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().chars().take(64).collect::<Vec<char>>();
    let (typed, word) = (letters(typed), letters(word));
    let limit = if word.len() <= 4 {
        1
    } else {
        typed.len().max(word.len()).div_ceil(3)
    };
    distance(&typed, &word, limit).is_some()
}

/// Optimal string alignment distance, three rows at a time; `None` if it is greater than `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    // The distance is at least the difference in length, and the number of letters that only one has.
    let foreign = || a.iter().filter(|letter| !b.contains(letter)).count();
    if a.len().abs_diff(b.len()) > limit || foreign() > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row: Vec<usize> = Vec::new();
    for i in 1..=a.len() {
        row.clear();
        row.push(i);
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cost = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
        }
        // A row can be one better than the one before it, after two swapped letters.
        let is_far = |row: &[usize]| row.iter().all(|&cost| cost > limit);
        if is_far(&row) && is_far(&last) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[b.len()]).filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn close_words_are_suggested_and_distant_ones_are_not() {
        let keys = [
            "title",
            "date",
            "event_date",
            "status",
            "ksbs",
            "visibility",
        ];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Dates", keys), Some("date"));
        assert_eq!(nearest("visbility", keys), Some("visibility"));
        assert_eq!(nearest("colour", keys), None);
    }

    #[test]
    fn short_words_may_differ_in_one_letter() {
        for (typed, word) in [
            ("staus", "status"),
            ("state", "status"),
            ("day", "days"),
            ("Dasy", "days"),
        ] {
            assert!(could_be(typed, word), "{typed}");
        }
        for (typed, word) in [("tags", "days"), ("colour", "status"), ("state", "date")] {
            assert!(!could_be(typed, word), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_limit_changes_no_distance_within_it(a in "[abc]{0,7}", b in "[abc]{0,7}", limit in 0..8_usize) {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            let (a, b) = (letters(&a), letters(&b));
            let whole = distance(&a, &b, usize::MAX);
            prop_assert_eq!(distance(&a, &b, limit), whole.filter(|&distance| distance <= limit));
        }
    }
}
