//! Dates in files, and dates as typed on the command line.

use jiff::civil::Date;

use crate::text::in_words;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Parses a date in the only form that files use, `YYYY-MM-DD`.
pub fn read(text: &str) -> Option<Date> {
    let shape = |(at, byte): (usize, u8)| {
        if at == 4 || at == 7 {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    };
    let well_formed = text.len() == 10 && text.bytes().enumerate().all(shape);
    well_formed.then(|| text.parse().ok()).flatten()
}

/// Whether a value is a date or a slip in writing one, and so identifies no person: up to eight digits
/// and the name of a month.
#[must_use]
pub fn is_like_date(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let mut words = text.split(|sign: char| !sign.is_alphabetic());
    let is_part = |word: &str| {
        let word = word.to_lowercase();
        let mut months = MONTHS.iter();
        ["", "st", "nd", "rd", "th", "of"].contains(&&*word)
            || (word.len() > 2 && months.any(|month| month.starts_with(&word)))
    };
    (1..=8).contains(&digits) && words.all(is_part)
}

/// A date in another form than that of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateReading {
    /// Only one day fits.
    Day(Date),
    /// Day and month could be swapped.
    Either([Date; 2]),
    /// A day of a month without a year.
    NoYear(i8, i8),
    /// The month has no such day: `30 February`.
    NoSuchDay(String),
}

/// Reads a date in figures or words: `14/3/26`, `14th of March 2026`, `Sat 14 March`, `20260314`.
/// `None` if it looks like no date.
#[must_use]
pub fn reading(text: &str) -> Option<DateReading> {
    let parts = split_parts(text);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let named = parts.iter().position(|part| parse_month(part).is_some());
    if let Some(at) = named {
        let month = parse_month(parts[at])?;
        let others: Vec<&str> = parts
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, part)| *part)
            .collect();
        return match others[..] {
            [day] => {
                let (day, month) = (number(day)?, i8::try_from(month).ok()?);
                let day = i8::try_from(day)
                    .ok()
                    .filter(|day| (1..=31).contains(day))?;
                Some(DateReading::NoYear(day, month))
            }
            [year, day] if is_year(year) => Some(day_or_none(number(year)?, month, number(day)?)),
            [day, year] => Some(day_or_none(full_year(year)?, month, number(day)?)),
            _ => None,
        };
    }
    match parts[..] {
        [all] if all.len() == 8 && all.bytes().all(|byte| byte.is_ascii_digit()) => {
            let is_recent = |year: &i16| (1990..2100).contains(year);
            if let Some(year) = number(&all[..4]).filter(is_recent) {
                return Some(day_or_none(year, number(&all[4..6])?, number(&all[6..])?));
            }
            let year = number(&all[4..]).filter(is_recent)?;
            read_figures(number(&all[..2])?, number(&all[2..4])?, year)
        }
        // A camera puts the time behind the day.
        [day, time] if day.len() == 8 && time.len() == 6 => reading(day),
        [year, month, day] if is_year(year) => {
            Some(day_or_none(number(year)?, number(month)?, number(day)?))
        }
        [first, second, year] if first.len() <= 2 && second.len() <= 2 => {
            read_figures(number(first)?, number(second)?, full_year(year)?)
        }
        _ => None,
    }
}

/// Reads a date in figures whose year comes last.
fn read_figures(first: i16, second: i16, year: i16) -> Option<DateReading> {
    let day = |month: i16, day: i16| new_date(year, month, day);
    Some(match (day(second, first), day(first, second)) {
        (Some(one), Some(other)) if one != other => DateReading::Either([one, other]),
        (Some(one), _) | (None, Some(one)) => DateReading::Day(one),
        (None, None) if (1..=31).contains(&first) && (1..=12).contains(&second) => {
            day_or_none(year, second, first)
        }
        (None, None) => return None,
    })
}

