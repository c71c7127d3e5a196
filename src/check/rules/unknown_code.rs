//! `unknown-code`: a code that means no criterion of this portfolio.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};
use crate::text::{counted, listed_or};

pub(super) const UNKNOWN_CODE: Rule = Rule {
    name: "unknown-code",
    group: RuleGroup::References,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A code that no standard of this portfolio has, that its standard has replaced, that several standards have, or that is a duty.",
        why: "A claim on a code that leads to no criterion, or to more than one, proves nothing, and the code that was meant has no evidence.",
        example: "ksbs: [K37]",
        instead: "Use a code that exists; `ksbfolio standards show st0215` lists them. Where several standards have it, put the standard in front: `st0215:K1`. Where it was replaced, read the new statement first.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let (message, help) = match kind {
            FaultKind::GroupAsCode { code, criteria } => (
                format!(
                    "{code} is a group of {}, and claims nothing by itself",
                    counted(criteria.len(), "code")
                ),
                format!("name those that this shows: {}", listed_or(criteria)),
            ),
            FaultKind::UnknownCode { code, range, meant } => (
                match range {
                    Some(range) => format!("there is no {code}: {range}"),
                    None => format!("no standard of this portfolio has the code {code}"),
                },
                match &meant[..] {
                    _ if is_word_for_none(code) => "for no code, write `ksbs: []`".to_owned(),
                    [] => "`ksbfolio standards show` lists the codes".to_owned(),
                    meant => format!("did you mean {}?", listed_or(meant)),
                },
            ),
            FaultKind::AmbiguousCode { code, choices } => (
                format!("{code} could mean several criteria, so it claims none"),
                format!("write {}", listed_or(choices)),
            ),
            FaultKind::SupersededCode { code, by } => (
                format!("{code} is no longer a criterion of its standard"),
                match &by[..] {
                    [] => "nothing replaces it: leave it out".to_owned(),
                    by => format!(
                        "if the evidence fits the new statement, write {}",
                        listed_or(by)
                    ),
                },
            ),
            _ => return None,
        };
        Some(Finding::new(UNKNOWN_CODE.name, place, subject, message).help(help))
    });
}

/// Whether a word says that there is no code, or none yet.
fn is_word_for_none(typed: &str) -> bool {
    const NONE: [&str; 9] = [
        "none", "n/a", "na", "nil", "tbc", "tba", "tbd", "no", "not yet",
    ];
    NONE.contains(&&*typed.trim().to_lowercase())
}
