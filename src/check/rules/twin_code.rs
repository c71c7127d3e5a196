//! `twin-code`: a code tagged where the text names its twin.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::Twins;
use crate::diagnostic::Finding;
use crate::model::{CriterionId, Entry};

pub(super) const TWIN_CODE: Rule = Rule {
    name: "twin-code",
    group: RuleGroup::References,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "A code tagged where the text names its twin: another code whose statement nearly repeats it.",
        why: "Standards ask for knowing and doing in almost the same words; one of the two is easily left without evidence.",
        example: "ksbs: [K28] and in the text: this was S28 for me",
        instead: "Tag the code that the text means, or both where both are shown.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let twins = Twins::new(&case.portfolio.catalogue);
    for entry in &case.portfolio.entries {
        for mention in &entry.body.mentions {
            if let Some(twin) = claimed_twin(&twins, entry, mention.criterion) {
                let catalogue = &case.portfolio.catalogue;
                let (named, tagged) = (catalogue.code(mention.criterion), catalogue.code(twin));
                let message = format!(
                    "the text names {named}, but the entry claims {tagged}; the two statements are nearly the same"
                );
                let finding = case.about(TWIN_CODE.name, entry, mention.span, message);
                let finding = finding.fact(catalogue.full_code(mention.criterion));
                let finding = finding.fact(catalogue.full_code(twin));
                found.push(finding.help(format!(
                    "claim {named} if that is meant, or both where both are shown"
                )));
            }
        }
    }
}

/// The claimed criterion of which an unclaimed one is the twin.
pub(super) fn claimed_twin(
    twins: &Twins,
    entry: &Entry,
    unclaimed: CriterionId,
) -> Option<CriterionId> {
    if entry.claim(unclaimed).is_some() {
        return None;
    }
    let claimed = entry.claims.iter().map(|claim| claim.criterion);
    claimed
        .into_iter()
        .find(|&claimed| twins.are(claimed, unclaimed))
}
