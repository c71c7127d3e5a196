//! `hospital-number`: a number by which a hospital or a clinic knows a person.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::privacy::Kind;

/// The rule's record.
pub const HOSPITAL_NUMBER: Rule = Rule {
    name: Kind::HospitalNumber.rule(),
    group: Group::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A number by which a hospital or a clinic knows a person.",
        why: "Whoever works there finds the person by it in seconds.",
        example: "MRN 4471902",
        instead: "Leave it out: say that the number was checked.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::HospitalNumber,
        "a hospital's number of a person",
        "leave it out, and write: I checked the hospital number",
        found,
    );
}
