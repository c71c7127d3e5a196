//! The part of a feedback that is about one code.

use super::naming::names;
use super::scene::RenderContext;
use crate::model::{CriterionId, Decision};

/// The paragraphs of a feedback.
pub(super) fn list_paragraphs(feedback: &str) -> Vec<String> {
    let lines: Vec<&str> = feedback.lines().map(str::trim).collect();
    lines
        .split(|line| line.is_empty())
        .map(|lines| lines.join("\n"))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// The paragraphs of a decision's feedback that are about a criterion: those that name it, else
/// those that name no code of the decision. All paragraphs if none names a code.
pub(super) fn select_feedback(
    scene: &RenderContext<'_>,
    decision: &Decision,
    criterion: CriterionId,
) -> Vec<String> {
    let all = list_paragraphs(decision.feedback.as_deref().unwrap_or_default());
    let code = |id: CriterionId| scene.portfolio.catalogue.code(id).as_str();
    let names_it = |text: &String| names(text, code(criterion));
    let names_any = |text: &String| {
        let mut claims = decision.claims.iter();
        claims.any(|claim| names(text, code(claim.criterion)))
    };
    let own: Vec<String> = all.iter().filter(|text| names_it(text)).cloned().collect();
    if own.is_empty() {
        all.into_iter().filter(|text| !names_any(text)).collect()
    } else {
        own
    }
}

/// The paragraphs of a decision's feedback that name a criterion.
pub(super) fn select_naming(
    scene: &RenderContext<'_>,
    decision: &Decision,
    criterion: CriterionId,
) -> Vec<String> {
    let code = scene.portfolio.catalogue.code(criterion).as_str();
    let mut all = list_paragraphs(decision.feedback.as_deref().unwrap_or_default());
    all.retain(|text| names(text, code));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_separated_by_empty_lines() {
        assert_eq!(list_paragraphs("\na\nb\n\n\n c \n"), ["a\nb", "c"]);
    }
}
