//! `missing-file`: an attachment or picture that is not in the portfolio.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const MISSING_FILE: Rule = Rule {
    name: "missing-file",
    group: Group::Evidence,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "An attachment or picture that is not in the portfolio.",
        why: "The assessor sees an empty frame where the evidence should be.",
        example: "attachments:\n  - { file: evidence/chrat.png }",
        instead: "Put the file into evidence/, or put its name right. Large and small letters count.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::MissingFile { file, nearest } = kind else {
            return None;
        };
        let help = match nearest {
            Some(near) => format!("did you mean `{near}`?"),
            None => "put the file into portfolio/evidence/".to_owned(),
        };
        Some(
            Finding::new(
                MISSING_FILE.name,
                place,
                subject,
                format!("there is no file `{file}`"),
            )
            .help(help),
        )
    });
}
