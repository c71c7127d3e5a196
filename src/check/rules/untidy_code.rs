//! `untidy-code`: a code in another spelling than its standard's, or tagged twice.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const UNTIDY_CODE: Rule = Rule {
    name: "untidy-code",
    group: RuleGroup::References,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "A code in another spelling than its standard's, or tagged twice in one entry.",
        why: "It counts all the same. But a reader who searches for K7 does not find k7, a Cyrillic letter cannot be seen at all, and a second tag was perhaps meant to be another code.",
        example: "ksbs: [k7, K 8, S7, S7]",
        instead: "Write each code once, as the standard does; `ksbfolio check --fix` does.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let span = place.span;
        let finding = |message| Finding::new(UNTIDY_CODE.name, place, subject, message);
        match kind {
            FaultKind::NonCanonicalCode { written, canonical } => {
                let finding = finding(format!("`{written}` is written {canonical}"));
                let help = format!("write {canonical}");
                Some(finding.help(help).fix(span, canonical))
            }
            FaultKind::DuplicateCode { code, cut } => {
                let finding = finding(format!("{code} is tagged twice"))
                    .help("delete it, or write the code that was meant");
                Some(match cut {
                    Some(cut) => finding.fix(*cut, ""),
                    None => finding,
                })
            }
            _ => None,
        }
    });
}
