//! Entries, with every code, link, model and file looked up.

use std::cell::LazyCell;
use std::collections::hash_map::Entry as Unique;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::catalogue::Codes;
use super::claims::{self, Claimed};
use super::digest;
use super::reading;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Attachment, Body, Entry, EntryIndex, EntryType, Evidence, Mention, Passage, Portfolio,
    ReflectionModel, Register, revealed,
};
use crate::par;
use crate::parse::{DraftBody, DraftEntry, DraftLink};
use crate::privacy::{Confidence, Kind, shown_path};
use crate::text::{SUGGESTED, SourcePath, Span, Spanned, nearest};

/// What entries refer to.
#[derive(Debug)]
pub struct World<'a> {
    /// Criteria.
    pub codes: Codes<'a>,
    /// Reflection models.
    pub models: &'a [ReflectionModel],
    /// Files under `portfolio/evidence`.
    pub evidence: &'a Evidence,
    /// Consents.
    pub register: &'a Register,
}

impl<'a> World<'a> {
    /// What entries of a portfolio refer to.
    #[must_use]
    pub fn of(portfolio: &'a Portfolio) -> Self {
        Self {
            codes: Codes::new(&portfolio.catalogue),
            models: &portfolio.models,
            evidence: &portfolio.evidence,
            register: &portfolio.register,
        }
    }
}

/// Entries that know each other.
pub struct Joined {
    /// The entries, oldest first, then by id, so that renaming a file changes nothing.
    pub entries: Vec<Entry>,
    /// Where each is.
    pub index: EntryIndex,
}

/// One entry, resolved as far as it can be without the others.
#[derive(Clone, Debug)]
pub struct Lone {
    /// The entry.
    pub entry: Entry,
    /// Where its id stands.
    pub id_span: Span,
    /// Links that are still to be followed.
    pub links: Vec<DraftLink>,
    /// What did not fit.
    pub faults: Vec<Fault>,
}

/// Puts entries together: their order, ids that two of them have, and links that lead nowhere.
#[expect(
    clippy::vec_box,
    reason = "an entry is large, and sorting moves each many times"
)]
pub fn join(mut lone: Vec<Box<Lone>>, world: &World<'_>, faults: &mut Vec<Fault>) -> Joined {
    par::sort_by(&mut lone, |a, b| {
        let (a, b) = (&a.entry, &b.entry);
        let day = (a.date.is_none(), a.date).cmp(&(b.date.is_none(), b.date));
        day.then_with(|| a.id.cmp(&b.id))
            .then_with(|| a.path.cmp(&b.path))
    });
    mark_shared_ids(&mut lone, faults);
    let mut entries = Vec::with_capacity(lone.len());
    let mut links = Vec::with_capacity(lone.len());
    for one in lone {
        entries.push(one.entry);
        links.push(one.links);
        faults.extend(one.faults);
    }
    let index = EntryIndex::new(&entries);
    for (entry, links) in entries.iter().zip(&links) {
        check_references(entry, links, &index, world, faults);
    }
    Joined { entries, index }
}

/// What an entry attaches, shows or links to.
fn uses(path: &SourcePath, attachments: &[Attachment], links: &[DraftLink]) -> Vec<SourcePath> {
    let base = SourcePath::new(SETTINGS);
    let attached = attachments
        .iter()
        .filter_map(|attachment| base.join(&attachment.file.value));
    attached
        .chain(
            links
                .iter()
                .filter_map(|link| path.join(path_of(&link.target))),
        )
        .collect()
}

/// Finds links and closing entries that lead nowhere.
pub fn check_references(
    entry: &Entry,
    links: &[DraftLink],
    index: &EntryIndex,
    world: &World<'_>,
    faults: &mut Vec<Fault>,
) {
    check_links(entry, links, index, world, faults);
    check_closing_entries(entry, index, faults);
}

/// Paths of attachments begin where this file stands.
const SETTINGS: &str = "portfolio/portfolio.yaml";

/// A link's target without what follows `#`.
fn path_of(target: &str) -> &str {
    target.split_once('#').map_or(target, |(path, _)| path)
}

