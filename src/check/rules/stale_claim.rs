//! `stale-claim`: a claim whose statement or entry has changed since.

use std::collections::BTreeMap;

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{CriterionId, FiledEntry, StaleBecause, Verdict};
use crate::text::{listed, plural};

pub(super) const STALE_CLAIM: Rule = Rule {
    name: "stale-claim",
    group: RuleGroup::References,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A claim made before its statement's wording changed, or an entry changed after a claim of it was accepted.",
        why: "The entry answers a question that is no longer asked in these words, or is no longer what was accepted. An acceptance of other words lapses until the entry is read again.",
        example: "accepted in April, a paragraph added in May",
        instead: "Read the statement again, or undo the change; then ask for the entry to be accepted again.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    find_changed_statements(case, found);
    find_changed_entries(case, found);
}

fn find_changed_statements(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in case.submitted() {
        for claim in &entry.claims {
            let changed = case
                .portfolio
                .catalogue
                .criterion(claim.criterion)
                .changed
                .known();
            let older = changed
                .zip(entry.front_matter.date)
                .is_some_and(|(&changed, date)| date < changed);
            if !older || accepted_since(entry, claim.criterion, changed.copied()) {
                continue;
            }
            let code = case.portfolio.catalogue.code(claim.criterion);
            let message = format!("the wording of {code} has changed since this entry was written");
            let finding = case.about(STALE_CLAIM.name, entry, entry.claim_place(claim), message);
            let full = case.portfolio.catalogue.full_code(claim.criterion);
            let finding = finding.fact("statement").fact(full);
            found.push(finding.help(format!("read {code} again: `ksbfolio explain {code}`")));
        }
    }
}

fn accepted_since(
    entry: &FiledEntry,
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

fn find_changed_entries(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut changed: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for line in case.coverage.lines() {
        for piece in line
            .pieces
            .iter()
            .filter(|piece| piece.stale_because() == Some(StaleBecause::Entry))
        {
            let code = case.portfolio.catalogue.code(line.criterion).to_string();
            changed.entry(piece.entry).or_default().push(code);
        }
    }
    for (at, codes) in changed {
        let entry = &case.portfolio.entries[at];
        let message = format!(
            "this entry was changed after {} {} accepted",
            listed(&codes),
            plural(codes.len(), "was", "were")
        );
        let finding = case.about(STALE_CLAIM.name, entry, entry.front_matter.place, message);
        let finding = finding.fact("entry");
        let help = "`ksbfolio explain ENTRY` shows what changed: undo it, or ask for the entry to be accepted again";
        found.push(finding.help(help.replace("ENTRY", &format!("entry:{}", entry.id))));
    }
}
