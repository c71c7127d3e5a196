//! The words by which an entry is found, by field, with what identifies a person left out.

use std::borrow::Cow;

use super::excerpt::text_of;
use super::index::Field;
use crate::files::SitePath;
use crate::model::{Entry, FiledEntry};
use crate::privacy::Mask;
use crate::text::{findable, words};
use crate::view::decisions::render_feedback;
use crate::view::details::list_details;
use crate::view::entry_body::render_body;
use crate::view::scene::RenderContext;

/// Covers each word of the identifiers in an entry, wherever it is in text about it; `None` if
/// there is nothing to cover. Only a private site shows such an entry.
pub(super) fn cover_of(entry: &Entry) -> Option<Mask> {
    entry.unanswered().next()?;
    let found = entry.identifiers.found.iter();
    let texts = found.flat_map(|one| [one.text.to_string(), one.text.to_lowercase()]);
    let texts: Vec<String> = texts.collect();
    let parts = texts.iter().flat_map(|text| words(text));
    Some(Mask::new(parts.map(|word| word.text)))
}

/// The words of the entry at `at`, each terminated by a line feed, best field first.
pub(super) fn read_entry<'a>(scene: &RenderContext<'a>, at: usize) -> [(Cow<'a, str>, Field); 6] {
    let entry: &'a FiledEntry = &scene.portfolio.entries[at];
    let cover = cover_of(entry);
    let read = |text: &str| match &cover {
        Some(cover) => findable(&cover.over(text)),
        None => findable(text),
    };
    let body = match &cover {
        Some(_) => {
            let path = SitePath::new(scene.routes.entry(at));
            Cow::Owned(read(&text_of(&render_body(scene, &path, at, None))))
        }
        None => Cow::Borrowed(&*entry.body.vocabulary.words),
    };
    let (passages, reasons) = read_claims(scene, entry);
    let feedback = read_feedback(scene, entry);
    [
        (read(&entry.front_matter.title).into(), Field::Title),
        (read(&passages).into(), Field::Passage),
        (read(&reasons).into(), Field::Reason),
        (body, Field::Body),
        (read(&read_surroundings(scene, entry)).into(), Field::Body),
        (
            feedback.map_or_else(String::new, |text| read(&text)).into(),
            Field::Feedback,
        ),
    ]
}

/// The passages of an entry and the codes that have one; its type, its reasons and all its codes.
fn read_claims(scene: &RenderContext<'_>, entry: &Entry) -> (String, String) {
    let mut passages = String::new();
    let mut reasons = format!("{}\n", entry.front_matter.kind.title());
    for passage in &entry.body.passages {
        passages.extend([passage.text.as_str(), "\n"]);
    }
    for claim in &entry.claims {
        let code = scene.portfolio.catalogue.code(claim.criterion).as_str();
        if !claim.passages.is_empty() {
            passages.extend([code, "\n"]);
        }
        reasons.extend([code, "\n", claim.justification().unwrap_or_default(), "\n"]);
    }
    (passages, reasons)
}

/// Texts of the page beside the body.
fn read_surroundings(scene: &RenderContext<'_>, entry: &Entry) -> String {
    let mut text = String::new();
    let mut add = |part: &str| text.extend([part, "\n"]);
    for one in &entry.front_matter.attachments {
        add(one.alt.as_deref().unwrap_or_default());
        add(one.caption.as_deref().unwrap_or_default());
    }
    for detail in list_details(scene, entry) {
        add(&detail.value);
    }
    if scene.disclosure.feedback {
        for action in &entry.front_matter.actions {
            add(&action.what.value);
        }
    }
    text
}

/// The feedback on an entry; `None` if there is none, or the audience may not see it.
fn read_feedback(scene: &RenderContext<'_>, entry: &FiledEntry) -> Option<String> {
    let decisions = entry.decisions.iter();
    let texts = decisions.map(|one| text_of(&render_feedback(one)));
    let feedback: String = texts.filter(|_| scene.disclosure.feedback).collect();
    (!feedback.is_empty()).then_some(feedback)
}
