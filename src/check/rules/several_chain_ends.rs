//! `several-chain-ends`: decisions that continue the chain at the same place.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Place, Subject};
use crate::text::Span;

pub(super) const SEVERAL_CHAIN_ENDS: Rule = Rule {
    name: "several-chain-ends",
    group: RuleGroup::Decisions,
    levels: Levels::NOTE,
    since: "0.2.0",
    text: RuleText {
        finds: "A chain of decisions with more than one end, as after two people decided at the same time.",
        why: "All decisions count. Until one file follows all ends, the digest of one end does not \
              show that the others are there.",
        example: "two files with the same `previous`",
        instead: "No action is needed: the next decision follows all ends.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let chain = &case.portfolio.chain;
    let heads = chain.heads();
    if heads.len() < 2 || chain.is_broken() {
        return;
    }
    // The first end needs no remark: it is an end because the others do not follow it.
    for head in &heads[1..] {
        let span = head
            .previous
            .first()
            .map_or(Span::default(), |one| one.span);
        let message = format!(
            "this decision and {} were made at the same time: neither follows the other",
            heads[0].path
        );
        let subject = Subject::File(head.path.to_string());
        let place = Place::new(&head.path, span);
        let finding = Finding::new(SEVERAL_CHAIN_ENDS.name, place, subject, message);
        let help = "the next decision follows both; so does `ksbfolio decisions join --as ID`";
        found.push(finding.fact(&head.digest).help(help));
    }
}
