//! `no-valid-consent`: a picture whose consent does not cover what it is shown for.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::Objection;

/// The rule's record.
pub const NO_VALID_CONSENT: Rule = Rule {
    name: Objection::RULE,
    group: Group::Privacy,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A picture whose consent does not cover what it is shown for.",
        why: "A photograph belongs to the person on it. The site leaves it out and says so; where the consent was withdrawn, the file has to go too.",
        example: "consent: CON-014   # withdrawn: true",
        instead: "Ask again, or take the picture out. One that was withdrawn also has to leave the history: SECURITY.md says how.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let portfolio = case.portfolio;
    for entry in &portfolio.entries {
        for (consent, objection) in portfolio.objections(entry, case.coverage.as_of) {
            let message =
                format!("the consent {}, so the picture is left out of every site", objection.words());
            let finding = case.about(NO_VALID_CONSENT.name, entry, consent.span, message);
            found.push(finding.help(match objection {
                Objection::Withdrawn => {
                    "delete the file, and take it out of the history too: SECURITY.md says how"
                }
                _ => "ask for a new consent and record it in consents.yaml, or take the picture out",
            }));
        }
    }
}
