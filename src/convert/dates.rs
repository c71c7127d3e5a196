//! The day on which a document was written, from its text.

use jiff::civil::Date;

use crate::document::TextBlock;
use crate::parse::dates;

/// Blocks that are looked at: the day is at the beginning or at the end.
const NEAR: usize = 40;

/// Finds a day with a label: `Date: 14 March 2026`. The day of an event has another label, and is
/// never taken.
pub(super) fn find_date(blocks: &[TextBlock]) -> Option<Date> {
    let head = blocks.iter().take(NEAR);
    let tail = blocks
        .iter()
        .skip(NEAR.max(blocks.len().saturating_sub(NEAR)));
    head.chain(tail).find_map(|block| match block {
        TextBlock::Table(rows) => rows.iter().find_map(|row| {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| {
                    let words: Vec<String> = cell.blocks.iter().map(TextBlock::words).collect();
                    words.join(" ")
                })
                .collect();
            let labelled = cells
                .windows(2)
                .find_map(|pair| date_after(&pair[0], &pair[1]));
            labelled.or_else(|| cells.iter().find_map(|cell| labelled_date(cell)))
        }),
        block => block.words().lines().find_map(labelled_date),
    })
}

/// The day in `Date: 14 March 2026`.
pub(super) fn labelled_date(line: &str) -> Option<Date> {
    let line = line.trim().trim_start_matches(['*', '-', '_', ' ']);
    let (label, value) = line.split_once([':', '\t']).or_else(|| {
        let rest = line
            .get(..4)
            .filter(|label| label.eq_ignore_ascii_case("date"))?;
        Some((rest, &line[4..]))
    })?;
    date_after(label, value)
}

fn date_after(label: &str, value: &str) -> Option<Date> {
    const LABELS: [&str; 14] = [
        "date",
        "date written",
        "date of writing",
        "written",
        "written on",
        "date of entry",
        "date of reflection",
        "date completed",
        "date of completion",
        "date submitted",
        "date of submission",
        "completed",
        "created",
        "last edited",
    ];
    let label = label.trim().trim_end_matches(':').trim_matches(['*', '_']);
    let label = label.trim().to_lowercase();
    LABELS.contains(&label.as_str()).then(|| read_date(value))?
}

/// Reads a day in any form that has one reading; a time after it does not matter.
pub(super) fn read_date(value: &str) -> Option<Date> {
    let value = value.trim().trim_matches(['*', '_', '.', ' ', '"']);
    let value = value
        .split(['T', 't'])
        .next()
        .filter(|day| dates::read(day).is_some())
        .unwrap_or(value);
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_weekday = |word: &str| {
        let word = word.to_lowercase();
        let word = word.trim_end_matches(',');
        [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ]
        .contains(&word)
    };
    let words: Vec<&str> = words
        .into_iter()
        .filter(|word| !is_weekday(word) && *word != "of")
        .collect();
    // A time may follow.
    (1..=words.len().min(4)).rev().find_map(|count| {
        let text = words[..count].join(" ");
        dates::read(&text).or_else(|| match dates::reading(&text)? {
            dates::DateReading::Day(date) => Some(date),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_labelled_days_are_taken_and_never_those_of_events() {
        for (line, expected) in [
            ("Date: 14 March 2026", Some("2026-03-14")),
            ("Date of writing: 14/03/2026", Some("2026-03-14")),
            ("**Date:** Saturday, 14th of March 2026", Some("2026-03-14")),
            ("Created: March 14, 2026 10:31 AM", Some("2026-03-14")),
            ("date 2026-03-14", Some("2026-03-14")),
            ("Date of event: 12 March 2026", None),
            ("Date of birth: 12/03/1951", None),
            ("On 12 March 2026 I went", None),
            ("Date: 03/04/2026", None),
        ] {
            let found = labelled_date(line).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }
}
