//! `email-address`: an e-mail address.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const EMAIL_ADDRESS: Rule = Rule {
    name: Kind::Email.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "An e-mail address.",
        why: "It mostly holds a name, and reaches one person.",
        example: "sent to fern@example.org",
        instead: "Leave it out: say who wrote to whom, by role.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::Email,
        "an e-mail address",
        "leave it out, and say who wrote to whom, by role",
        found,
    );
}
