//! `wrong-type`: a value of another kind than its key asks for.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A value of another kind than its key asks for.",
        why: "What cannot be read does not count.",
        example: "hours: two",
        instead: "Write the kind of value that the message names.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::WrongType {
            key,
            expected,
            found: other,
        } = kind
        else {
            return None;
        };

        let found = match other.as_str() {
            "nothing" => "and has no value".to_owned(),
            other => format!("not {other}"),
        };
        Some(
            Finding::new(
                WRONG_TYPE.name,
                place,
                subject,
                format!("`{key}` takes {expected}, {found}"),
            )
            .help(if other.ends_with(" in quotes") {
                "remove the quotes".to_owned()
            } else {
                format!("write {expected}")
            }),
        )
    });
}
