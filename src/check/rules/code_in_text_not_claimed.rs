//! `code-in-text-not-claimed`: a code that the text names and the entry does not claim.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::Twins;
use crate::diagnostic::Finding;

pub(super) const CODE_IN_TEXT_NOT_CLAIMED: Rule = Rule {
    name: "code-in-text-not-claimed",
    group: RuleGroup::References,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: RuleText {
        finds: "A code that the text names and the entry does not claim.",
        why: "Evidence that the learner saw is not counted, and the code may be left without any.",
        example: "This showed me S14 in practice.   # and S14 in no tag",
        instead: "Tag the code, or link the words that prove it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let twins = Twins::new(&case.portfolio.catalogue);
    for entry in &case.portfolio.entries {
        let mut reported = Vec::new();
        for mention in &entry.body.mentions {
            let catalogue = &case.portfolio.catalogue;
            let claimed =
                entry.claim(mention.criterion).is_some() || reported.contains(&mention.criterion);
            let twin = super::twin_code::claimed_twin(&twins, entry, mention.criterion).is_some();
            if claimed || twin {
                continue;
            }
            reported.push(mention.criterion);
            let code = catalogue.code(mention.criterion);
            let message = format!("the text names {code}, but the entry does not claim it");
            let finding = case.about(CODE_IN_TEXT_NOT_CLAIMED.name, entry, mention.span, message);
            let finding = finding.fact(catalogue.full_code(mention.criterion));
            found.push(finding.help(format!(
                "add {code} to ksbs, or link the words that prove it"
            )));
        }
    }
}
