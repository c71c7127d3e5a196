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
        why: "Its page shows that a picture is missing. The usual cause is a HEIC photograph from a phone that was only renamed.",
        example: "portfolio/evidence/chart.png, of which half is missing",
        instead: "Open it in the program that made it, and save it as PNG or JPEG.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (path, refusal) in case.unread_pictures() {
        let (message, help) = match refusal {
            Refusal::AnotherType => (
                "this is not a PNG or JPEG, whatever its name says",
                "open it and save it as PNG or JPEG; a phone's photograph: share it from the phone as JPEG",
            ),
            Refusal::TooLarge => (
                "this picture is larger than 32 MB, so it is not shown",
                "make it smaller",
            ),
            Refusal::Bomb => (
                "this picture has more than 120 million pixels, so it is not shown",
                "make it smaller",
            ),
            Refusal::Locked | Refusal::Broken | Refusal::TooSlow | Refusal::NoReader => (
                "this picture is damaged, incomplete or in a form that cannot be shown",
                "copy it again from its source, or save it again as PNG or JPEG",
            ),
        };
        let place = Place::new(path, Span::default());
        let subject = Subject::File(path.to_string());
        found.push(Finding::new(UNREADABLE_PICTURE.name, place, subject, message).help(help));
    }
}
