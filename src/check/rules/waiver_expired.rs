//! `waiver-expired`: a waiver that has run out while its criterion is not evidenced.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};

/// The rule's record.
pub const WAIVER_EXPIRED: Rule = Rule {
    name: "waiver-expired",
    group: Group::Settings,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A waiver that has run out while its criterion is not evidenced.",
        why: "From that day the criterion is missing again, and nothing else would say why.",
        example: "expires: 2026-01-10, and it is November",
        instead: "Evidence the criterion, or have the waiver agreed anew.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for waiver in &case.portfolio.waivers {
        let expired = waiver.expires.filter(|last| *last < case.coverage.as_of);
        let open = case.coverage.line(waiver.criterion).is_some_and(|line| !line.state.is_complete());
        let (Some(expired), true) = (expired, open) else { continue };
        let code = case.portfolio.catalogue.full_code(waiver.criterion);
        let message = format!("the waiver of {code} ran out on {expired}");
        let finding = case.about_settings(WAIVER_EXPIRED.name, waiver.code.span, message);
        found.push(finding.help("evidence the criterion, or have the waiver agreed anew"));
    }
}
