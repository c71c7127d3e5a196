//! `type-not-allowed`: an entry of a type that the standard does not take as evidence.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;
use crate::model::{Reason, Word};
use crate::text::listed;

pub(super) const TYPE_NOT_ALLOWED: Rule = Rule {
    name: "type-not-allowed",
    group: RuleGroup::Evidence,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: RuleText {
        finds: "An entry of a type that the standard does not take as evidence.",
        why: "Some standards exclude some types; such an entry counts for nothing.",
        example: "evidence_types: [observation, product]   # and the entry is a reflection",
        instead: "Use another type of evidence for this code.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for line in case.coverage.lines() {
        for piece in line
            .pieces
            .iter()
            .filter(|piece| piece.against.contains(&Reason::TypeNotAllowed))
        {
            let entry = &case.portfolio.entries[piece.entry];
            let Some(claim) = entry.claim(line.criterion) else {
                continue;
            };
            let catalogue = &case.portfolio.catalogue;
            let types = catalogue
                .rules(line.criterion.standard)
                .evidence_types
                .known();
            let types: Vec<&str> = types
                .into_iter()
                .flatten()
                .map(|kind| kind.word())
                .collect();
            let code = catalogue.code(line.criterion);
            let message = format!(
                "a {} does not count as evidence for {code}",
                entry.front_matter.kind.title().to_lowercase()
            );
            let finding = case.about(
                TYPE_NOT_ALLOWED.name,
                entry,
                entry.claim_place(claim),
                message,
            );
            let finding = finding.fact(catalogue.full_code(line.criterion));
            found.push(finding.help(format!("its standard takes: {}", listed(&types))));
        }
    }
}
