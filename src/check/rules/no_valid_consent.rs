//! `no-valid-consent`: a picture without a consent that covers what it is shown for.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Objection;

pub(super) const NO_VALID_CONSENT: Rule = Rule {
    name: Objection::RULE,
    group: RuleGroup::Privacy,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A picture without a consent that covers what it is shown for.",
        why: "A photograph belongs to the person on it. A public site shows no picture without a consent for publication, or `shows: nobody`. The site leaves it out and says so; where the consent was withdrawn, the file has to go too.",
        example: "consent: CON-014   # withdrawn: true",
        instead: "Look at it: if no person can be seen or recognised, add `shows: nobody`. Else ask, or ask again, or take the picture out. One that was withdrawn also has to leave the history: SECURITY.md says how.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let portfolio = case.portfolio;
    for entry in &portfolio.entries {
        for attachment in entry
            .front_matter
            .attachments
            .iter()
            // A file that does not exist is reported as missing.
            .filter(|one| one.sha256.is_some())
            .filter(|one| one.consent.is_none() && one.is_uncleared_picture())
        {
            let message = "this picture has no consent, so public sites leave it out";
            let finding = case.about(NO_VALID_CONSENT.name, entry, attachment.file.span, message);
            let finding = finding.fact("none").fact(&attachment.file.value);
            found.push(finding.help(
                "look at it: add `shows: nobody` if no person can be seen or recognised, else `consent:` with the reference",
            ));
        }
        for (consent, objection) in portfolio.objections(entry, case.coverage.as_of) {
            let unread = consent.value.is_empty();
            let message = if unread {
                "a key of this attachment cannot be read, so the file is left out of every site"
                    .to_owned()
            } else {
                format!(
                    "the consent {}, so the picture is left out of every site",
                    objection.words()
                )
            };
            let finding = case.about(NO_VALID_CONSENT.name, entry, consent.span, message);
            let fact = match objection {
                Objection::Withdrawn => "withdrawn",
                _ => "invalid",
            };
            let finding = finding.fact(fact).fact(&consent.value);
            found.push(finding.help(match objection {
                _ if unread => "correct the key, or delete it",
                Objection::Withdrawn => {
                    "delete the file, and take it out of the history too: SECURITY.md says how"
                }
                _ => {
                    "ask for a new consent and record it in consents.yaml, or take the picture out"
                }
            }));
        }
    }
}
