//! `waiver-without-reason`: a waiver without a reason, or that only the learner agreed to.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::{WaiverStanding, waiver_standing};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const WAIVER_WITHOUT_REASON: Rule = Rule {
    name: "waiver-without-reason",
    group: RuleGroup::Settings,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A waiver without a reason, or agreed by no one but the learner.",
        why: "A waiver has to be justified: without a reason, or agreed only by the learner, it waives nothing.",
        example: "waivers: [{ code: \"st0215:K36\", by: tutor-07 }]",
        instead: "Add the reason and who agreed: `reason: \"APL claim agreed\", by: tutor-07`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::WaiverWithoutReason { code } = kind else {
            return None;
        };
        let message = format!("the waiver of {code} gives no reason, and waives nothing");
        let finding = Finding::new(WAIVER_WITHOUT_REASON.name, place, subject, message);
        Some(finding.help("add reason: \"...\""))
    });
    for waiver in &case.portfolio.waivers {
        let code = case.portfolio.catalogue.full_code(waiver.criterion);
        let (fact, message, help) =
            match waiver_standing(case.portfolio, waiver, case.coverage.as_of) {
                WaiverStanding::ByNobody => (
                    "nobody",
                    format!("the waiver of {code} does not say who agreed, and waives nothing"),
                    "add by: ...",
                ),
                WaiverStanding::ByLearner => (
                    "learner",
                    format!("the waiver of {code} is by the learner, and waives nothing"),
                    "name the person with authority who agreed",
                ),
                _ => continue,
            };
        let finding = case.about_settings(WAIVER_WITHOUT_REASON.name, waiver.code.span, message);
        found.push(finding.fact(fact).fact(code).help(help));
    }
}
