//! `contested-claim`: a claim on which assessors who decided at the same time disagree.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;

pub(super) const CONTESTED_CLAIM: Rule = Rule {
    name: "contested-claim",
    group: RuleGroup::Decisions,
    levels: Levels::ERROR.guarding(),
    since: "0.2.0",
    text: RuleText {
        finds: "A claim on which two assessors disagree who decided at the same time, in copies of \
                the portfolio that were merged later.",
        why: "Neither knew of the other's verdict, so neither has the last word.",
        example: "claims: { K7: accepted }, and { K7: referred } in a file that follows the same one",
        instead: "An assessor reads both and decides again; that decision follows both files.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (at, criterion) in case.portfolio.contested_claims() {
        let entry = &case.portfolio.entries[at];
        let Some(claim) = entry.claim(criterion) else {
            continue;
        };
        let code = case.portfolio.catalogue.code(criterion);
        let message = format!(
            "{code} is contested: assessors who decided at the same time disagree about it"
        );
        let place = entry.claim_place(claim);
        let finding = case.about(CONTESTED_CLAIM.name, entry, place, message);
        let full = case.portfolio.catalogue.full_code(criterion);
        found.push(finding.fact(full).help(format!(
            "`ksbfolio explain entry:{id}` shows both; `ksbfolio assess {id}` settles it",
            id = entry.id
        )));
    }
}
