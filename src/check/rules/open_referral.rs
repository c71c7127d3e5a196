//! `open-referral`: a claim that an assessor sent back, and that is not accepted since.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::open_referrals;
use crate::diagnostic::{Finding, Level};
use crate::model::Verdict;

pub(super) const OPEN_REFERRAL: Rule = Rule {
    name: "open-referral",
    group: RuleGroup::Coverage,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A claim that an assessor referred, and that has not been accepted since.",
        why: "The feedback says what is missing. The gateway is not passed with referred work still open.",
        example: "claims: { K15: referred }",
        instead: "Read the feedback, add what is missing to the entry, and hand it in again.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for open in open_referrals(case.portfolio, case.coverage) {
        let entry = &case.portfolio.entries[open.entry];
        let Some(claim) = entry
            .claim(open.criterion)
            .filter(|_| !open.resubmitted && !open.contested)
        else {
            continue;
        };
        let code = case.portfolio.catalogue.code(open.criterion);
        let what = if open.verdict == Verdict::Partly {
            "accepted in part"
        } else {
            "referred"
        };
        let message = format!(
            "{code} was {what} by {} on {}",
            open.decision.assessor, open.decision.date
        );
        let finding = case.about(OPEN_REFERRAL.name, entry, entry.claim_place(claim), message);
        let full = case.portfolio.catalogue.full_code(open.criterion);
        let finding = finding.fact(full).fact(open.decision.date);
        found.push(finding.help(format!(
            "`ksbfolio explain entry:{}` shows the feedback",
            entry.id
        )));
    }
}
