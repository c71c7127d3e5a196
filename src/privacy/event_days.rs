//! Days on which something happened to a person, in a text about people around its writer.
//!
//! Such a text has few other days, so also a day without its month is found. A thing with a date of its own, such
//! as a policy or a course, has to be near the date.

use super::block::{Block, Shape, ends_sentence};
use super::dates::{is_history, parse_date, parse_number};
use super::feasts::{is_day, parse_feast};
use super::identifier::{Kind, Matches};
use super::lists::List;

/// Finds the days in a block: those in a sentence with a person, or beside a name.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    let has_name = matches.identifiers.iter().any(|one| one.kind == Kind::Name);
    let mut next = 0;
    for &at in &block.starts {
        if at < next {
            continue;
        }
        if let Some((first, day)) = parse_day_of_death(block, at) {
            matches.add_likely(Kind::DeathDate, block.span(first, day));
            next = day + 1;
            continue;
        }
        let day = parse_date(block, at).filter(|&(first, last)| is_exact(block, first, last));
        let day = day.or_else(|| parse_day(block, at));
        let Some((first, last)) = day.or_else(|| parse_feast_day(block, at)) else {
            continue;
        };
        next = last + 1;
        let is_thing = is_of_thing(block, first, last) || is_history(block, first, last);
        let is_of_person = || {
            block.has_in_sentence(first, last, List::Person)
                || block.has_in_sentence(first, last, List::Role)
                || block.has_in_sentence(first, last, &["i", "we", "me", "us"])
        };
        if !is_thing && (has_name || is_labelled_cell(block, first, last) || is_of_person()) {
            matches.add_likely(Kind::EventDate, block.span(first, last));
        }
    }
}

/// A feast without its year, of which a text about people around its writer has few: since Boxing Day.
fn parse_feast_day(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let token = &block.tokens[at];
    let may_be = token.is(List::FeastBegin);
    let (first, last) = may_be.then(|| parse_feast(block, at)).flatten()?;
    is_day(block, first, last).then_some((first, last))
}

/// The weekday of a death: died on the Sunday, passed away the Thursday after.
fn parse_day_of_death(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    const DIED: &[&str] = &["died", "death", "passed"];
    if !block.is(at, List::Weekday) || block.tokens[at].shape != Shape::Title || at < 2 {
        return None;
    }
    let is_holiday = at > 2 && block.is(at - 1, &["holiday"]) && block.is(at - 2, &["bank"]);
    let begin = if is_holiday { at - 2 } else { at };
    let before = begin - usize::from(block.is(begin - 1, &["the"]));
    let is_placed = before < begin || block.is(begin - 1, &["on"]);
    let died = (before.saturating_sub(4)..before)
        .rev()
        .find(|&at| block.is(at, DIED));
    let is_of_death = is_placed && block.gap(at) == " ";
    let has_sentence =
        died.is_some_and(|died| (died + 1..=at).all(|at| !ends_sentence(block.gap(at))));
    let is_after = block.is(
        at + 1,
        &[
            "after",
            "before",
            "following",
            "morning",
            "night",
            "evening",
        ],
    );
    let goes_on = block.gap(at + 1) == " "
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape != Shape::Small);
    (is_of_death && has_sentence && !goes_on).then_some((before, at + usize::from(is_after)))
}

/// Whether a day is all of a cell or a line with a label of its own: Date: 1/6.
fn is_labelled_cell(block: &Block<'_>, first: usize, last: usize) -> bool {
    const LABELS: &[&str] = &[
        "date", "day", "when", "dates", "seen", "visit", "admitted", "incident",
    ];
    first > 0
        && last + 1 == block.tokens.len()
        && block.gap(first) == ": "
        && block.is(first - 1, LABELS)
}

/// Whether a date has a day and a month.
fn is_exact(block: &Block<'_>, first: usize, last: usize) -> bool {
    last > first && (first..=last).any(|at| parse_number(block, at).is_some_and(|day| day <= 31))
}

/// Whether a thing that has a date is near one: the policy of 14 March, 3 May (study day).
fn is_of_thing(block: &Block<'_>, first: usize, last: usize) -> bool {
    const BEFORE: usize = 5;
    const AFTER: usize = 2;
    let sentence = block.sentence(first, last);
    let from = sentence.start.max(first.saturating_sub(BEFORE));
    let to = sentence.end.min(last + 1 + AFTER);
    (from..to).any(|at| block.is(at, List::DatedThing))
}

/// Words in front of days that are still to come.
const COMING: &[&str] = &["by", "before", "until", "till", "due", "next", "from"];

/// Words in front of days on which something happened, beside those of events.
const PLACED: &[&str] = &[
    "on", "since", "dated", "seen", "date", "when", "again", "visit", "visited", "call",
];

/// Parts of a day, which are those of a day: the early hours of the 9th.
const PARTS: &[&str] = &["morning", "afternoon", "evening", "night", "hours", "day"];

