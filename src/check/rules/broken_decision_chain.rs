//! `broken-decision-chain`: a decision file that does not follow from the one before it.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Place, Subject};
use crate::model::ChainFlaw;
use crate::text::Span;

pub(super) const BROKEN_DECISION_CHAIN: Rule = Rule {
    name: "broken-decision-chain",
    group: RuleGroup::Decisions,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A decision file that does not follow from the one before it.",
        why: "The chain shows that no decision was changed or removed.",
        example: "previous: sha256:0000…",
        instead: "Restore the missing file. Decisions are added, never edited.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for file in &case.portfolio.chain.files {
        let span = file
            .previous
            .first()
            .map_or(Span::default(), |previous| previous.span);
        for flaw in &file.flaws {
            let (fact, problem, help) = describe(flaw);
            let message = format!("the decision chain is broken: {problem}");
            let place = Place::new(&file.path, span);
            let subject = Subject::File(file.path.to_string());
            let finding = Finding::new(BROKEN_DECISION_CHAIN.name, place, subject, message);
            found.push(finding.fact(fact).help(help));
        }
    }
}

/// Fact, message and help.
fn describe(flaw: &ChainFlaw) -> (&'static str, String, &'static str) {
    match flaw {
        ChainFlaw::Missing => (
            "missing",
            "the decision file before this one is missing or was changed".to_owned(),
            "restore it unchanged: `ksbfolio decisions verify` looks for it in the git history",
        ),
        ChainFlaw::Copy { of } => (
            "copy",
            format!("this file is a copy of {of}"),
            "delete the copy: it counts once, whatever it is called",
        ),
    }
}
