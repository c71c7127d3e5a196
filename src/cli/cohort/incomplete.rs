//! What `cohort` says on standard error when it ends with 1.

use crate::cli::console::Console;
use crate::cohort::Row;
use crate::text::{counted, plural};

/// The most folders that are named when a run ends with 1.
const MOST_NAMED: usize = 20;

/// A row that was not judged in full, with its folder, its learner and the reason; `None` for others.
pub(super) fn describe_incomplete(row: &Row) -> Option<String> {
    if !row.is_incomplete() {
        return None;
    }
    let place = match (row.folder.as_str(), row.learner.as_str()) {
        (folder, "") => folder.to_owned(),
        ("", learner) => learner.to_owned(),
        (folder, learner) => format!("{folder} ({learner})"),
    };
    let mut whole = row.reasons.iter().filter(|one| one.measure.is_none());
    let why = whole.next().map(|one| one.words.as_str());
    Some(format!("{place}: {}", why.unwrap_or("not judged in full")))
}

/// Says on standard error why a run ends with 1, for a pipeline that keeps the reports in files. Under
/// a key it names neither folders nor learners.
pub(super) fn say_incomplete(
    incomplete: &[String],
    learners: usize,
    is_covered: bool,
    console: &mut Console,
) {
    if incomplete.is_empty() {
        return;
    }
    let named = if is_covered { 0 } else { MOST_NAMED };
    for line in incomplete.iter().take(named) {
        console.say(line);
    }
    let number = incomplete.len();
    let all = counted(learners, "learner");
    let were = plural(number, "was", "were");
    let next = if is_covered {
        "run the command without --key to see which"
    } else {
        "`ksbfolio --root DIR check` names file and line"
    };
    console.say(&format!(
        "{number} of {all} {were} not judged in full; {next}"
    ));
}