/// Marks entries of which several have an id, compared without regard to case, as some file systems do.
fn mark_shared_ids(lone: &mut [Box<Lone>], faults: &mut Vec<Fault>) {
    let mut first: HashMap<String, usize> = HashMap::with_capacity(lone.len());
    for at in 0..lone.len() {
        let other = match first.entry(lone[at].entry.referred_as().to_lowercase()) {
            Unique::Occupied(known) => *known.get(),
            Unique::Vacant(unknown) => {
                unknown.insert(at);
                continue;
            }
        };
        let place = |at: usize| Place::new(&lone[at].entry.path, lone[at].id_span);
        let kind = FaultKind::DuplicateEntryId {
            id: lone[at].entry.id.clone(),
            other: place(other),
        };
        faults.push(Fault {
            place: place(at),
            kind,
        });
        lone[other].entry.shares_id = true;
        lone[at].entry.shares_id = true;
    }
}

/// Raw HTML that would load something.
fn embeds(draft: &DraftEntry) -> Vec<Fault> {
    let fault = |embed: &Spanned<&'static str>| Fault {
        place: Place::new(&draft.path, embed.span),
        kind: FaultKind::Embed {
            element: embed.value,
        },
    };
    draft.body.embeds.iter().map(fault).collect()
}

/// One entry of this `text`, with its codes, model and files looked up.
pub fn entry(mut draft: DraftEntry, text: &str, world: &World<'_>) -> Lone {
    let mut faults = embeds(&draft);
    let model = model(&draft, world, &mut faults);
    let stages = model
        .map(|model| reading::stages(&world.models[model], &draft.body.sections))
        .unwrap_or_default();
    let told = reading::told(&draft.body, &stages);
    let attachments = attachments(draft.attachments.clone(), &draft.path, world, &mut faults);
    let Claimed {
        claims,
        passages,
        replaced,
    } = claims::claimed(&draft, text, &world.codes, &mut faults);
    let digest = digest::entry_digest(text, replaced, &draft.volatile, &attachments);
    let identifiers = revealed(text, &[&draft.dates[..], &draft.masked].concat());
    let is_found = identifiers
        .iter()
        .any(|one| one.span.overlaps(draft.id.span));
    let (id, own_id) = shown_id(draft.id.value, &draft.path);
    let name_reveals = revealed_by_name(&draft.path, own_id.as_deref().filter(|_| !is_found));
    // Without a title of its own it is called after its file.
    let title = if name_reveals.is_empty() {
        draft.title
    } else {
        shown_path(&draft.title).0
    };
    let links = std::mem::take(&mut draft.body.links);
    let body = body(draft.body, passages, text, world);
    let entry = Entry {
        masked: draft
            .masked
            .iter()
            .copied()
            .chain(identifiers.iter().map(|one| one.span))
            .collect(),
        identifiers,
        covering: OnceLock::new(),
        name_reveals,
        uses: uses(&draft.path, &attachments, &links),
        id,
        own_id,
        shares_id: false,
        title,
        date: draft.date,
        event_date: draft.event_date,
        unread_event: draft.unread_event,
        kind: draft.kind,
        unknown_kind: draft.unknown_kind,
        model,
        unread: draft.unread,
        status: draft.status,
        visibility: draft.visibility,
        hours: draft.hours,
        days: draft.days,
        off_the_job: draft.off_the_job,
        anonymised: draft.anonymised,
        read: draft.read,
        witness: draft.witness.map(Box::new),
        practice: draft.practice.map(Box::new),
        cpd: draft.cpd.map(Box::new),
        assignment: draft.assignment.map(Box::new),
        attachments,
        actions: draft.actions,
        suppressions: draft.suppressions,
        claims,
        stages,
        told,
        digest,
        body,
        decisions: Vec::new(),
        place: draft.place,
        date_place: draft.date_place.unwrap_or(draft.place),
        event_place: draft.masked.first().copied(),
        path: draft.path,
    };
    Lone {
        entry,
        id_span: draft.id.span,
        links,
        faults,
    }
}

fn body(draft: DraftBody, passages: Vec<Passage>, text: &str, world: &World<'_>) -> Body {
    Body {
        span: draft.span,
        words: draft.words,
        passages,
        mentions: mentions(&draft.mentions, text, &world.codes),
        sections: draft.sections,
        images_without_alt: draft.images_without_alt,
        vocabulary: draft.vocabulary,
    }
}

/// What in the path of an entry, or else in its own id, identifies somebody.
fn revealed_by_name(path: &SourcePath, own_id: Option<&str>) -> Vec<(Kind, Confidence)> {
    let in_path = shown_path(path.as_str()).1;
    if in_path.is_empty() {
        own_id.map_or(in_path, |id| shown_path(id).1)
    } else {
        in_path
    }
}

