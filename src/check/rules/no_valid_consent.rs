//! `no-valid-consent`: a picture whose consent does not cover what it is shown for.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::model::{Audience, Objection};

/// The rule's record.
pub const NO_VALID_CONSENT: Rule = Rule {
    name: "no-valid-consent",
    group: Group::Privacy,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error),
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
        for consent in entry.attachments.iter().filter_map(|attachment| attachment.consent.as_ref()) {
            let known = portfolio.consents.iter().find(|known| known.id == consent.value);
            let objection = known.and_then(|known| known.objection(Audience::Assessor, case.coverage.as_of));
            // Whoever agreed to the picture and not to sharing it is heeded, and nothing is wrong.
            let Some(objection) = objection.filter(|objection| *objection != Objection::NotShared) else {
                continue;
            };
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