/// The parts of a date in lower case, without the name of the weekday, the time of day, `st` and
/// `of`.
fn split_parts(text: &str) -> Vec<String> {
    const FILLING: [&str; 6] = ["of", "the", "on", "at", "am", "pm"];
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower: String = text.trim().chars().map(narrow).collect();
    let lower = with_dashes(&lower.to_lowercase());
    // A time of day follows the date.
    let time = lower.find(':').map(|colon| {
        let before = lower[..colon].trim_end_matches(|sign: char| sign.is_ascii_digit());
        let before = before.trim_end_matches([' ', ',', '_']);
        // `2026-03-14T10:00`, and not `at 10:00`.
        let day = before.strip_suffix('t');
        let day = day.filter(|day| day.ends_with(|sign: char| sign.is_ascii_digit()));
        day.unwrap_or(before).len()
    });
    let date = &lower[..time.unwrap_or(lower.len())];
    let parts = date
        .split(|sign: char| !sign.is_alphanumeric())
        .flat_map(split_letters);
    let is_weekday = |part: &&str| {
        part.len() >= 3
            && DAYS.iter().any(|day| part.starts_with(day))
            && number(part).is_none()
            && parse_month(part).is_none()
    };
    let parts = parts.filter(|part| !part.is_empty() && !FILLING.contains(part));
    parts
        .filter(|part| !is_weekday(part))
        .map(str::to_owned)
        .collect()
}

/// A wide figure or letter in its common form.
fn narrow(sign: char) -> char {
    let is_wide = matches!(sign, '\u{ff01}'..='\u{ff5e}');
    let narrow = is_wide.then(|| char::from_u32(u32::from(sign) - 0xfee0));
    narrow.flatten().unwrap_or(sign)
}

/// A date with colons, as cameras write it, with dashes: `2026:03:14 21:07`.
fn with_dashes(text: &str) -> String {
    match (
        text.get(..4),
        text.get(4..5),
        text.get(5..7),
        text.get(7..8),
        text.get(8..),
    ) {
        (Some(year), Some(":"), Some(month), Some(":"), Some(rest)) if is_year(year) => {
            format!("{year}-{month}-{rest}")
        }
        _ => text.to_owned(),
    }
}

/// Splits figures from the letters that are written to them: `14mar2026`, without those of `14th`
/// and of a time of day, `9pm`.
fn split_letters(part: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end = rest.find(|sign: char| sign.is_ascii_digit() != is_digit);
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        let is_time = is_digit && ["am", "pm"].contains(&after);
        let is_ordinal = ["st", "nd", "rd", "th"].contains(&piece) && !pieces.is_empty();
        if is_time {
            break;
        }
        if !is_ordinal {
            pieces.push(piece);
        }
        rest = after;
    }
    pieces
}

fn number(part: &str) -> Option<i16> {
    part.parse().ok()
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && number(part).is_some()
}

/// A year of two or four digits.
fn full_year(part: &str) -> Option<i16> {
    match part.len() {
        2 => Some(2000 + number(part)?),
        4 => number(part).filter(|year| *year > 1900),
        _ => None,
    }
}

fn new_date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn day_or_none(year: i16, month: i16, day: i16) -> DateReading {
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at));
    match (new_date(year, month, day), name) {
        (Some(date), _) => DateReading::Day(date),
        (None, Some(name)) => DateReading::NoSuchDay(format!(
            "{day} {}{} {year}",
            name[..1].to_uppercase(),
            &name[1..]
        )),
        (None, None) => DateReading::NoSuchDay(format!("month {month}")),
    }
}

/// Parses a date typed on the command line, in any form that means one day.
///
/// # Errors
/// A sentence that says what to write.
pub fn typed(text: &str) -> Result<Date, String> {
    typed_near(text, None)
}

/// The same. A day without a year is the last one up to `today`, if that is given.
///
/// # Errors
/// A sentence that says what to write.
pub fn typed_near(text: &str, today: Option<Date>) -> Result<Date, String> {
    let text = text.trim();
    if let Some(date) = read(text) {
        return Ok(date);
    }
    if let Some(today) = today {
        match text.to_lowercase().as_str() {
            "today" => return Ok(today),
            "yesterday" => return today.yesterday().map_err(|error| error.to_string()),
            _ => {}
        }
    }
    match (reading(text), today) {
        (Some(DateReading::Day(date)), _) => Ok(date),
        (Some(DateReading::Either([one, other])), _) => Err(format!(
            "this could be {} or {}: write {one} or {other}",
            in_words(one),
            in_words(other)
        )),
        (Some(DateReading::NoSuchDay(day)), _) => Err(format!("there is no {day}")),
        (Some(DateReading::NoYear(day, month)), Some(today)) => {
            let of = |year| {
                Date::new(year, month, day)
                    .ok()
                    .filter(|date| *date <= today)
            };
            let mut years = (today.year() - 8..=today.year()).rev();
            let found = years.find_map(of);
            found.ok_or_else(|| "that month has no such day".to_owned())
        }
        (Some(DateReading::NoYear(..)), None) => {
            Err("add the year, as in 14 March 2026".to_owned())
        }
        (None, _) => Err("write a date as year-month-day, as in 2026-03-14".to_owned()),
    }
}

