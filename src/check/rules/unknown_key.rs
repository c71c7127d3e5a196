//! `unknown-key`: a key that this kind of file does not have.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const UNKNOWN_KEY: Rule = Rule {
    name: "unknown-key",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A key that this kind of file does not have.",
        why: "A misspelt key has no effect: the codes you tagged would not count.",
        example: "ksb: [K7]",
        instead: "Use the nearest known key, or delete the line.",
    },
    run: Run::Portfolio(run),
};

/// Keys of earlier versions, and why they are gone.
const REMOVED: [(&str, &str); 1] = [("base_url", "the site has no feed and no sitemap")];

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownKey {
            key,
            nearest,
            known,
        } = kind
        else {
            return None;
        };
        if let Some((_, why)) = REMOVED.iter().find(|(removed, _)| removed == key) {
            let message = format!("`{key}` is no longer used: {why}");
            return Some(Finding::new(UNKNOWN_KEY.name, place, subject, message).help("delete it"));
        }
        let help = nearest.map_or_else(
            || format!("delete the line; known keys: {}", known.join(", ")),
            |key| format!("did you mean `{key}`?"),
        );
        Some(
            Finding::new(
                UNKNOWN_KEY.name,
                place,
                subject,
                format!("`{key}` is not a known key{}", taken_as(*nearest)),
            )
            .help(help),
        )
    });
}

/// How an entry is taken that is marked in other words than ours.
fn taken_as(ours: Option<&str>) -> &'static str {
    match ours {
        Some("status: draft") => "; the entry is taken as a draft",
        Some("visibility: private") => "; the entry is taken as private",
        _ => "",
    }
}
