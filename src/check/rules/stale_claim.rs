//! `stale-claim`: a claim made before the statement's wording changed, and not accepted since.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::{CriterionId, Entry, Verdict};

/// The rule's record.
pub const STALE_CLAIM: Rule = Rule {
    name: "stale-claim",
    group: Group::References,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A claim made before the statement's wording changed, and not accepted since.",
        why: "The entry answers a question that is no longer asked in these words.",
        example: "criteria: [{ code: K7, changed: 2026-02-01 }]   # claimed by an entry of 2025",
        instead: "Read the statement again; if the entry still proves it, have it accepted, else add to it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case.submitted() {
        for claim in &entry.claims {
            let changed = case
                .portfolio
                .catalogue
                .criterion(claim.criterion)
                .changed
                .known();
            let older = changed
                .zip(entry.date)
                .is_some_and(|(&changed, date)| date < changed);
            if !older || accepted_since(entry, claim.criterion, changed.copied()) {
                continue;
            }
            let code = case.portfolio.catalogue.code(claim.criterion);
            let message = format!("the wording of {code} has changed since this entry was written");
            let finding = case.about(STALE_CLAIM.name, entry, entry.claim_place(claim), message);
            found.push(finding.help(format!("read {code} again: `ksbfolio explain {code}`")));
        }
    }
}

fn accepted_since(
    entry: &Entry,
    criterion: CriterionId,
    changed: Option<jiff::civil::Date>,
) -> bool {
    let since = |decision: &&crate::model::Decision| {
        decision.decides() && changed.is_some_and(|changed| decision.date >= changed)
    };
    entry.decisions.iter().filter(since).any(|decision| {
        let mut claims = decision.claims.iter();
        claims.any(|claim| claim.criterion == criterion && claim.verdict == Verdict::Accepted)
    })
}
