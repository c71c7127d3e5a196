//! `picture-metadata`: a photograph whose file says where, when, by whom or of whom it was taken.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Place, Subject};
use crate::text::Span;

/// The rule's record.
pub const PICTURE_METADATA: Rule = Rule {
    name: "picture-metadata",
    group: Group::Evidence,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: Text {
        finds: "A photograph whose file says where, when, by whom or of whom it was taken.",
        why: "The published picture is made anew without it, but the original lies in the folder and in git, and goes wherever the folder goes.",
        example: "portfolio/evidence/IMG_2041.jpg",
        instead: "Save it again without its properties (Windows: Properties, Details, Remove; macOS: Preview, Tools, Show Inspector), or: magick IN.jpg -strip OUT.jpg.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (path, inside) in case.pictures() {
        let carried = inside.carried.words();
        if carried.is_empty() {
            continue;
        }
        let message = format!("the file of this picture has metadata: {carried}");
        let place = Place::new(path, Span::default());
        let finding = Finding::new(
            PICTURE_METADATA.name,
            place,
            Subject::File(path.to_string()),
            message,
        );
        found.push(finding.one_of_its_kind().help(
            "the published picture is without it; to take it out of the original: magick IN.jpg -strip OUT.jpg",
        ));
    }
}
