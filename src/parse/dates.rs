//! Dates in files, and dates as typed on the command line.

use jiff::civil::Date;

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

/// Parses a date typed on the command line.
///
/// # Errors
/// A sentence with the expected form, and with the date that was probably meant.
pub fn typed(text: &str) -> Result<Date, String> {
    let text = text.trim();
    read(text).ok_or_else(|| match meant(text) {
        Some(date) => format!("write a date as year-month-day: did you mean {date}?"),
        None => "write a date as year-month-day, as in 2026-03-14".to_owned(),
    })
}

/// Guesses the date meant by another form: `14/03/2026`, `14 March 2026`, `2026-3-4`. Returns
/// `None` if day and month could be swapped.
pub fn meant(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third] = parts[..] else {
        return None;
    };
    let number = |part: &str| {
        part.trim_end_matches(char::is_alphabetic)
            .parse::<i16>()
            .ok()
    };
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    if first.len() == 4 && first.bytes().all(|digit| digit.is_ascii_digit()) {
        return date(
            number(first)?,
            number(second).or(parse_month(second))?,
            number(third)?,
        );
    }
    let year = number(third).filter(|year| *year > 1900)?;
    if let Some(named) = parse_month(second) {
        return date(year, named, number(first)?);
    }
    if let Some(named) = parse_month(first) {
        return date(year, named, number(second)?);
    }
    let (day, month) = (number(first)?, number(second)?);
    (day > 12 || day == month)
        .then(|| date(year, month, day))
        .flatten()
}

/// Returns both readings of a date in figures if day and month could be swapped: `03/04/2026`.
pub fn readings(text: &str) -> Option<[Date; 2]> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
    let [first, second, year] = parts[..] else {
        return None;
    };
    let figures = parts
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !figures || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let year = match year.len() {
        2 => 2000 + year.parse::<i16>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let (a, b) = (first.parse().ok()?, second.parse().ok()?);
    let readings = [Date::new(year, b, a).ok()?, Date::new(year, a, b).ok()?];
    (a != b).then_some(readings)
}

fn parse_month(name: &str) -> Option<i16> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let name = name.to_lowercase();
    let at = NAMES.iter().position(|short| name.starts_with(short))?;
    i16::try_from(at + 1).ok()
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
    fn parses_one_form_and_guesses_unambiguous_others() {
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
        let guess = |text| meant(text).map(|date| date.to_string());
        assert_eq!(guess("14/03/2026").as_deref(), Some("2026-03-14"));
        assert_eq!(guess("14th March 2026").as_deref(), Some("2026-03-14"));
        assert_eq!(guess("March 14, 2026").as_deref(), Some("2026-03-14"));
        assert_eq!(guess("2026-3-4").as_deref(), Some("2026-03-04"));
        assert_eq!(guess("03/04/2026"), None);
        assert_eq!(guess("last week"), None);
    }
}
