//! `ward-and-bed`: a ward or a bay together with a bed or a room.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::privacy::Kind;

/// The rule's record.
pub const WARD_AND_BED: Rule = Rule {
    name: Kind::WardBed.rule(),
    group: Group::Privacy,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A ward or a bay together with a bed or a room.",
        why: "With a week, that is one person.",
        example: "the gentleman in Ward 7, bed 12",
        instead: "Say: on a medical ward, in a side room.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::WardBed,
        "a ward together with a bed",
        "say what kind of place it was: a side room on a medical ward",
        found,
    );
}
