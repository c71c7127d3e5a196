//! Resolves entries: codes, reflection models, attachments and identifiers, then their order and
//! links.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

use super::attachments::resolve_attachments;
use super::catalogue::Codes;
use super::claims::{Claimed, resolve_claims};
use super::comments::mark_commented;
use super::context::ResolveContext;
use super::digest::entry_digests;
use super::entry_names::EntryNames;
use super::linked::{LinkedFiles, attach_linked_files, find_linked_files};
use super::links::used_paths;
use super::reading::summarise_stages;
use super::renames::spell_back;
use super::stages::{find_stages, promote_bold_lines};
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Body, Entry, EntryType, IdentifierMatch, Identifiers, Mention, Passage, Reflection,
    StandardsLock, Status, find_identifiers_shown,
};
use crate::par;
use crate::parse::dates::is_like_date;
use crate::parse::{DraftBody, DraftEntry, DraftLink, Parsed};
use crate::privacy::{Confidence, Kind, mask_path};
use crate::text::{SourcePath, Span, Spanned, nearest, slug};

/// An entry resolved without the other entries.
#[derive(Debug)]
pub struct StandaloneEntry {
    /// The entry.
    pub entry: Arc<Entry>,
    /// The span of its id.
    pub id_span: Span,
    /// Links, not yet checked.
    pub links: Vec<DraftLink>,
    /// Its names, as other entries need them.
    pub names: EntryNames,
    /// Faults of the entry.
    pub faults: Vec<Fault>,
}

/// Sorts entries by date, id and path; those without a date come last.
pub(super) fn sort_entries(standalone: &mut [Arc<StandaloneEntry>]) {
    par::sort_by(standalone, |a, b| {
        let (a, b) = (&a.entry, &b.entry);
        let day = |entry: &Entry| (entry.front_matter.date.is_none(), entry.front_matter.date);
        day(a)
            .cmp(&day(b))
            .then_with(|| a.id.cmp(&b.id))
            .then_with(|| a.path.cmp(&b.path))
    });
}

/// Whether each of the sorted entries shares its id with another. Case is ignored, as some file
/// systems do.
pub(super) fn find_shared_ids(
    standalone: &[Arc<StandaloneEntry>],
    faults: &mut Vec<Fault>,
) -> Vec<bool> {
    let mut shared = vec![false; standalone.len()];
    let mut first: HashMap<String, usize> = HashMap::with_capacity(standalone.len());
    for (at, one) in standalone.iter().enumerate() {
        let id = one.entry.reference_id().to_lowercase();
        let other = match first.entry(id) {
            Slot::Occupied(slot) => *slot.get(),
            Slot::Vacant(slot) => {
                slot.insert(at);
                continue;
            }
        };
        let place = |at: usize| Place::new(&standalone[at].entry.path, standalone[at].id_span);
        let kind = FaultKind::DuplicateEntryId {
            id: one.entry.id.clone(),
            other: place(other),
        };
        faults.push(Fault {
            place: place(at),
            kind,
        });
        shared[other] = true;
        shared[at] = true;
    }
    shared
}

