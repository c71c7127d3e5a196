//! `missing-file`: an attachment or picture that is not in the portfolio under this name.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const MISSING_FILE: Rule = Rule {
    name: "missing-file",
    group: RuleGroup::Evidence,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "An attachment or picture that is not in the portfolio, or whose name has other capitals.",
        why: "The assessor sees an empty frame where the evidence should be. A name with other capitals may open on this computer; most servers and phones tell capitals apart.",
        example: "attachments:\n  - { file: evidence/chrat.png }",
        instead: "Put the file into evidence/, or correct its name. `ksbfolio check --fix` corrects capitals.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let span = place.span;
        let finding = |message| Finding::new(MISSING_FILE.name, place, subject, message);
        match kind {
            FaultKind::MissingFile { file, nearest } => {
                let help = match nearest {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "put the file into portfolio/evidence/".to_owned(),
                };
                Some(finding(format!("there is no file `{file}`")).help(help))
            }
            FaultKind::WrongCase { file, actual } => {
                let finding = finding(format!("`{file}` is called `{actual}` on disk"));
                Some(finding.help(format!("write {actual}")).fix(span, actual))
            }
            _ => None,
        }
    });
}
