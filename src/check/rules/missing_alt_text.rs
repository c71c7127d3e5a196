//! `missing-alt-text`: a picture without a description for people who cannot see it.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Attachment;

pub(super) const MISSING_ALT_TEXT: Rule = Rule {
    name: "missing-alt-text",
    group: RuleGroup::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error),
    since: "0.1.0",
    text: RuleText {
        finds: "A picture without a description for people who cannot see it.",
        why: "An assessor with a screen reader, and every assessor when the picture is withheld, has only these words.",
        example: "attachments: [{ file: evidence/chart.png }]",
        instead: "Describe what the picture shows: `alt: \"Anonymised observation chart, pulse rising from 88 to 112\"`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        let bare = |attachment: &&Attachment| {
            is_picture(&attachment.file.value) && attachment.alt.is_none() && !attachment.in_text
        };
        let attached = entry
            .front_matter
            .attachments
            .iter()
            .filter(bare)
            .map(|attachment| (attachment.file.span, attachment.file.value.as_str()));
        let in_text = entry.body.images_without_alt.iter();
        for (span, fact) in attached.chain(in_text.map(|&span| (span, "in the text"))) {
            let finding = case.about(
                MISSING_ALT_TEXT.name,
                entry,
                span,
                "this picture has no description",
            );
            let finding = finding.fact(fact);
            found.push(
                finding.help("describe it in alt: \"...\", or between the brackets of ![...]"),
            );
        }
    }
}

fn is_picture(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    [
        "png", "jpg", "jpeg", "gif", "webp", "heic", "svg", "bmp", "tif", "tiff", "avif",
    ]
    .contains(&ending.as_str())
}