/// Words after a day. After other words the number counts something: the 5th floor.
const AFTER_DAY: &[&str] = &[
    "and", "when", "with", "but", "so", "i", "we", "he", "she", "they", "at", "his", "her", "the",
    "to", "for", "in", "because", "after", "before", "it", "who", "that", "my", "our", "a",
    "about", "then", "px", "pt", "of", "w", "by", "from", "while", "there", "was", "as", "had",
    "until", "which", "again", "into", "where", "both",
];

/// A day without a month, or a day and a month in digits: Tuesday the 6th, the 17th, Tues 7/4.
fn parse_day(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let token = &block.tokens[at];
    let day = parse_number(block, at).filter(|day| (1..=31).contains(day))?;
    let has_article = at > 0 && block.is(at - 1, &["the"]) && block.gap(at) == " ";
    let begin = at - usize::from(has_article);
    let has_weekday =
        begin > 0 && block.is(begin - 1, List::Weekday) && [" ", ", "].contains(&block.gap(begin));
    let first = begin - usize::from(has_weekday);
    let is_coming = first > 0 && block.gap(first) == " " && block.is(first - 1, COMING);
    if is_coming || day == 0 {
        return None;
    }
    let is_placed = has_weekday || is_placed(block, first);
    if token.shape == Shape::Number {
        let month = parse_month(block, at);
        return match month {
            Some(last) => {
                (is_placed || is_labelled_cell(block, first, last)).then_some((first, last))
            }
            None => (has_weekday && is_last(block, at)).then_some((first, at)),
        };
    }
    // Nothing but a day is an ordinal after a day of the week.
    (has_weekday || (is_placed && is_last(block, at))).then_some((first, at))
}

/// Whether the words in front say that something happened on a day.
fn is_placed(block: &Block<'_>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    let is_part = block.is(before, &["of"]) && block.follows(before, PARTS);
    [" ", ": "].contains(&block.gap(first))
        && (block.is(before, PLACED) || block.is(before, List::Event) || is_part)
}

/// The month in digits after a day: 7/4, and no score or date in full.
fn parse_month(block: &Block<'_>, day: usize) -> Option<usize> {
    let month = block
        .get(day + 1)
        .filter(|month| month.shape == Shape::Number)?;
    let is_month = month.text.len() <= 2 && (1..=12).contains(&month.text.parse::<u32>().ok()?);
    let goes_on = ["/", ".", "-"].contains(&block.gap(day + 2)) && day + 2 < block.tokens.len();
    (is_month && block.gap(day + 1) == "/" && !goes_on).then_some(day + 1)
}

/// Whether nothing follows a day that it could count.
fn is_last(block: &Block<'_>, day: usize) -> bool {
    let gap = block.gap(day + 1);
    let is_joined = gap == " " || gap.starts_with([':', '/', '-']);
    let is_decimal = gap == "." && day + 1 < block.tokens.len();
    !is_decimal && (!is_joined || (gap == " " && block.is(day + 1, AFTER_DAY)))
}

#[cfg(test)]
mod tests {
    use super::super::search::identifiers;

    #[test]
    fn days_are_found_in_a_text_about_people_only() {
        for (line, days) in [
            (
                "I was out with her on Tuesday the 6th. It",
                vec!["Tuesday the 6th"],
            ),
            (
                "he caught me with it on the Saturday 28th and",
                vec!["Saturday 28th"],
            ),
            ("At 03:20 on Tues 7/4 px pulled it out", vec!["Tues 7/4"]),
            ("I heard that he died on the 17th. His", vec!["the 17th"]),
            ("On 18 May the patient began to slide", vec!["18 May"]),
            (
                "she has been here since Boxing Day with it",
                vec!["Boxing Day"],
            ),
            ("her first since new years eve and", vec!["new years eve"]),
            (
                "He died on the Thursday after with her",
                vec!["the Thursday after"],
            ),
            ("in the early hours of the 9th she woke", vec!["the 9th"]),
            ("It was tues 26th w her that time", vec!["tues 26th"]),
            ("Incident 21/02: she threw a cup", vec!["21/02"]),
            ("I worked on her Christmas Day menu", vec![]),
            ("I saw her again before Boxing Day", vec![]),
            ("I read the policy of 18 May to her", vec![]),
            ("she is on the 5th floor and I scored 7/10", vec![]),
            (
                "On Monday 9 patients came and I will be back by the 6th",
                vec![],
            ),
        ] {
            let text = format!("Mrs Oakapple sat with my mentor Bronagh.\n\n{line}");
            let found = identifiers(&text, &[]);
            let found: Vec<&str> = found.iter().map(|one| one.span.of(&text)).collect();
            assert_eq!(found[2..], days, "{line}");
            let alone = identifiers(line, &[]);
            assert!(alone.len() <= days.len(), "{line}: {alone:?}");
        }
    }
}
