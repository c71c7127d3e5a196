//! What a standard lacks, without being wrong: found where its author checks the file.

use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{Code, Criterion, Known, Standard};
use crate::text::Span;

/// The gaps of a standard, in the order of its file.
#[must_use]
pub fn find_gaps(standard: &Standard, has_reference: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut report = |span: Span, problem: String, fix: &str| {
        let fix = fix.to_owned();
        faults.push(Fault {
            place: Place::new(&standard.path, span),
            kind: FaultKind::InvalidStandard { problem, fix },
        });
    };
    if !has_reference {
        report(
            standard.id.span,
            "the standard has no `reference`".to_owned(),
            "write the awarding body's reference, or `reference: unknown`",
        );
    }
    for (at, criterion) in standard.criteria.iter().enumerate() {
        let code = &criterion.code;
        let is_empty = |text: &String| text.trim().is_empty();
        if criterion.text.known().is_none_or(is_empty) {
            report(
                code.span,
                format!("{} has no text", code.value),
                "copy its statement from the source",
            );
        }
        if let Some(kind) = kind_of_prefix(standard, criterion) {
            report(
                code.span,
                format!(
                    "{} is of the kind {}, and its letters are those of {kind}",
                    code.value,
                    standard.kind_of(criterion).id
                ),
                "correct the code or the kind",
            );
        }
        let in_group = standard
            .groups
            .iter()
            .any(|group| group.criteria.contains(&at));
        if !standard.groups.is_empty() && !in_group {
            report(
                code.span,
                format!("{} is in no group", code.value),
                "add it to the groups it belongs to",
            );
        }
    }
    for group in standard
        .groups
        .iter()
        .filter(|group| group.criteria.is_empty())
    {
        report(
            group.code.span,
            format!("{} has no criteria", group.code.value),
            "list its codes under `criteria`",
        );
    }
    faults.sort_by_key(|fault| fault.place.span.start);
    faults
}

/// The id of another kind that has the letters of a criterion's code.
fn kind_of_prefix<'a>(standard: &'a Standard, criterion: &Criterion) -> Option<&'a str> {
    let letters = Code::prefix(criterion.code.value.as_str());
    let has = |prefix: &str| !prefix.is_empty() && Code::fold(prefix) == letters;
    if has(&standard.kind_of(criterion).prefix) {
        return None;
    }
    let mut kinds = standard.kinds.iter();
    let other = kinds.find(|kind| has(&kind.prefix))?;
    Some(&other.id)
}

/// Whether a text gives the reference, if only as `unknown`.
#[must_use]
pub fn gives_reference(standard: &Standard, text: &str) -> bool {
    let mut lines = text.lines();
    matches!(standard.reference, Known::Known(_))
        || lines.any(|line| line.trim_start().to_lowercase().starts_with("reference:"))
}
