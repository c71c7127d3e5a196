//! The part of a feedback that is about one code.

use super::naming::names;
use super::scene::RenderContext;
use crate::model::{CriterionId, Decision, Portfolio};

/// The paragraphs of a feedback.
pub(super) fn list_paragraphs(feedback: &str) -> Vec<String> {
    let lines: Vec<&str> = feedback.lines().map(str::trim).collect();
    lines
        .split(|line| line.is_empty())
        .map(|lines| lines.join("\n"))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// The paragraphs of a decision's feedback that are about a criterion: those below its code in bold
/// and those that name it, else those that are about no code of the decision. All paragraphs if none
/// is about a code.
pub fn feedback_on(
    portfolio: &Portfolio,
    decision: &Decision,
    criterion: CriterionId,
) -> Vec<String> {
    let code = |id: CriterionId| portfolio.catalogue.code(id).as_str();
    let judged: Vec<&str> = decision
        .claims
        .iter()
        .map(|one| code(one.criterion))
        .collect();
    let feedback = decision.feedback.as_deref().unwrap_or_default();
    select_paragraphs(feedback, &judged, code(criterion))
}

fn select_paragraphs(feedback: &str, judged: &[&str], code: &str) -> Vec<String> {
    let (mut own, mut general) = (Vec::new(), Vec::new());
    let mut heading = None;
    for text in list_paragraphs(feedback) {
        let bold = text
            .strip_prefix("**")
            .and_then(|text| text.strip_suffix("**"));
        if let Some(of) = judged.iter().find(|of| bold == Some(**of)) {
            heading = Some(*of);
            continue;
        }
        let is_about = |of: &str| heading == Some(of) || heading.is_none() && names(&text, of);
        if is_about(code) {
            own.push(text);
        } else if !judged.iter().any(|of| is_about(of)) {
            general.push(text);
        }
    }
    if own.is_empty() { general } else { own }
}

/// [`feedback_on`] for a page.
pub(super) fn select_feedback(
    scene: &RenderContext<'_>,
    decision: &Decision,
    criterion: CriterionId,
) -> Vec<String> {
    feedback_on(scene.portfolio, decision, criterion)
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

    #[test]
    fn feedback_below_a_code_in_bold_is_about_that_code() {
        let feedback =
            "Good work.\n\n**K1**\n\nSay why.\n\nAnd when.\n\n**K2**\n\nUnlike K1, clear.";
        let about = |code| select_paragraphs(feedback, &["K1", "K2", "K3"], code);
        assert_eq!(about("K1"), ["Say why.", "And when."]);
        assert_eq!(about("K2"), ["Unlike K1, clear."]);
        assert_eq!(about("K3"), ["Good work."]);
        let named = select_paragraphs("K1 is thin.\n\nFine else.", &["K1", "K2"], "K1");
        assert_eq!(named, ["K1 is thin."]);
    }
}
