//! `unknown-code`: a code that no standard of this portfolio has.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNKNOWN_CODE: Rule = Rule {
    name: "unknown-code",
    group: Group::References,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A code that no standard of this portfolio has.",
        why: "A claim on a code that does not exist proves nothing, and the code that was meant stays a gap.",
        example: "ksbs: [K37]",
        instead: "Use a code that exists; `ksbfolio standards show st0215` lists them.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownCode {
            code,
            range,
            meant,
            several,
        } = kind
        else {
            return None;
        };
        if let Some(several) = several {
            let message = format!("{code} is read as one code");
            let help = format!("separate codes by commas: {several}");
            return Some(Finding::new(UNKNOWN_CODE.name, place, subject, message).help(help));
        }
        let message = match range {
            Some(range) => format!("there is no {code}: {range}"),
            None => format!("no standard of this portfolio has the code {code}"),
        };
        let help = match &meant[..] {
            [] => "`ksbfolio standards show` lists the codes".to_owned(),
            meant => format!("did you mean {}?", meant.join(" or ")),
        };
        Some(Finding::new(UNKNOWN_CODE.name, place, subject, message).help(help))
    });
}
