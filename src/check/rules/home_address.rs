//! `home-address`: a house, a flat or a street.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const HOME_ADDRESS: Rule = Rule {
    name: Kind::Address.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A house, a flat or a street.",
        why: "Neighbours know who lives there.",
        example: "I visited 14 Foxglove Lane",
        instead: "Say what matters for the care: a flat on the second floor, without a lift.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::Address,
        "an address",
        "say what matters for the care: a first-floor flat without a lift",
        found,
    );
}
