//! `unsafe-link`: a link, picture or embed that does not reach the site.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const UNSAFE_LINK: Rule = Rule {
    name: "unsafe-link",
    group: RuleGroup::References,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "A link, picture or embed that does not reach the site.",
        why: "The site works offline and runs nothing: addresses other than http, https and mailto, and pictures and films from elsewhere, are left out.",
        example: "![chart](https://example.org/chart.png)",
        instead: "Put pictures into evidence/; link only to pages.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let message = match kind {
            FaultKind::UnsafeLink { scheme } => {
                format!("an address that begins with `{scheme}:` is left out of the site here")
            }
            FaultKind::Embed { element } => {
                format!("`<{element}>` embeds nothing: the site shows it as it was typed")
            }
            _ => return None,
        };
        let help = "put pictures into evidence/; link to pages with https";
        Some(Finding::new(UNSAFE_LINK.name, place, subject, message).help(help))
    });
}
