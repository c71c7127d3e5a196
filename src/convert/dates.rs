//! The day on which a document was written, from its text.

use jiff::civil::Date;

use crate::document::TextBlock;
use crate::parse::dates;

/// Blocks that are looked at: the day is at the beginning or at the end.
const NEAR: usize = 40;

/// Blocks among which a line that is nothing but a day is that of writing.
const HEAD: usize = 5;

/// Finds a day with a label, `Date: 14 March 2026`, or on a line of its own at the beginning. The
/// day of an event has another label, and is never taken.
pub(super) fn find_date(blocks: &[TextBlock]) -> Option<Date> {
    find_labelled_date(blocks).or_else(|| {
        let lines = blocks.iter().take(HEAD).filter(|block| {
            !matches!(
                block,
                TextBlock::Table(_) | TextBlock::Item { .. } | TextBlock::Code(_)
            )
        });
        lines
            .into_iter()
            .find_map(|block| whole_date(&block.words()))
    })
}

/// The day of a line that has no other words.
fn whole_date(line: &str) -> Option<Date> {
    let is_short = line.split_whitespace().nth(6).is_none();
    let words = date_words(line);
    let text = words.join(" ");
    read_words(&text).filter(|_| is_short)
}

fn find_labelled_date(blocks: &[TextBlock]) -> Option<Date> {
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
    let labelled = line.split_once([':', '\t']);
    labelled
        .and_then(|(label, value)| date_after(label, value))
        .or_else(|| {
            // Without a colon, the label has only the words that say nothing else.
            let is_label = |label: &&&str| {
                let start = line.get(..label.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(label))
            };
            let label = ["date written", "date", "written on"];
            let label = label.iter().find(is_label)?;
            whole_date(&line[label.len()..])
        })
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
    // Word puts a space there that does not break.
    let label: Vec<&str> = label.split_whitespace().collect();
    let label = label.join(" ").to_lowercase();
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
    let words = date_words(value);
    // A time may follow.
    (1..=words.len().min(4))
        .rev()
        .find_map(|count| read_words(&words[..count].join(" ")))
}

fn read_words(text: &str) -> Option<Date> {
    dates::read(text).or_else(|| match dates::reading(text)? {
        dates::DateReading::Day(date) => Some(date),
        _ => None,
    })
}

/// The words of a date, without its weekday and what is only said.
fn date_words(value: &str) -> Vec<&str> {
    let is_said = |word: &&str| {
        let word = word.to_lowercase();
        [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "of",
            "the",
            "on",
        ]
        .contains(&word.trim_end_matches(','))
    };
    let words = value
        .trim_matches(['*', '_', '.', ' ', '"'])
        .split_whitespace();
    words.filter(|word| !is_said(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_its_own_is_the_day_of_writing() {
        for (line, expected) in [
            ("Tuesday 3 March 2026", Some("2026-03-03")),
            ("14th March 2026", Some("2026-03-14")),
            ("24/02/2026", Some("2026-02-24")),
            ("03/04/2026", None),
            ("March 2026", None),
            (
                "3 March 2026 was a long day on the ward for all of us",
                None,
            ),
            ("I fell on 3 March 2026", None),
            ("Week 12", None),
            ("", None),
        ] {
            let found = whole_date(line).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }

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
            (
                "Date\u{a0}written:\u{a0}28\u{a0}Feb\u{a0}2026",
                Some("2026-02-28"),
            ),
            ("Written: the 3rd of April, 2026", Some("2026-04-03")),
            ("Written on 20/03/2026", Some("2026-03-20")),
            ("Written on 20/03/2026 by my mentor", None),
            ("Written by hand: 20/03/2026", None),
        ] {
            let found = labelled_date(line).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }
}
