//! Dates given as options in another form than YYYY-MM-DD.

use std::ffi::OsString;

use crate::parse::dates::typed;
use crate::text::in_words;

/// Options that take a date.
const OPTIONS: [&str; 6] = [
    "--as-of", "--date", "--start", "--end", "--since", "--until",
];

/// A line for each date that is written in another form than YYYY-MM-DD, with the day it is read as.
pub(in crate::cli) fn dates_in_words(arguments: &[OsString]) -> Vec<String> {
    let texts: Vec<&str> = arguments.iter().filter_map(|one| one.to_str()).collect();
    let mut lines = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let (option, value) = match text.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (*text, texts.get(at + 1).copied()),
        };
        let value = value.filter(|_| OPTIONS.contains(&option));
        let Some((value, date)) = value.and_then(|value| Some((value, typed(value).ok()?))) else {
            continue;
        };
        if date.to_string() != value {
            lines.push(format!("{option} {value} is read as {}.", in_words(date)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_forms_are_put_into_words() {
        let lines = |arguments: &[&str]| {
            let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            dates_in_words(&arguments)
        };
        let read = lines(&[
            "ksbfolio",
            "new",
            "Tea",
            "--date",
            "14/3/26",
            "--as-of=1 May 2026",
        ]);
        assert_eq!(
            read,
            [
                "--date 14/3/26 is read as 14 March 2026.",
                "--as-of 1 May 2026 is read as 1 May 2026."
            ]
        );
        assert!(lines(&["ksbfolio", "new", "--date", "2026-03-14"]).is_empty());
    }
}
