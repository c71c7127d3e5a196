//! "Did you mean ...?"

/// Faults of one file that are told what may have been meant. Nobody reads that for the hundredth, and looking for it
/// takes time where there is much to choose from.
pub const SUGGESTED: usize = 100;

/// The candidate that is closest to `typed`, where one is close enough to be meant.
///
/// Closeness is the number of letters inserted, left out, changed or swapped with their neighbour,
/// without regard to case; at most a third of the longer word may differ.
/// Of two equally close ones, the first stands.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(64).collect();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            let limit = typed.len().max(letters.len()).div_ceil(3);
            // As many letters as one is longer, at least, have been left out.
            let may_be_near = typed.len().abs_diff(letters.len()) <= limit;
            let distance = if may_be_near {
                distance(&typed, &letters)
            } else {
                usize::MAX
            };
            (distance <= limit).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Whether `typed` is so close to `word` that it may be meant. A short word is close to many others, so only one letter
/// of it may differ.
pub fn could_be(typed: &str, word: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().chars().take(64).collect::<Vec<char>>();
    let (typed, word) = (letters(typed), letters(word));
    let limit = if word.len() <= 4 {
        1
    } else {
        typed.len().max(word.len()).div_ceil(3)
    };
    typed.len().abs_diff(word.len()) <= limit && distance(&typed, &word) <= limit
}

/// Optimal string alignment distance, three rows at a time.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cost = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_far_away() {
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
    fn a_short_word_is_meant_only_where_one_letter_differs() {
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
}
