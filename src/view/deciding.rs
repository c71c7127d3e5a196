//! Data from which the script of an entry's page composes a decision file.

use serde::Serialize;

use super::scene::RenderContext;
use crate::cover::next_attempt;
use crate::model::{Audience, Status};
use crate::text::shell_word;

/// The fields of a decision file that an assessor does not choose.
#[derive(Clone, Debug, Serialize)]
pub struct Deciding {
    /// The id of the entry.
    pub entry: String,
    /// The digest of the entry as shown.
    pub digest: String,
    pub attempt: u32,
    /// The digest of the last decision file; empty if there is none.
    pub previous: String,
    /// The equivalent command, quoted for a shell.
    pub command: String,
}

impl Deciding {
    /// Data for the entry at `at`; `None` if its page has no form for a decision.
    pub fn new(scene: &RenderContext<'_>, at: usize) -> Option<Self> {
        let entry = &scene.portfolio.entries[at];
        is_decided_here(scene, at).then(|| Self {
            entry: entry.id.clone(),
            digest: entry.digests.current().to_owned(),
            attempt: next_attempt(scene.portfolio, at, &[]),
            previous: scene.portfolio.chain.last().unwrap_or_default().to_owned(),
            command: format!("ksbfolio assess {}", shell_word(&entry.id)),
        })
    }
}

/// Whether the page of the entry at `at` has a form for a decision: the entry is submitted, a
/// decision can identify it, and the site is for assessors. A live preview is for the author and
/// reloads its pages at any time.
pub(super) fn is_decided_here(scene: &RenderContext<'_>, at: usize) -> bool {
    let entry = &scene.portfolio.entries[at];
    scene.audience != Audience::Public
        && scene.live.is_none()
        && entry.front_matter.status == Status::Submitted
        && !entry.front_matter.unread
        && !entry.shares_id
}
