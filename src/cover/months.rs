//! Months of a calendar.

use jiff::civil::Date;

/// The most months that a table shows: the last ones.
const MONTHS: usize = 60;

/// Months since the first of the calendar, to count with.
#[must_use]
pub fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The last day of each month from one day to another, the last of them that other day itself; the newest 60 where there
/// are more.
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
    fn months_end_on_their_last_day_and_on_the_day_itself() {
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
