//! `missing-justification`: a code that is tagged without a reason and without a passage.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};

pub(super) const MISSING_JUSTIFICATION: Rule = Rule {
    name: "missing-justification",
    group: RuleGroup::References,
    levels: Levels::new(Level::Off, Level::Note, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "A code that is tagged without a reason and without a passage.",
        why: "An assessor who has to search for the evidence may not find it: a claim should point at the words that prove it.",
        example: "ksbs: [K7]   # and no [words](ksb:K7) in the text",
        instead: "Link the exact words, `[I read the guarding as pain](ksb:K7)`, or give the reason: `{K7: \"...\"}`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case.submitted() {
        for claim in &entry.claims {
            if !claim.passages.is_empty() || claim.justification().is_some() {
                continue;
            }
            let code = case.portfolio.catalogue.code(claim.criterion);
            let message = format!("{code} has no reason and no linked passage");
            let finding = case.about(
                MISSING_JUSTIFICATION.name,
                entry,
                entry.claim_place(claim),
                message,
            );
            let full = case.portfolio.catalogue.full_code(claim.criterion);
            found.push(finding.fact(full).help(format!(
                "link the words that prove it: [the words](ksb:{code})"
            )));
        }
    }
}
