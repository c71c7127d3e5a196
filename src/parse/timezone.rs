//! The learner's time zone, from the database in the program.

use jiff::tz::TimeZone;

use super::decode::{Decoder, Table};
use crate::text::nearest;

/// The default time zone.
pub(super) fn default_timezone() -> TimeZone {
    find_timezone(DEFAULT_TIMEZONE).unwrap_or(TimeZone::UTC)
}

/// The time zone of the apprenticeships whose standards are shipped.
const DEFAULT_TIMEZONE: &str = "Europe/London";

/// Looks up a time zone in the database in the program, which is the same on every machine.
fn find_timezone(name: &str) -> Option<TimeZone> {
    jiff::tz::db().get(name).ok()
}

/// Reads the learner's time zone. Returns `None` if there is none, or if it does not exist, which
/// is reported.
pub(super) fn read_timezone(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<TimeZone> {
    let node = table.get("timezone")?;
    let name = decoder.read_scalar(node, "timezone")?;
    let zone = find_timezone(&name.value);
    if zone.is_none() {
        let known: Vec<String> = jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .collect();
        // Offsets and `BST` are common, and are not names of time zones.
        let is_offset = name
            .value
            .starts_with(|character: char| !character.is_alphabetic())
            || name.value.contains(['+']);
        let is_ours = is_offset || name.value.eq_ignore_ascii_case("BST");
        let near = if is_ours {
            None
        } else {
            nearest(&name.value, known.iter().map(String::as_str))
        };
        let near = near.unwrap_or(DEFAULT_TIMEZONE);
        decoder.report_wrong_type(
            node,
            "timezone",
            &format!("the name of a time zone, such as {near}"),
        );
    }
    zone
}

#[cfg(test)]
mod tests {
    use crate::parse::settings;
    use crate::text::Source;

    fn day(zone: &str, moment: &str) -> Option<String> {
        let source = Source::new("portfolio.yaml", &format!("timezone: {zone}\n"));
        Some(
            settings(&source)
                .value
                .settings
                .day_at(moment.parse().ok()?)
                .to_string(),
        )
    }

    #[test]
    fn days_begin_at_local_midnight_also_in_summer_time() {
        // London: summer time from 29 March to 25 October 2026.
        for (moment, expected) in [
            ("2026-01-15T23:59:59Z", "2026-01-15"),
            ("2026-03-28T23:30:00Z", "2026-03-28"),
            ("2026-03-29T22:59:59Z", "2026-03-29"),
            ("2026-03-29T23:00:00Z", "2026-03-30"),
            ("2026-07-14T23:30:00Z", "2026-07-15"),
            ("2026-10-24T23:00:00Z", "2026-10-25"),
            ("2026-10-25T23:30:00Z", "2026-10-25"),
            ("2026-10-26T00:00:00Z", "2026-10-26"),
        ] {
            assert_eq!(
                day("Europe/London", moment).as_deref(),
                Some(expected),
                "{moment}"
            );
            assert_eq!(
                day("Europe/Londno", moment).as_deref(),
                Some(expected),
                "{moment}: the default"
            );
            assert_eq!(
                day("europe/london", moment).as_deref(),
                Some(expected),
                "{moment}: another case"
            );
        }
        // Auckland: twelve hours ahead of Greenwich, thirteen in summer, from 27 September 2026.
        for (moment, expected) in [
            ("2026-09-26T11:59:59Z", "2026-09-26"),
            ("2026-09-26T12:00:00Z", "2026-09-27"),
            ("2026-09-27T10:59:59Z", "2026-09-27"),
            ("2026-09-27T11:00:00Z", "2026-09-28"),
            ("2027-04-04T11:00:00Z", "2027-04-04"),
            ("2027-04-04T12:00:00Z", "2027-04-05"),
        ] {
            assert_eq!(
                day("Pacific/Auckland", moment).as_deref(),
                Some(expected),
                "{moment}"
            );
        }
    }
}
