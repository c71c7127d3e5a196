//! What a standard lacks, without being wrong: found where its author checks the file.

use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{Code, Criterion, Standard};
use crate::text::Span;

/// The gaps of a standard, in the order of its file.
#[must_use]
pub fn find_gaps(standard: &Standard) -> Vec<Fault> {
    let mut gaps = Vec::new();
    if !standard.has_reference {
        gaps.push((
            standard.id.span,
            "the standard has no `reference`".to_owned(),
            "write the awarding body's reference, or `reference: unknown`",
        ));
    }
    for at in 0..standard.criteria.len() {
        gaps.extend(gaps_of(standard, at));
    }
    for group in &standard.groups {
        if group.criteria.is_empty() {
            gaps.push((
                group.code.span,
                format!("{} has no criteria", group.code.value),
                "list its codes under `criteria`",
            ));
        }
    }
    gaps.sort_by_key(|gap| gap.0.start);
    let fault = |(span, problem, fix): Gap| Fault {
        place: Place::new(&standard.path, span),
        kind: FaultKind::InvalidStandard {
            problem,
            fix: fix.to_owned(),
        },
    };
    gaps.into_iter().map(fault).collect()
}

/// A gap: its place, the problem and the advice.
type Gap = (Span, String, &'static str);

/// The gaps of one criterion.
fn gaps_of(standard: &Standard, at: usize) -> Vec<Gap> {
    let criterion = &standard.criteria[at];
    let code = &criterion.code;
    let mut gaps = Vec::new();
    if !criterion.has_text {
        let problem = format!("{} has no text", code.value);
        gaps.push((
            code.span,
            problem,
            "copy its statement from the source, or write `text: unknown`",
        ));
    }
    if let Some(kind) = kind_of_prefix(standard, criterion) {
        let own = &standard.kind_of(criterion).id;
        let problem = format!(
            "{} is of the kind {own}, and its letters are those of {kind}",
            code.value
        );
        gaps.push((code.span, problem, "correct the code or the kind"));
    }
    let mut groups = standard.groups.iter();
    if !standard.groups.is_empty() && !groups.any(|group| group.criteria.contains(&at)) {
        let problem = format!("{} is in no group", code.value);
        gaps.push((code.span, problem, "add it to the groups it belongs to"));
    }
    gaps
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
