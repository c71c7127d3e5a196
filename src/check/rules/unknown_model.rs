//! `unknown-model`: a reflection model that nothing known is called.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNKNOWN_MODEL: Rule = Rule {
    name: "unknown-model",
    group: Group::Reflection,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: Text {
        finds: "A reflection model that nothing known is called.",
        why: "Without the model nobody can say which stages are missing.",
        example: "model: gibs",
        instead: "Use a model that the message lists, or add one to standards/reflection/.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownModel { id, nearest, known } = kind else {
            return None;
        };
        let help = match nearest {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of: {}", known.join(", ")),
        };
        Some(
            Finding::new(
                UNKNOWN_MODEL.name,
                place,
                subject,
                format!("no reflection model is called `{id}`"),
            )
            .help(help),
        )
    });
}