/// An id as it may be shown, and the id itself where that differs.
fn shown_id(id: String, path: &SourcePath) -> (String, Option<String>) {
    // Most entries are called after their file, which was searched when it was found.
    if id == path.stem() && id == path.shown_stem() {
        return (id, None);
    }
    let shown = shown_path(&id).0;
    if shown == id {
        (id, None)
    } else {
        (shown, Some(id))
    }
}

/// Words in prose that are codes exactly as their standard writes them, and nothing else of that name.
fn mentions(words: &[Spanned<String>], text: &str, codes: &Codes<'_>) -> Vec<Mention> {
    let exact = |word: &Spanned<String>| {
        Some(Mention {
            criterion: codes.exactly(&word.value)?,
            span: word.span,
        })
    };
    words
        .iter()
        .filter(|word| !is_something_else(text, word.span))
        .filter_map(exact)
        .collect()
}

/// Vitamins and vertebrae look like codes: `vitamin K1`, `L5/S1`.
fn is_something_else(text: &str, span: Span) -> bool {
    let before = text[..span.start].trim_end();
    let after = text[span.end..].chars().next();
    let last = before
        .rsplit(|sign: char| !sign.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let joined = text[..span.start].ends_with('/') || after == Some('/');
    joined || ["vitamin", "vitamins", "level", "nerve", "root", "vertebra"].contains(&last.as_str())
}

/// The model of a reflection: the one it names, or Gibbs.
fn model(draft: &DraftEntry, world: &World<'_>, faults: &mut Vec<Fault>) -> Option<usize> {
    if draft.kind != EntryType::Reflection || draft.unknown_kind {
        return None;
    }
    let id = draft
        .model
        .as_ref()
        .map_or("gibbs", |model| model.value.as_str());
    let found = world.models.iter().position(|model| model.id.value == id);
    if let (None, Some(typed)) = (found, &draft.model) {
        let known: Vec<String> = world
            .models
            .iter()
            .map(|model| model.id.value.clone())
            .collect();
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

fn attachments(
    mut attachments: Vec<Attachment>,
    path: &SourcePath,
    world: &World<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Attachment> {
    let base = SourcePath::new(SETTINGS);
    let before = faults.len();
    for attachment in &mut attachments {
        let target = base.join(&attachment.file.value);
        attachment.sha256 = target
            .and_then(|target| world.evidence.get(&target))
            .map(|file| file.sha256.clone());
        if attachment.sha256.is_none() {
            let near = (faults.len() - before < SUGGESTED).then_some(world.evidence);
            faults.push(missing_file(
                &attachment.file.value,
                Place::new(path, attachment.file.span),
                near,
            ));
        }
        let Some(consent) = attachment
            .consent
            .as_ref()
            .filter(|consent| !consent.value.is_empty())
        else {
            continue;
        };
        if world.register.find(&consent.value).is_none() {
            let near = if faults.len() - before < SUGGESTED {
                &world.register.consents[..]
            } else {
                &[]
            };
            let ids = near.iter().map(|known| known.id.as_str());
            let kind = FaultKind::UnknownConsent {
                id: consent.value.clone(),
                nearest: nearest(&consent.value, ids).map(str::to_owned),
            };
            let place = Place::new(path, consent.span);
            faults.push(Fault { place, kind });
        }
    }
    attachments
}

fn missing_file(file: &str, place: Place, near: Option<&Evidence>) -> Fault {
    let known = || {
        near.into_iter()
            .flat_map(BTreeMap::keys)
            .map(|path| path.as_str().trim_start_matches("portfolio/"))
    };
    let lower = file.to_lowercase();
    let file = file.to_owned();
    let other_capitals =
        |known: &&str| lower.ends_with(&known.to_lowercase()) && !file.ends_with(*known);
    let kind = match known().find(other_capitals) {
        Some(actual) => {
            // Whatever climbs to the folder stays as it was typed.
            let climb = file.len() - actual.len();
            FaultKind::WrongCase {
                actual: format!("{}{actual}", file.get(..climb).unwrap_or_default()),
                file,
            }
        }
        None => FaultKind::MissingFile {
            nearest: nearest(&file, known()).map(str::to_owned),
            file,
        },
    };
    Fault { place, kind }
}

/// A fault whose suggestions lead from an entry's file, and not from portfolio/.
fn from_the_entry(mut fault: Fault, path: &SourcePath) -> Fault {
    let climb = "../".repeat(path.as_str().matches('/').count().saturating_sub(1));
    let (FaultKind::MissingFile {
        nearest: Some(near),
        ..
    }
    | FaultKind::WrongCase { actual: near, .. }) = &mut fault.kind
    else {
        return fault;
    };
    if !near.starts_with("..") {
        *near = format!("{climb}{near}");
    }
    fault
}

/// Schemes that a link may have; everything else stays text.
const SAFE_SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Whether a target that looks like an address of the web is one: `https:/x` and `//x` lead nobody knows where.
fn is_an_address(target: &str) -> bool {
    let lower = target.to_lowercase();
    match ["https:", "http:"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme))
    {
        Some(rest) => rest.strip_prefix("//").is_some_and(|host| {
            host.starts_with(|sign: char| sign.is_alphanumeric() || sign == '[')
        }),
        None => !lower.starts_with("//") && !lower.starts_with("\\\\"),
    }
}

/// The scheme of a link target, in lower case, if it has one.
fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let plain = scheme
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign));
    (plain && !scheme.is_empty()).then(|| scheme.to_lowercase())
}

