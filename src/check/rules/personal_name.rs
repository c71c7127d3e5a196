//! `personal-name`: the name of a patient, a relative or a colleague.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Level};
use crate::privacy::Kind;

/// The rule's record.
pub const PERSONAL_NAME: Rule = Rule {
    name: Kind::Name.rule(),
    group: Group::Privacy,
    levels: Levels::new(Level::Warning, Level::Warning, Level::Error).guarding(),
    since: "0.1.0",
    text: Text {
        finds: "The name of a patient, a relative or a colleague.",
        why: "A name is the end of anonymity. Colleagues have not agreed to stand in a portfolio either.",
        example: "I helped Mrs Oakapple to wash",
        instead: "Name the role: the patient, her daughter, the nurse in charge. Or a pseudonym: Mrs A.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_identifier(
        Kind::Name,
        "the name of a person",
        "name the role: the patient, her daughter, the nurse in charge",
        found,
    );
}
