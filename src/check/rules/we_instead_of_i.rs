//! `we-instead-of-i`: a reflection that says we more often than I.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::text::words;

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

const OWN: &[&str] =
    &["i", "me", "my", "mine", "myself", "i'm", "i'd", "i've", "i'll", "i’m", "i’d", "i’ve", "i’ll"];

const SHARED: &[&str] =
    &["we", "us", "our", "ours", "ourselves", "we're", "we'd", "we've", "we’re", "we’d", "we’ve"];

/// The bytes of the longest of these words.
const LONGEST: usize = 9;

/// What they begin with: every word of every reflection is looked at, and few begin so.
const INITIALS: &[u8] = b"imouw";

/// Fewer than this is no habit.
const FEWEST: usize = 6;

fn may_be_one(word: &&str) -> bool {
    word.len() <= LONGEST && INITIALS.contains(&word.as_bytes()[0].to_ascii_lowercase())
}

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (entry, _) in case.reflections() {
        let (mut own, mut shared) = (0, 0);
        for word in words(entry.body.text()).filter(may_be_one) {
            let is = |form: &&str| form.eq_ignore_ascii_case(word);
            own += usize::from(OWN.iter().any(is));
            shared += usize::from(SHARED.iter().any(is));
        }
        if shared < FEWEST || shared <= own {
            continue;
        }
        let message = format!("this reflection says we {shared} times and I {own} times");
        let finding = case.about(WE_INSTEAD_OF_I.name, entry, entry.place, message).one_of_its_kind();
        found.push(finding.help("say what you did yourself, and who did the rest"));
    }
}
