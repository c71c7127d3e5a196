//! `unpublishable-file`: an attachment of a kind that is not published.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::Finding;
use crate::document::DocumentType;

pub(super) const UNPUBLISHABLE_FILE: Rule = Rule {
    name: "unpublishable-file",
    group: RuleGroup::Evidence,
    levels: Levels::NOTE.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "An attachment of a kind that is not published.",
        why: "Only a re-encoded picture is certain to carry no place, no name and no earlier version. Other files can carry all three.",
        example: "attachments: [{ file: evidence/wound.heic }]",
        instead: "Export it as PNG or JPEG; describe in `alt` what it shows. Documents can be allowed by type: `documents: [pdf, docx]` in portfolio.yaml. The file itself stays with the learner.",
    },
    run: Run::Portfolio(run),
};

/// Kinds of files, and how to make a picture of one.
const KINDS: &[(&[&str], &str)] = &[
    (
        &["heic", "heif"],
        "on the phone: share it as JPEG (Settings, Camera, Formats, Most Compatible); or: magick IN.heic OUT.jpg",
    ),
    (
        &["webp", "gif", "bmp", "tif", "tiff", "avif", "svg"],
        "export it as PNG or JPEG; or: magick IN OUT.png",
    ),
    (
        &["pdf"],
        "export the pages that matter as PNG, and look at each for names (pdftoppm -png IN.pdf OUT); or allow `documents: [pdf]` in portfolio.yaml, and it is read for what it carries",
    ),
    (
        &["docx", "odt", "xlsx", "ods", "pptx", "odp"],
        "write what matters into the entry: such files keep their author, earlier wording and comments; or allow the type under `documents` in portfolio.yaml, and it is read for that",
    ),
    (
        &["doc", "rtf", "xls", "ppt"],
        "write what matters into the entry, or save it as DOCX, XLSX or PPTX: what this format keeps cannot be checked",
    ),
    (
        &["mp3", "m4a", "wav", "mp4", "mov", "avi", "webm"],
        "write down what matters: voices and faces identify",
    ),
];

/// How to make something that is published of a file with this ending; `None` for a picture in a
/// published format, and for a file of an unknown kind.
pub(super) fn advise_by_ending(ending: &str) -> Option<&'static str> {
    let known = KINDS.iter().find(|(endings, _)| endings.contains(&ending));
    known.map(|(_, help)| *help)
}

/// The ending of a file name in lower case.
pub(super) fn file_ending(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_lowercase()
}

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for entry in &case.portfolio.entries {
        for attachment in &entry.front_matter.attachments {
            let ending = file_ending(&attachment.file.value);
            let allowed = &case.portfolio.settings.documents;
            if DocumentType::of_file(&attachment.file.value)
                .is_some_and(|kind| allowed.contains(&kind))
            {
                continue;
            }
            let Some(help) = advise_by_ending(&ending) else {
                continue;
            };
            let message = format!(
                "{} files are not published: they may carry more than they show",
                ending.to_uppercase()
            );
            let finding = case.about(
                UNPUBLISHABLE_FILE.name,
                entry,
                attachment.file.span,
                message,
            );
            found.push(finding.fact(&attachment.file.value).help(help));
        }
    }
}