fn parse_month(name: &str) -> Option<i16> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let name = name.to_lowercase();
    // `marsh` is not a month.
    let at = NAMES.iter().position(|short| name.starts_with(short))?;
    let is_name = MONTHS[at].starts_with(name.as_str()) || name == "sept";
    is_name.then(|| i16::try_from(at + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_values_of_a_date_are_no_dates() {
        for date in [
            "2026-03-14",
            "14 March 2026",
            "3/4/26",
            "1st of Sept",
            "20261403",
        ] {
            assert!(is_like_date(date), "{date}");
        }
        for other in [
            "943 476 5919",
            "Mary 12",
            "07700 900123",
            "Mrs Oakapple",
            "2026 or so",
            "",
        ] {
            assert!(!is_like_date(other), "{other}");
        }
    }

    #[test]
    fn files_have_one_form_of_a_date() {
        assert!(read("2026-03-14").is_some());
        for other in [
            "2026-3-14",
            "14/03/2026",
            "2026-02-30",
            "2026-03-14T10:00",
            "soon",
        ] {
            assert!(read(other).is_none(), "{other}");
        }
    }

    #[test]
    fn unambiguous_dates_are_read_in_other_forms() {
        for (text, day) in [
            ("14/03/2026", "2026-03-14"),
            ("14/3/26", "2026-03-14"),
            ("14.3.2026", "2026-03-14"),
            ("14-03-2026", "2026-03-14"),
            ("3/14/2026", "2026-03-14"),
            ("14th March 2026", "2026-03-14"),
            ("14th of March, 2026", "2026-03-14"),
            ("March 14, 2026", "2026-03-14"),
            ("Saturday 14 March 2026", "2026-03-14"),
            ("Sat, 14 Mar 26", "2026-03-14"),
            ("2026-3-4", "2026-03-04"),
            ("2026/03/14", "2026-03-14"),
            ("20260314", "2026-03-14"),
            ("2026-03-14T10:00", "2026-03-14"),
            ("14 March 2026, 10:30", "2026-03-14"),
            ("4/4/26", "2026-04-04"),
            ("Sat 14 Mar 2026 at 21:07", "2026-03-14"),
            ("Mar 14, 2026 at 9:07 PM", "2026-03-14"),
            ("14 March 2026 9pm", "2026-03-14"),
            ("14MAR2026", "2026-03-14"),
            ("14Mar26", "2026-03-14"),
            ("14032026", "2026-03-14"),
            ("20260314_210713", "2026-03-14"),
            ("2026:03:14 21:07:13", "2026-03-14"),
            ("２０２６-０３-１４", "2026-03-14"),
            ("1st August 2026", "2026-08-01"),
            ("Sat 1 Aug 2026", "2026-08-01"),
        ] {
            assert_eq!(
                typed(text).map(|date| date.to_string()),
                Ok(day.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn other_dates_are_answered_and_days_near_today_found() {
        for (text, words) in [
            ("03/04/2026", "3 April 2026 or 4 March 2026"),
            ("30 February 2026", "there is no 30 February 2026"),
            ("31/6/26", "there is no 31 June 2026"),
            ("14 March", "add the year"),
            ("last week", "year-month-day"),
            ("soon", "year-month-day"),
            ("2026-03-14x", "year-month-day"),
            ("03042026", "3 April 2026 or 4 March 2026"),
            ("14thx March 2026", "year-month-day"),
        ] {
            assert!(typed(text).is_err_and(|why| why.contains(words)), "{text}");
        }
        let today = Some(jiff::civil::date(2026, 11, 21));
        for (text, day) in [
            ("14th of March", "2026-03-14"),
            ("24 Dec", "2025-12-24"),
            ("yesterday", "2026-11-20"),
        ] {
            assert_eq!(
                typed_near(text, today).map(|date| date.to_string()),
                Ok(day.to_owned())
            );
        }
    }
}
