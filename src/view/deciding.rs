//! The decision form of an entry's page, and the links from one entry to assess to the next.

use serde::Serialize;

use super::link::Link;
use super::scene::RenderContext;
use crate::cover::{first_day_to_decide, is_assessable, next_attempt};
use crate::files::SitePath;
use crate::model::{Audience, CriterionId};
use crate::text::{counted, short_hash};

/// The page that lists what waits for an assessor.
pub(super) const TO_DECIDE: &str = "to-decide.html";

/// The fields of a decision file that an assessor does not choose.
#[derive(Clone, Debug, Serialize)]
pub struct Deciding {
    /// The id of the entry.
    pub entry: String,
    /// The digest of the entry as shown.
    pub digest: String,
    pub attempt: u32,
    /// The first day on which a decision about it counts; empty if every day does.
    pub not_before: String,
    pub sitting: Sitting,
}

/// The fields that all decisions of one sitting share.
#[derive(Clone, Debug, Serialize)]
pub struct Sitting {
    /// Identifies the portfolio in the storage of a browser, which many portfolios may share.
    pub portfolio: String,
    /// The digests at the ends of the chain of decision files, separated by spaces; empty if there
    /// is no decision yet.
    pub previous: String,
    /// The digest of the wording of each standard, as a JSON list of pairs of id and digest.
    pub standards: String,
    /// The reference of the learner, who cannot decide.
    pub learner: String,
}

/// The way through the entries that wait for an assessor.
#[derive(Clone, Debug, Serialize)]
pub struct AssessTrail {
    /// Claims to decide on this page, in words; empty if there are none.
    pub here: String,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    /// The list of all.
    pub list: String,
}

impl Deciding {
    /// Data for the entry at `at`; `None` if its page has no form for a decision.
    pub fn new(scene: &RenderContext<'_>, at: usize) -> Option<Self> {
        let entry = &scene.portfolio.entries[at];
        let not_before = first_day_to_decide(scene.portfolio, at);
        is_decided_here(scene, at).then(|| Self {
            entry: entry.id.clone(),
            digest: entry.digests.current().to_owned(),
            attempt: next_attempt(scene.portfolio, at, &[]),
            not_before: not_before.map_or_else(String::new, |day| day.to_string()),
            sitting: Sitting::new(scene),
        })
    }
}

impl Sitting {
    pub fn new(scene: &RenderContext<'_>) -> Self {
        let settings = &scene.portfolio.settings;
        let start = settings
            .start
            .map_or_else(String::new, |day| day.to_string());
        let name = [&settings.learner_id, &settings.title, &start].map(String::as_str);
        Self {
            portfolio: short_hash(&name.join("\n"), 16),
            previous: list_heads(scene).join(" "),
            standards: list_versions(scene),
            learner: settings.learner_id.clone(),
        }
    }
}

/// The versions of the standards, as JSON.
fn list_versions(scene: &RenderContext<'_>) -> String {
    let current = scene.portfolio.lock.current.iter();
    let pairs: Vec<[&str; 2]> = current.map(|one| [&*one.id, &*one.digest]).collect();
    // Strings always serialise.
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// The digests that the next decision file names.
fn list_heads<'a>(scene: &RenderContext<'a>) -> Vec<&'a str> {
    let chain = &scene.portfolio.chain;
    let heads = chain.heads().into_iter();
    heads.map(|head| head.digest.as_str()).collect()
}

impl AssessTrail {
    /// The trail on the page of the entry at `at`; `None` if the site is not for assessors.
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> Option<Self> {
        if scene.audience != Audience::Assessor {
            return None;
        }
        let list = scene.to_assess();
        let of = list.entries.len();
        let place = list.place(at);
        let link = |place: usize, which: &str| {
            let to = scene.entry_link(from, list.entries.get(place)?.entry);
            let label = format!("{which} to assess ({} of {of}): {}", place + 1, to.label);
            Some(Link { label, ..to })
        };
        let here = place.map(|place| {
            let codes = list.entries[place].claims.len();
            counted(codes, "code") + " to decide"
        });
        Some(Self {
            here: here.unwrap_or_default(),
            previous: place
                .and_then(|place| place.checked_sub(1))
                .and_then(|place| link(place, "Previous")),
            next: link(place.map_or(0, |place| place + 1), "Next"),
            list: from.link_to(TO_DECIDE),
        })
    }
}

/// The next criterion after `id` with claims to decide, from the page `from`; the search continues
/// at the first criterion. `None` if there is no other, or the site is not for assessors.
pub(super) fn link_next_code(
    scene: &RenderContext<'_>,
    from: &SitePath,
    id: CriterionId,
) -> Option<Link> {
    if scene.audience != Audience::Assessor {
        return None;
    }
    let entries = scene.to_assess().entries.iter();
    let waiting = entries.flat_map(|one| one.claims.iter().map(|(criterion, _)| *criterion));
    let others = waiting.filter(|&other| other != id);
    let next = others.min_by_key(|&other| (other < id, other))?;
    Some(scene.criterion_link(from, next))
}

/// What waits, in words: `47 claims to decide in 21 entries`. A code that two entries claim is
/// decided twice, so these are claims.
pub fn count_waiting(claims: usize, entries: usize) -> String {
    let (claims, entries) = (counted(claims, "claim"), counted(entries, "entry"));
    format!("{claims} to decide in {entries}")
}

/// Whether the site lists what waits for an assessor: as work for assessors, and for the learner
/// to see what they wait for.
pub(super) fn has_list(scene: &RenderContext<'_>) -> bool {
    scene.audience != Audience::Public
}

/// The name of the list of what waits.
pub(super) fn name_list(scene: &RenderContext<'_>) -> &'static str {
    match scene.audience {
        Audience::Private => "Waiting for your assessor",
        Audience::Assessor | Audience::Public => "To assess",
    }
}

/// Whether the site has forms for decisions: it is for assessors. A live preview is for the author
/// and reloads its pages at any time.
pub(super) fn has_forms(scene: &RenderContext<'_>) -> bool {
    scene.audience == Audience::Assessor && scene.live.is_none()
}

/// Whether the page of the entry at `at` has a form for a decision: an assessor can decide about
/// it.
pub(super) fn is_decided_here(scene: &RenderContext<'_>, at: usize) -> bool {
    has_forms(scene) && is_assessable(&scene.portfolio.entries[at])
}
