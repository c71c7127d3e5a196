//! An entry as the page shows it: its form, its boxes, what they claim, and what is wrong.

use super::answers::WriteAnswer;
use super::boxes::{Boxes, StagePart};
use super::code_names::CodeNames;
use super::current_file::CurrentFile;
use super::entry_answer::{AttachedLine, ClaimLine, EntryAnswer, FormField, OtherText, StageBox};
use super::feedback::list_feedback;
use super::fields::list_fields;
use super::form::{find_value, list_items};
use super::page_text::PageText;
use super::page_words::{hint_in_page_words, in_page_words};
use super::place::{FieldPlaces, describe_findings};
use super::splice::find_boxes;
use super::status::{describe_status, list_sent_back};
use crate::diagnostic::Findings;
use crate::engine::Snapshot;
use crate::layout;
use crate::model::{CriterionId, FiledEntry, Reason, Shows};
use crate::parse::yaml::Node;
use crate::parse::{front_matter, yaml};
use crate::privacy::mask_path;
use crate::text::{Source, SourcePath, Spanned, words};

/// Describes an entry, of which `file` is the current file and `at` the index.
pub(super) fn describe(
    project: &Snapshot,
    findings: &Findings,
    at: usize,
    file: &CurrentFile,
    undo: usize,
) -> WriteAnswer {
    let entry = &project.portfolio.entries[at];
    let text = &*file.text;
    let page = PageText::new(text);
    let boxes = find_boxes(project, text, at);
    let source = Source::new(entry.path.as_str(), text);
    let parts = front_matter::split(text).ok();
    let front = parts.and_then(|parts| yaml::read(&source, parts.front_matter).ok());
    let places = FieldPlaces::new(entry, &boxes, front.as_ref(), text);
    let found = findings.iter();
    let found = found.filter(|finding| finding.place.path == entry.path);
    let model = entry.reflection.model;
    let model = model.map(|model| &project.portfolio.models[model]);
    let prompts = |stage: usize| model.map_or(&[][..], |model| &model.stages[stage].prompts);
    let names = CodeNames::new(&project.portfolio.catalogue);
    let unread = entry.front_matter.unread.then(|| {
        "The title, the day and the codes of this entry cannot be read, so only you see it. \
         They are the first lines of “Show me the file”: ask your tutor to fix them."
            .to_owned()
    });
    WriteAnswer::Entry(Box::new(EntryAnswer {
        path: entry.path.as_str().to_owned(),
        hash: file.hash.clone(),
        id: entry.id.clone(),
        unread,
        locked: file.encoding.map(|encoding| {
            format!(
                "Another program saved this entry as {encoding}, and it can only be read here. \
                 Save it there as UTF-8, then open it again."
            )
        }),
        status_title: describe_status(project, at).to_owned(),
        sent_back: list_sent_back(project, at)
            .iter()
            .map(|(id, _)| names.of(*id))
            .collect(),
        is_example: entry.is_example,
        fields: list_worded_fields(project, entry, front.as_ref(), text),
        model: model.map(|model| model.id.value.clone()),
        stages: list_stages(&boxes, &page, text, prompts),
        other: list_other(&boxes, &page),
        claims: list_claims(project, at, &page),
        findings: describe_findings(found, entry, &places, &page),
        feedback: list_feedback(project, entry),
        attachments: list_attachments(project, entry, front.as_ref()),
        undo,
        words: entry.body.words,
    }))
}

fn list_worded_fields(
    project: &Snapshot,
    entry: &FiledEntry,
    front_matter: Option<&Node>,
    text: &str,
) -> Vec<FormField> {
    let fields = list_fields(project, entry, front_matter, text).into_iter();
    let fields = fields.map(|field| FormField {
        hint: hint_in_page_words(&field.name, &field.label, &field.hint),
        ..field
    });
    fields.collect()
}

fn list_stages<'a>(
    boxes: &Boxes,
    page: &PageText,
    text: &str,
    prompts: impl Fn(usize) -> &'a [String],
) -> Vec<StageBox> {
    let describe = |part: &StagePart| {
        let shares = part.shares.map(|shared| boxes.stages[shared].id.clone());
        let is_box = shares.is_none();
        let span = part.text;
        StageBox {
            id: part.id.clone(),
            title: part.title.clone(),
            question: prompts(part.stage).first().cloned().unwrap_or_default(),
            prompts: prompts(part.stage).to_vec(),
            from: page.to_unit(span.start),
            to: page.to_unit(span.end),
            text: if is_box {
                page.of(span).to_owned()
            } else {
                String::new()
            },
            words: if is_box { count_words(part, text) } else { 0 },
            is_missing: part.is_missing,
            shares,
        }
    };
    boxes.stages.iter().map(describe).collect()
}

