//! `consent-expiring`: a consent that runs out within eight weeks.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::{days, expiring};
use crate::diagnostic::{Finding, Subject};

pub(super) const CONSENT_EXPIRING: Rule = Rule {
    name: "consent-expiring",
    group: RuleGroup::Privacy,
    levels: Levels::NOTE.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A consent that runs out within eight weeks, and that a picture relies on.",
        why: "From the day after, the picture is left out of every site; asking again takes time.",
        example: "expires: 2026-12-15   # and it is November",
        instead: "Ask for a new consent and record it in consents.yaml, or take the picture out in time.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (consent, expires) in expiring(case.portfolio, case.coverage.as_of) {
        let left = days(case.coverage.as_of, expires);
        let when = match left {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            left => format!("in {left} days"),
        };
        let message = format!("the consent {} runs out {when}", consent.id);
        let subject = Subject::File(consent.place.path.to_string());
        let finding = Finding::new(
            CONSENT_EXPIRING.name,
            consent.place.clone(),
            subject,
            message,
        );
        let finding = finding.fact(&consent.id);
        found
            .push(finding.help("ask for a new one and record it, or take the picture out in time"));
    }
}
