//! `unreadable-picture`: a file with a picture's name that cannot be shown as a picture.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Place, Subject};
use crate::document::Refusal;
use crate::text::Span;

pub(super) const UNREADABLE_PICTURE: Rule = Rule {
    name: "unreadable-picture",
    group: RuleGroup::Evidence,
    levels: Levels::WARNING.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A file with a picture's name that cannot be shown as a picture.",
        why: "Its page would tell the assessor that a picture is missing. A telephone's HEIC photograph that was only renamed is the usual cause.",
        example: "portfolio/evidence/chart.png, which breaks off half-way",
        instead: "Open it in the program that made it, and save it anew as PNG or JPEG.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (path, refusal) in case.unread_pictures() {
        let (message, help) = match refusal {
            Refusal::AnotherType => (
                "this is neither a PNG nor a JPEG, whatever its name says",
                "open it, and save it as PNG or JPEG",
            ),
            Refusal::TooLarge => (
                "this picture is larger than 32 MB, and is not shown",
                "make it smaller",
            ),
            Refusal::Bomb => (
                "this picture has more than 120 million dots, and is not shown",
                "make it smaller",
            ),
            Refusal::Locked | Refusal::Broken | Refusal::TooSlow | Refusal::NoReader => (
                "this picture is broken, breaks off or is of a kind that is not read, and cannot be shown",
                "copy it again from where it was made, or save it anew as PNG or JPEG",
            ),
        };
        let place = Place::new(path, Span::default());
        let subject = Subject::File(path.to_string());
        found.push(Finding::new(UNREADABLE_PICTURE.name, place, subject, message).help(help));
    }
}
