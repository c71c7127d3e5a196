//! Calendar months.

use jiff::civil::Date;

/// The most months in a table.
const MONTHS: usize = 60;

/// The number of the month since year 0, for arithmetic.
#[must_use]
pub fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The last day of each month from `from` to `to`, then `to` itself; the newest 60 if there are
/// more.
#[must_use]
pub fn month_ends(from: Date, to: Date) -> Vec<Date> {
    let mut ends = Vec::new();
    let mut day = to;
    while ends.len() < MONTHS && month_number(day) >= month_number(from) {
        ends.push(day);
        match day.first_of_month().yesterday() {
            Ok(before) => day = before,
            Err(_) => break,
        }
    }
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_end_on_their_last_day_or_on_the_given_day() {
        let ends = |from, to| -> Vec<String> {
            month_ends(from, to).iter().map(Date::to_string).collect()
        };
        let until = date(2026, 2, 10);
        assert_eq!(
            ends(date(2025, 12, 31), until),
            ["2025-12-31", "2026-01-31", "2026-02-10"]
        );
        assert_eq!(ends(until, until), ["2026-02-10"]);
        assert_eq!(ends(date(2026, 3, 1), date(2026, 2, 28)), [""; 0]);
        assert_eq!(ends(date(1, 1, 1), until).len(), MONTHS);
    }
}
