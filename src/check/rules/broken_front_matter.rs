//! `broken-front-matter`: front matter that is missing, never ends or cannot be read.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding, OddSign, Slip};
use crate::layout;

pub(super) const BROKEN_FRONT_MATTER: Rule = Rule {
    name: "broken-front-matter",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "Front matter that is missing, never ends or cannot be read.",
        why: "Until this is fixed, the entry has no keys and no codes, so it proves nothing.",
        example: "title: Duty of candour: a missed dose",
        instead: "Put quotes round a value that has a colon in it: `title: \"Duty of candour: a missed dose\"`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let (message, help) = match kind {
            FaultKind::NoFrontMatter => (
                "the file does not begin with front matter".to_owned(),
                "begin it with a line `---`, then the keys, then another line `---`".to_owned(),
            ),
            FaultKind::UnclosedFrontMatter => (
                "the front matter that begins here never ends".to_owned(),
                "put a line `---` after the last key".to_owned(),
            ),
            FaultKind::BrokenYaml {
                reason,
                slip: Some(Slip::Quote(line)),
            } => {
                // The advice that belongs to the reason is given with the line.
                let reason = reason.split(": put ").next().unwrap_or_default();
                (
                    format!("{reason}, so this and what follows was not read"),
                    with("put quotes round it", line.as_deref()),
                )
            }
            FaultKind::BrokenYaml {
                slip: Some(Slip::Tab),
                ..
            } => (
                "there is a tab here, so this and what follows was not read".to_owned(),
                "use spaces".to_owned(),
            ),
            FaultKind::BrokenYaml {
                slip: Some(Slip::Unclosed(line)),
                ..
            } => (
                "the bracket on this line is never closed, so this and what follows was not read"
                    .to_owned(),
                with("close it", line.as_deref()),
            ),
            FaultKind::BrokenYaml {
                slip: Some(Slip::Sign(sign, line)),
                ..
            } => word_sign(*sign, line.as_deref()),
            FaultKind::BrokenYaml { reason, slip: None } => (
                format!("this cannot be read: {reason}"),
                "look at this line and the one above it".to_owned(),
            ),
            _ => return None,
        };
        let help = if place.path.as_str().starts_with(layout::ENTRIES) {
            format!("{help}  (until then this entry is private and counts for nothing)")
        } else {
            help
        };
        Some(Finding::new(BROKEN_FRONT_MATTER.name, place, subject, message).help(help))
    });
}

/// A sign that YAML does not take.
fn word_sign(sign: OddSign, line: Option<&str>) -> (String, String) {
    let what = match sign {
        OddSign::Colon => "no colon with a space is between a key and its value",
        OddSign::Bullet => "an item of a list does not begin with a hyphen",
        OddSign::Comma => "there is a comma with nothing before it",
    };
    (
        format!("{what}, so this and what follows was not read"),
        with("write", line),
    )
}

/// The help and the line as it should be.
fn with(what: &str, line: Option<&str>) -> String {
    line.map_or_else(
        || what.to_owned(),
        |line| format!("{what}:  {}", line.trim()),
    )
}