/// Resolves one entry of this `text`, without the other entries.
#[must_use]
pub fn resolve_standalone(
    parsed: Parsed<DraftEntry>,
    text: &str,
    context: &ResolveContext<'_>,
) -> StandaloneEntry {
    let (mut draft, mut faults) = (parsed.value, parsed.faults);
    record_embeds(&draft, &mut faults);
    let model = find_model(&draft, context, &mut faults);
    if let Some(model) = model {
        let (model, body) = (&context.models[model], draft.body.span);
        promote_bold_lines(&mut draft.body, model);
        mark_commented(&mut draft.body.sections, body, text, model);
    }
    let stages = model
        .map(|model| find_stages(&context.models[model], &draft.body.sections))
        .unwrap_or_default();
    let attachments = &mut draft.front_matter.attachments;
    resolve_attachments(attachments, &draft.path, context, &mut faults);
    let links = std::mem::take(&mut draft.body.links);
    let linked_files = find_linked_files(&draft.path, &links, context.evidence);
    attach_linked_files(attachments, &links, &linked_files, context.evidence);
    let claimed = resolve_claims(&draft, text, &context.codes, context.lock, &mut faults);
    let id_span = draft.id.span;
    draft.dates.retain(|date| is_like_date(date.of(text)));
    let (identifiers, possible_names) = find_identifiers_shown(
        text,
        Span::new(0, draft.body.span.start),
        std::mem::take(&mut draft.body.blocks),
        &[&draft.dates[..], &draft.masked].concat(),
    );
    let names = EntryNames::new(&identifiers, possible_names);
    let found = LookedUp {
        reflection: Reflection {
            model,
            summaries: summarise_stages(&draft.body, &stages),
            stages,
        },
        claimed,
        linked_files,
        mentions: find_mentions(&draft.body.mentions, text, &context.codes),
        identifiers,
    };
    StandaloneEntry {
        entry: Arc::new(build_entry(draft, found, text, &links, context.lock)),
        id_span,
        links,
        names,
        faults,
    }
}

/// The parts of an entry that were looked up.
struct LookedUp {
    reflection: Reflection,
    claimed: Claimed,
    linked_files: LinkedFiles,
    mentions: Vec<Mention>,
    identifiers: Vec<IdentifierMatch>,
}

fn build_entry(
    draft: DraftEntry,
    found: LookedUp,
    text: &str,
    links: &[DraftLink],
    lock: &StandardsLock,
) -> Entry {
    let Claimed {
        claims,
        passages,
        replaced,
        tokens,
    } = found.claimed;
    let mut front_matter = draft.front_matter;
    let name = Name::new(
        draft.id,
        std::mem::take(&mut front_matter.title),
        &draft.path,
        &found.identifiers,
    );
    front_matter.title = name.title;
    let attachments = &front_matter.attachments;
    let hash = |replaced| entry_digests(text, replaced, &draft.volatile, attachments);
    let earlier = spell_back(&tokens, lock).into_iter().map(hash).collect();
    let digests = hash(replaced).with_earlier(earlier);
    let is_example = front_matter.status == Status::Draft && text.contains(Entry::EXAMPLE);
    Entry {
        is_example,
        uses: used_paths(&draft.path, attachments, links),
        linked_files: found.linked_files,
        digests,
        identifiers: Identifiers::new(found.identifiers, name.reveals, &draft.masked),
        id: name.id,
        hidden_id: name.hidden_id,
        path: draft.path,
        front_matter,
        body: build_body(draft.body, passages, found.mentions),
        reflection: found.reflection,
        claims,
    }
}

fn build_body(draft: DraftBody, passages: Vec<Passage>, mentions: Vec<Mention>) -> Body {
    Body {
        span: draft.span,
        words: draft.words,
        passages,
        mentions,
        sections: draft.sections,
        images_without_alt: draft.images_without_alt,
        vocabulary: draft.vocabulary,
    }
}

/// The id and title of an entry with identifiers masked.
struct Name {
    id: String,
    /// The unmasked id, if it differs.
    hidden_id: Option<String>,
    title: String,
    /// Identifiers in the path or, if it has none, in the id.
    reveals: Vec<(Kind, Confidence)>,
}

impl Name {
    fn new(
        id: Spanned<String>,
        title: String,
        path: &SourcePath,
        found: &[IdentifierMatch],
    ) -> Self {
        // An identifier in a typed `id` is reported at its place in the text.
        let is_reported = found.iter().any(|one| one.span.overlaps(id.span));
        let (id, hidden_id) = mask_id(id.value, path);
        let mut reveals = mask_path(path.as_str()).1;
        if let (true, false, Some(id)) = (reveals.is_empty(), is_reported, &hidden_id) {
            reveals = mask_path(id).1;
        }
        // The title may be derived from the file name.
        let title = if reveals.is_empty() {
            title
        } else {
            mask_path(&title).0
        };
        Self {
            id,
            hidden_id,
            title,
            reveals,
        }
    }
}