fn check_links(
    entry: &Entry,
    links: &[DraftLink],
    index: &EntryIndex,
    world: &World<'_>,
    faults: &mut Vec<Fault>,
) {
    let anchors = LazyCell::new(|| entry.body.anchors());
    let before = faults.len();
    for link in links {
        let place = Place::new(&entry.path, link.span);
        let near = (faults.len() - before < SUGGESTED).then_some(index);
        match scheme(&link.target) {
            _ if !is_an_address(&link.target) => {
                faults.push(broken_link(&link.target, "", place, near))
            }
            Some(scheme) if scheme == "entry" => {
                let id = &link.target["entry:".len()..];
                if index.by_id(id).is_none() {
                    faults.push(broken_link(&link.target, id, place, near));
                }
            }
            Some(scheme) if link.image || !SAFE_SCHEMES.contains(&scheme.as_str()) => {
                let kind = FaultKind::UnsafeLink { scheme };
                faults.push(Fault { place, kind });
            }
            Some(_) => {}
            None if path_of(&link.target).is_empty() => {
                let fragment = link.target.trim_start_matches('#');
                if !anchors.contains(fragment) {
                    faults.push(broken_link(&link.target, fragment, place, near));
                }
            }
            None => {
                let known = |path: &SourcePath| index.by_path(path).is_some();
                faults.extend(check_relative(entry, link, place, known, near, world));
            }
        }
    }
}

/// What is wrong with a link to a file: nothing, where an entry or a file of evidence is at its path.
fn check_relative(
    entry: &Entry,
    link: &DraftLink,
    place: Place,
    is_entry: impl Fn(&SourcePath) -> bool,
    near: Option<&EntryIndex>,
    world: &World<'_>,
) -> Option<Fault> {
    let path = path_of(&link.target);
    let target = entry.path.join(path);
    let is_file = target
        .as_ref()
        .is_some_and(|target| world.evidence.contains_key(target));
    if is_file || (!link.image && target.as_ref().is_some_and(is_entry)) {
        return None;
    }
    if link.image {
        let missing = missing_file(path, place, near.map(|_| world.evidence));
        return Some(from_the_entry(missing, &entry.path));
    }
    Some(broken_link(
        &link.target,
        SourcePath::new(path).stem(),
        place,
        near,
    ))
}

fn broken_link(target: &str, id: &str, place: Place, near: Option<&EntryIndex>) -> Fault {
    let kind = FaultKind::BrokenLink {
        target: target.to_owned(),
        nearest: near
            .and_then(|index| nearest(id, index.ids()))
            .map(str::to_owned),
        takes_id: false,
    };
    Fault { place, kind }
}

/// An id that no entry has. A file's name is most likely its entry's id.
fn broken_id(written: &str, place: Place, near: Option<&EntryIndex>) -> Fault {
    let nearest = near.and_then(|index| nearest(SourcePath::new(written).stem(), index.ids()));
    let nearest = nearest.map(str::to_owned);
    let kind = FaultKind::BrokenLink {
        target: written.to_owned(),
        nearest,
        takes_id: true,
    };
    Fault { place, kind }
}

fn check_closing_entries(entry: &Entry, index: &EntryIndex, faults: &mut Vec<Fault>) {
    let before = faults.len();
    for closing in entry
        .actions
        .iter()
        .filter_map(|action| action.closed_by.as_ref())
    {
        if index.by_id(&closing.value).is_none() {
            let place = Place::new(&entry.path, closing.span);
            let near = (faults.len() - before < SUGGESTED).then_some(index);
            faults.push(broken_id(&closing.value, place, near));
        }
    }
}
