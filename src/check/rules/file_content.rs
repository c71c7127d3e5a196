//! `file-content`: evidence that carries more than it shows.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Place, Subject};
use crate::document::ContentClass;
use crate::text::Span;

pub(super) const FILE_CONTENT: Rule = Rule {
    name: "file-content",
    group: RuleGroup::Evidence,
    levels: Levels::ERROR.never_off(),
    since: "0.1.0",
    text: RuleText {
        finds: "Evidence that carries more than it shows.",
        why: "Documents are published unchanged, and a reader can uncover what is not visible.",
        example: "attachments: [{ file: evidence/plan.docx }]",
        instead: "Take it out in the program that made the file. Where it belongs to the evidence, answer the kind with a reason.",
    },
    run: Run::Kinds(KINDS),
};

/// The kinds, sorted by name.
const KINDS: &[Rule] = &[
    Rule {
        name: ANIMATED_PICTURE,
        group: RuleGroup::Evidence,
        levels: Levels::WARNING,
        since: "0.1.0",
        text: RuleText {
            finds: "An animated picture, of which the site shows only the first frame.",
            why: "Pictures are re-encoded, and only the first frame is kept. The assessor does not see the others.",
            example: "portfolio/evidence/steps.png, an animation of 12 pictures",
            instead: "Save the pictures that matter one by one, and attach each.",
        },
        run: Run::Portfolio(find_animations),
    },
    document(
        ContentClass::Comment,
        Levels::ERROR.never_off(),
        RuleText {
            finds: "A document with comments or marks in its margin.",
            why: "Comments name their authors, and say what was not meant for the reader.",
            example: "attachments: [{ file: evidence/plan.docx }]",
            instead: "Delete the comments, and save the document again. Where they belong to the evidence, answer this rule with a reason: the document is then published with them.",
        },
        |case, found| {
            let help = "delete them in the program that made it, and save it again";
            case.each_content(ContentClass::Comment, help, found);
        },
    ),
    document(
        ContentClass::Property,
        Levels::WARNING,
        RuleText {
            finds: "A document that says more about itself and its authors than it shows.",
            why: "Authors, companies, titles and dates are in the file, and the file is published as it is.",
            example: "attachments: [{ file: evidence/plan.docx }]",
            instead: "Remove them before you attach it: in Word, Excel and PowerPoint File, Info, Inspect Document; in LibreOffice File, Properties, Reset Properties; in a PDF reader print it to a new PDF, or export it again from a document without them.",
        },
        |case, found| {
            let help = "it is published with them; to remove them: File, Info, Inspect Document (Word, Excel, PowerPoint); File, Properties, Reset Properties (LibreOffice); print it to a new PDF (PDF reader)";
            case.each_content(ContentClass::Property, help, found);
            let help = "they are published with what is typed into them";
            case.each_content(ContentClass::Shown, help, found);
        },
    ),
    document(
        ContentClass::Embedded,
        Levels::ERROR.never_off(),
        RuleText {
            finds: "A document with macros, scripts, files in it, things fetched from elsewhere, signatures, or pictures that cannot be inspected.",
            why: "It can run on the reader's computer, report that it was opened, or carry what no check has read. No answer publishes macros or scripts.",
            example: "attachments: [{ file: evidence/form.pdf }]",
            instead: "Save it without macros and embedded files, with its pictures as PNG or JPEG; or attach the pages that matter as pictures. Where a file in it belongs to the evidence, as the table behind a chart may, answer this rule with a reason: the document is then published with it.",
        },
        |case, found| {
            let help = "save it without them, with pictures as PNG or JPEG; or attach the pages that matter as pictures";
            case.each_content(ContentClass::Embedded, help, found);
            let help = "save it without them: no answer publishes macros or scripts";
            case.each_content(ContentClass::Active, help, found);
        },
    ),
    document(
        ContentClass::Hidden,
        Levels::ERROR.never_off(),
        RuleText {
            finds: "A document with content that does not show: hidden, outside the page, under a shape, cropped, too pale or too small; paths and names of editors; earlier versions; metadata of its pictures.",
            why: "Its author does not see it and has not checked it for names, but a reader can uncover it. Documents are published unchanged, so this one stays with the learner.",
            example: "attachments: [{ file: evidence/audit.xlsx }]",
            instead: "Show what is hidden, and delete it or let it show; File, Info, Inspect Document finds it in Word, Excel and PowerPoint. Earlier versions, thumbnails and metadata of pictures go when the document is exported or printed to a new PDF. Where it belongs to the evidence, as notes to slides may, answer this rule with a reason: the document is then published with it.",
        },
        |case, found| {
            let help = "show it and delete it, or let it stay visible; Inspect Document or a new export removes the rest";
            case.each_content(ContentClass::Hidden, help, found);
        },
    ),
    Rule {
        name: PICTURE_METADATA,
        group: RuleGroup::Evidence,
        levels: Levels::NOTE,
        since: "0.1.0",
        text: RuleText {
            finds: "A photograph whose file says where, when, by whom or of whom it was taken.",
            why: "The published picture is re-encoded without it, but the original stays in the folder and in git, and goes where the folder goes.",
            example: "portfolio/evidence/IMG_2041.jpg",
            instead: "Save it again without its properties (Windows: Properties, Details, Remove; macOS: Preview, Tools, Show Inspector), or: magick IN.jpg -strip OUT.jpg.",
        },
        run: Run::Portfolio(find_picture_metadata),
    },
    document(
        ContentClass::Change,
        Levels::ERROR.never_off(),
        RuleText {
            finds: "A document with tracked changes.",
            why: "Any reader can restore what was deleted, and see who wrote what and when.",
            example: "attachments: [{ file: evidence/plan.docx }]",
            instead: "In the program that made it, accept or refuse every change, and save it again. Where they belong to the evidence, answer this rule with a reason: the document is then published with them.",
        },
        |case, found| {
            let help =
                "accept or refuse every change in the program that made it, and save it again";
            case.each_content(ContentClass::Change, help, found);
        },
    ),
];

