//! `waiver-expired`: a waiver that does not hold on the day that is judged by.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::{WaiverStanding, waiver_standing};
use crate::diagnostic::{Finding, Level};

pub(super) const WAIVER_EXPIRED: Rule = Rule {
    name: "waiver-expired",
    group: RuleGroup::Settings,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A waiver that has expired, is dated later, or is replaced by another one.",
        why: "Its criterion has no evidence, or another waiver decides, and nothing else would say why.",
        example: "expires: 2026-01-10, and it is November",
        instead: "Evidence the criterion, or have the waiver agreed again.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for waiver in &case.portfolio.waivers {
        let open = case
            .coverage
            .line(waiver.criterion)
            .is_some_and(|line| !line.state.is_complete());
        let code = case.portfolio.catalogue.full_code(waiver.criterion);
        let (fact, message, help) =
            match waiver_standing(case.portfolio, waiver, case.coverage.as_of) {
                WaiverStanding::Expired(last) if open => (
                    "expired",
                    format!("the waiver of {code} ran out on {last}"),
                    "evidence the criterion, or have the waiver agreed again",
                ),
                WaiverStanding::NotYet(date) if open => (
                    "not yet",
                    format!("the waiver of {code} is dated {date}, so it does not count yet"),
                    "write the day on which it was agreed",
                ),
                WaiverStanding::Replaced(date) => {
                    let of = date.map_or_else(String::new, |date| format!(", agreed on {date},"));
                    (
                        "replaced",
                        format!("another waiver of {code}{of} decides instead of this one"),
                        "keep one of the two",
                    )
                }
                _ => continue,
            };
        let finding = case.about_settings(WAIVER_EXPIRED.name, waiver.code.span, message);
        found.push(finding.fact(fact).fact(code).help(help));
    }
}
