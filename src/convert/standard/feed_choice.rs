//! The one standard of a file that is meant.

use serde_json::Value;

use super::ReadingProblem;
use super::feed_file::{FeedFile, RecordName, WantedStandard};
use crate::text::{counted, nearest, shortened};

/// A file that is not JSON.
pub(super) fn not_json(error: &serde_json::Error) -> ReadingProblem {
    let place = format!("line {}", error.line());
    if error.is_eof() {
        let help = "download it again, and see that it arrives whole";
        return ReadingProblem::new(&place, "the file breaks off here", help);
    }
    let message = format!("it is no JSON at column {}", error.column());
    ReadingProblem::new(
        &place,
        message,
        "save the answer of Skills England unchanged",
    )
}

/// The one record that is meant.
pub(super) fn choose<'a>(
    file: &'a FeedFile,
    wanted: Option<&WantedStandard>,
) -> Result<&'a Value, ReadingProblem> {
    if file.names.is_empty() {
        let help = "take the JSON of one standard, or of the list of standards; for the \
                    occupational maps, ask for `expand=occupation.dutiesKSB`";
        return Err(ReadingProblem::new("", "there is no standard in it", help));
    }
    match (&file.records[..], wanted) {
        ([record], Some(_)) => Ok(record),
        ([record], None) if file.names.len() == 1 => Ok(record),
        ([], Some(wanted)) => Err(absent(file, wanted)),
        (_, wanted) => {
            let message = match wanted {
                Some(wanted) => {
                    format!("there are several versions of {} in it", wanted.reference())
                }
                None => format!("there are {} in it", counted(file.names.len(), "standard")),
            };
            let names = file.names.iter();
            let meant = names.filter(|name| wanted.is_none_or(|wanted| wanted.is_of(name)));
            Err(ReadingProblem::new("", message, versions(meant)))
        }
    }
}

/// Why a standard that was asked for is not there.
fn absent(file: &FeedFile, wanted: &WantedStandard) -> ReadingProblem {
    let reference = wanted.reference();
    let others: Vec<&RecordName> = file
        .names
        .iter()
        .filter(|name| wanted.is_of(name))
        .collect();
    if !others.is_empty() {
        let message = format!("{reference} is not in it in that version");
        return ReadingProblem::new("", message, versions(others.into_iter()));
    }
    let references = file.names.iter().map(|name| name.reference.as_str());
    let help = match nearest(reference, references) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("it has {}", counted(file.names.len(), "standard")),
    };
    ReadingProblem::new("", format!("{reference} is not in it"), help)
}

/// How to name the first of these records, and what they are.
fn versions<'a>(names: impl Iterator<Item = &'a RecordName>) -> String {
    let names: Vec<&RecordName> = names.collect();
    let shown: Vec<String> = names
        .iter()
        .take(5)
        .map(|name| {
            let title = shortened(&name.title, 40);
            let status = if name.status.is_empty() {
                String::new()
            } else {
                format!(" ({})", name.status)
            };
            format!("{} {} {title}{status}", name.reference, name.version)
        })
        .collect();
    let more = names.len().saturating_sub(shown.len());
    let more = if more > 0 {
        format!(", and {more} more")
    } else {
        String::new()
    };
    let first = names.first().map_or_else(String::new, |name| {
        format!("{} {}", name.reference, name.version)
    });
    format!(
        "name one, as in `--standard \"{first}\"`: {}{more}",
        shown.join(", ")
    )
}
