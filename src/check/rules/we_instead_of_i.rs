//! `we-instead-of-i`: a reflection that says we more often than I.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::text::Voice;

/// The rule's record.
pub const WE_INSTEAD_OF_I: Rule = Rule {
    name: "we-instead-of-i",
    group: Group::Reflection,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: Text {
        finds: "A reflection that says we more often than I.",
        why: "An assessor must see what this learner did; we did it proves nothing about anybody.",
        example: "We assessed the wound and we chose the dressing.",
        instead: "Say who did what: I assessed, the nurse chose.",
    },
    run: Run::Portfolio(run),
};

/// Fewer than this is no habit.
const FEWEST: u32 = 6;

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, _) in case.reflections() {
        let Voice { own, shared } = entry.body.vocabulary.voice;
        if shared < FEWEST || shared <= own {
            continue;
        }
        let message = format!("this reflection says we {shared} times and I {own} times");
        let finding = case
            .about(WE_INSTEAD_OF_I.name, entry, entry.place, message)
            .one_of_its_kind();
        found.push(finding.help("say what you did yourself, and who did the rest"));
    }
}
