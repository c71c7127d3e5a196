//! What a decision about an entry is composed from, by the script on its page.

use serde::Serialize;

use super::scene::Scene;
use crate::cover::next_attempt;
use crate::model::{Audience, Status};
use crate::text::shell_word;

/// Everything in a decision file that an assessor does not choose.
#[derive(Clone, Debug, Serialize)]
pub struct Deciding {
    /// The entry's id.
    pub entry: String,
    /// The digest of what is read.
    pub digest: String,
    /// The attempt that is judged now.
    pub attempt: u32,
    /// The digest of the last decision file; empty where there is none.
    pub previous: String,
    /// The command that decides instead, as a shell takes it.
    pub command: String,
}

impl Deciding {
    /// For the entry at `at`; none where nobody is to decide about it on its page.
    #[must_use]
    pub fn new(scene: &Scene<'_>, at: usize) -> Option<Self> {
        let entry = &scene.portfolio.entries[at];
        is_decided_here(scene, at).then(|| Self {
            entry: entry.id.clone(),
            digest: entry.digest.clone(),
            attempt: next_attempt(scene.portfolio, at, &[]),
            previous: scene.portfolio.chain.last().unwrap_or_default().to_owned(),
            command: format!("ksbfolio assess {}", shell_word(&entry.id)),
        })
    }
}

/// Whether somebody may decide about the entry at `at` on its page: it is handed in, decisions can be bound to it, and
/// the site is for those who assess. A live preview is for the one who writes, and renews its pages at any moment.
#[must_use]
pub fn is_decided_here(scene: &Scene<'_>, at: usize) -> bool {
    let entry = &scene.portfolio.entries[at];
    scene.audience != Audience::Public
        && scene.live.is_none()
        && entry.status == Status::Submitted
        && !entry.unread
        && !entry.shares_id
}