const ANIMATED_PICTURE: &str = "animated-picture";
const PICTURE_METADATA: &str = "picture-metadata";

/// The record of a kind of content in documents.
const fn document(
    sort: ContentClass,
    levels: Levels,
    text: RuleText,
    run: fn(&Case<'_>, &mut Vec<Finding>),
) -> Rule {
    Rule {
        name: sort.rule(),
        group: RuleGroup::Evidence,
        levels,
        since: "0.1.0",
        text,
        run: Run::Portfolio(run),
    }
}

fn find_picture_metadata(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (path, inside) in case.pictures() {
        let carried: Vec<String> = [ContentClass::Property, ContentClass::Hidden]
            .into_iter()
            .flat_map(|sort| inside.carried.of(sort))
            .map(|(kind, count)| kind.words(count))
            .collect();
        if carried.is_empty() {
            continue;
        }
        let carried = carried.join(", ");
        let message = format!("the file of this picture has metadata: {carried}");
        let place = Place::new(path, Span::default());
        let subject = Subject::File(path.to_string());
        let finding = Finding::new(PICTURE_METADATA, place, subject, message);
        found.push(finding.help(
            "the published picture is without it; to take it out of the original: magick IN.jpg -strip OUT.jpg",
        ));
    }
}

fn find_animations(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (path, inside) in case.pictures() {
        for (kind, count) in inside.carried.of(ContentClass::Shown) {
            let message = format!("this picture holds {}", kind.words(count));
            let place = Place::new(path, Span::default());
            let subject = Subject::File(path.to_string());
            let finding = Finding::new(ANIMATED_PICTURE, place, subject, message);
            found.push(
                finding.help("only its first picture is published; save those that matter as PNG"),
            );
        }
    }
}
