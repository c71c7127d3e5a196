//! `unknown-consent`: a consent reference that the register does not have.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{FaultKind, Finding};

/// The rule's record.
pub const UNKNOWN_CONSENT: Rule = Rule {
    name: "unknown-consent",
    group: Group::Evidence,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A consent reference that the register does not have.",
        why: "Without a consent that can be found, the picture is left out of the site.",
        example: "consent: CON-41",
        instead: "Put the consent into consents.yaml, or put the reference right.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnknownConsent { id, nearest } = kind else {
            return None;
        };
        let help = match nearest {
            Some(near) => format!("did you mean `{near}`?"),
            None => "record the consent in portfolio/consents.yaml".to_owned(),
        };
        Some(
            Finding::new(
                UNKNOWN_CONSENT.name,
                place,
                subject,
                format!("consents.yaml has no `{id}`, so the picture is left out"),
            )
            .help(help),
        )
    });
}