/// Masks an id. Returns the original too, if it differs.
fn mask_id(id: String, path: &SourcePath) -> (String, Option<String>) {
    // Most ids are file stems, which were searched when the file was found.
    if id == path.stem() && id == path.shown_stem() {
        return (id, None);
    }
    let shown = mask_path(&id).0;
    if shown == id {
        (id, None)
    } else {
        (shown, Some(id))
    }
}

/// Records raw HTML that would load something.
fn record_embeds(draft: &DraftEntry, faults: &mut Vec<Fault>) {
    faults.extend(draft.body.embeds.iter().map(|embed| Fault {
        place: Place::new(&draft.path, embed.span),
        kind: FaultKind::Embed {
            element: embed.value,
        },
    }));
}

/// Finds words in prose that are codes, spelt exactly as in their standard, and ranges: `K7-K9`.
fn find_mentions(words: &[Spanned<String>], text: &str, codes: &Codes<'_>) -> Vec<Mention> {
    let read = |word: &Spanned<String>| match codes.find_exact(&word.value) {
        Some(criterion) => vec![criterion],
        None if word.value.contains('-') => codes.read_range(&word.value),
        None => Vec::new(),
    };
    let mut mentions = Vec::new();
    for word in words
        .iter()
        .filter(|word| !is_anatomical(text, word.span, codes))
    {
        let span = word.span;
        let found = read(word).into_iter();
        mentions.extend(found.map(|criterion| Mention { criterion, span }));
    }
    mentions
}

/// Whether a word is a vitamin, a vertebra or a heart sound rather than a code: `vitamin K1`,
/// `L5/S1`, `S1/S2`. In `K21/S20`, both are codes.
fn is_anatomical(text: &str, span: Span, codes: &Codes<'_>) -> bool {
    let is_word = |letter: char| letter.is_ascii_alphanumeric();
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let last = before.trim_end().rsplit(|letter| !is_word(letter)).next();
    let last = last.unwrap_or_default().to_lowercase();
    let left = before.strip_suffix('/').map(|left| {
        let start = left.trim_end_matches(is_word).len();
        &left[start..]
    });
    let right = after.strip_prefix('/').map(|right| {
        let end = right.len() - right.trim_start_matches(is_word).len();
        &right[..end]
    });
    let is_other_code = |partner: &str| {
        let first = text[span.start..].chars().next();
        codes.find_exact(partner).is_some() && partner.chars().next() != first
    };
    let mut partners = left.into_iter().chain(right);
    partners.any(|partner| !is_other_code(partner))
        || ["vitamin", "vitamins", "level", "nerve", "root", "vertebra"].contains(&last.as_str())
}

/// Index of a reflection's model: the named one, or Gibbs. `None` for other types, and if the name
/// is unknown.
fn find_model(
    draft: &DraftEntry,
    context: &ResolveContext<'_>,
    faults: &mut Vec<Fault>,
) -> Option<usize> {
    if draft.front_matter.kind != EntryType::Reflection || draft.front_matter.unknown_kind {
        return None;
    }
    let id = draft
        .model
        .as_ref()
        .map_or("gibbs", |model| model.value.as_str());
    let mut ids = context.models.iter().map(|model| &model.id.value);
    let found = ids.position(|known| known == id);
    let found = found.or_else(|| {
        // `Gibbs` and `Gibbs' reflective cycle` mean the same.
        let typed = slug(id);
        let mut models = context.models.iter();
        models.position(|model| slug(&model.id.value) == typed || slug(&model.title) == typed)
    });
    if let (None, Some(typed)) = (found, &draft.model) {
        let known = context.models.iter().map(|model| model.id.value.clone());
        let known: Vec<String> = known.collect();
        let kind = FaultKind::UnknownModel {
            id: typed.value.clone(),
            nearest: nearest(&typed.value, known.iter().map(String::as_str)).map(str::to_owned),
            known,
        };
        let place = Place::new(&draft.path, typed.span);
        faults.push(Fault { place, kind });
    }
    found
}
