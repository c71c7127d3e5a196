//! `over-linked`: an entry that claims more codes than `max_codes_per_entry` allows.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;
use crate::text::counted;

pub(super) const OVER_LINKED: Rule = Rule {
    name: "over-linked",
    group: RuleGroup::References,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "An entry that claims more codes than `max_codes_per_entry` allows.",
        why: "An entry that claims everything proves nothing in depth, and assessors send it back.",
        example: "ksbs: [K1, K2, K3, S1, S2, S3, B1, B2, B3]   # with max_codes_per_entry: 8",
        instead: "Keep the codes that the text argues for, or split the entry.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(most) = case.portfolio.settings.limits.max_codes_per_entry else {
        return;
    };
    for entry in &case.portfolio.entries {
        let claims = entry.claims.len();
        if claims <= most as usize {
            continue;
        }
        let message = format!(
            "this entry claims {}; the limit is {most}",
            counted(claims, "code")
        );
        let finding = case.about(OVER_LINKED.name, entry, entry.front_matter.place, message);
        found.push(finding.help("keep the codes that the text argues for, or split the entry"));
    }
}