/// The words of a box. Parts of a section below other headings are boxes of their own.
fn count_words(part: &StagePart, text: &str) -> usize {
    if part.words == 0 {
        return 0;
    }
    let typed = words(part.text.of(text)).count();
    part.words.min(typed)
}

fn list_other(boxes: &Boxes, page: &PageText) -> Vec<OtherText> {
    let other = boxes.other.iter();
    other
        .map(|part| OtherText {
            from: page.to_unit(part.text.start),
            to: page.to_unit(part.text.end),
            text: page.of(part.text).to_owned(),
            is_comment: part.comment.is_some(),
        })
        .collect()
}

fn list_claims(project: &Snapshot, at: usize, page: &PageText) -> Vec<ClaimLine> {
    let entry = &project.portfolio.entries[at];
    let names = CodeNames::new(&project.portfolio.catalogue);
    let mut lines = Vec::new();
    for (claim, known) in project.coverage.of_claims(at, &entry.claims) {
        let against = known.map_or(&[][..], |(_, piece)| &piece.against);
        let line = describe_claim(project, &names, claim.criterion, against);
        for &passage in &claim.passages {
            let passage = &entry.body.passages[passage];
            lines.push(ClaimLine {
                how: "passage".to_owned(),
                from: Some(page.to_unit(passage.span.start)),
                to: Some(page.to_unit(passage.span.end)),
                words: passage.text.clone(),
                ..line()
            });
        }
        if !claim.tags.is_empty() {
            let reason = claim.justification();
            lines.push(ClaimLine {
                how: if reason.is_some() { "reason" } else { "code" }.to_owned(),
                words: reason.unwrap_or_default().to_owned(),
                ..line()
            });
        }
    }
    lines
}

/// Makes lines of a claim, without its words.
fn describe_claim<'a>(
    project: &'a Snapshot,
    names: &'a CodeNames<'_>,
    id: CriterionId,
    against: &'a [Reason],
) -> impl Fn() -> ClaimLine + 'a {
    let catalogue = &project.portfolio.catalogue;
    let line = project.coverage.line(id);
    move || ClaimLine {
        code: names.of(id),
        statement: catalogue.criterion(id).text.known().cloned(),
        standard: catalogue.standard(id.standard).full_title(),
        how: String::new(),
        from: None,
        to: None,
        words: String::new(),
        state: line.map_or("", |line| line.state.word()).to_owned(),
        state_title: line.map_or("", |line| line.state.title()).to_owned(),
        why: line.map_or_else(String::new, |line| line.why.clone()),
        next: line.and_then(|line| line.next.as_deref().map(in_page_words)),
        against: against
            .iter()
            .map(|one| in_page_words(one.words()))
            .collect(),
    }
}

fn list_attachments(
    project: &Snapshot,
    entry: &FiledEntry,
    front_matter: Option<&Node>,
) -> Vec<AttachedLine> {
    let items = front_matter.map_or(&[][..], |node| list_items(node, "attachments"));
    let find_item = |file: &Spanned<String>| {
        items.iter().position(|item| {
            find_value(item, "file").is_some_and(|node| node.span.overlaps(file.span))
        })
    };
    let base = SourcePath::new(layout::SETTINGS);
    let attachments = entry.front_matter.attachments.iter();
    attachments
        .map(|attachment| {
            let path = base.join(&attachment.file.value);
            let evidence = &project.portfolio.evidence;
            AttachedLine {
                file: mask_path(&attachment.file.value).0,
                alt: attachment.alt.clone().unwrap_or_default(),
                is_picture: attachment.is_picture(),
                is_there: path.is_some_and(|path| evidence.contains_key(&path)),
                at: find_item(&attachment.file),
                consent: attachment.consent.as_ref().map(|id| id.value.clone()),
                shows_nobody: attachment.shows == Some(Shows::Nobody),
            }
        })
        .collect()
}
