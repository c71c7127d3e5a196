//! Finds the marks that git leaves in a text that it could not merge.

use crate::diagnostic::{Fault, FaultKind, Place};
use crate::text::{Source, Span};

/// A fault at the first conflict of a text, if it has any.
///
/// Seven equals signs may underline a heading, and seven signs of quotation may begin a mail: they
/// are marks only after an earlier mark of the same conflict.
pub(super) fn find_conflicts(source: &Source) -> Option<Fault> {
    let text = &source.text;
    if !(text.contains("<<<<<<<") || text.contains(">>>>>>>")) {
        return None;
    }
    let (mut first, mut conflicts, mut is_parted) = (None, 0, false);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let here = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let is_end = is_mark(line, ">>>>>>>") && is_parted;
        let is_start = is_mark(line, "<<<<<<<");
        if is_start || is_end {
            first = first.or(Some(Span::new(here, here + line.len())));
        }
        conflicts += usize::from(is_start);
        is_parted = (is_parted || line == "=======") && !is_end;
    }
    Some(Fault {
        place: Place::new(&source.path, first?),
        kind: FaultKind::ConflictMarkers {
            conflicts: conflicts.max(1),
        },
    })
}

/// Whether a line is a mark, alone or with the name of a version behind it.
fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(usize, usize)> {
        let fault = find_conflicts(&Source::new("a.md", text))?;
        match fault.kind {
            FaultKind::ConflictMarkers { conflicts } => Some((fault.place.span.start, conflicts)),
            _ => None,
        }
    }

    #[test]
    fn marks_of_a_conflict_are_found_at_the_first() {
        let conflict = "<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> other\n";
        assert_eq!(found(conflict), Some((0, 1)));
        assert_eq!(found(&format!("words\n{conflict}{conflict}")), Some((6, 2)));
        assert_eq!(found(&conflict.replace('\n', "\r\n")), Some((0, 1)));
        // Half of the marks were deleted.
        assert_eq!(found("mine\n=======\n>>>>>>> other"), Some((13, 1)));
        assert_eq!(found("<<<<<<<\nmine"), Some((0, 1)));
    }

    #[test]
    fn markdown_has_no_marks() {
        for text in [
            "A heading\n=======\n\nwords",
            ">>>>>>> a quotation of a quotation",
            "words <<<<<<< HEAD",
            "<<<<<<<<<< ten",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
