//! The pages of missing criteria and of all entries.

use serde::Serialize;

use super::decisions::render_feedback;
use super::link::Link;
use super::rows::{CriterionRow, EntryList, build_criterion_row};
use super::scene::RenderContext;
use crate::cover::{Attempts, Referral, attempts, open_referrals};
use crate::files::SitePath;
use crate::model::Verdict;
use crate::text::in_words;

/// Missing criteria by standard, and referred claims.
#[derive(Clone, Debug, Serialize)]
pub struct GapsPage {
    /// Referred claims that are not accepted since, by decision.
    pub sent_back: Vec<SentBack>,
    /// Standards with missing criteria.
    pub standards: Vec<StandardGaps>,
}

/// The claims that one decision referred.
#[derive(Clone, Debug, Serialize)]
pub struct SentBack {
    pub claims: Vec<SentBackClaim>,
    pub entry: Link,
    /// Assessor and date, in words.
    pub decided: String,
    /// Whether the entry has changed since and is to be assessed again.
    pub waits: bool,
    /// HTML.
    pub feedback: String,
}

/// A referred claim.
#[derive(Clone, Debug, Serialize)]
pub struct SentBackClaim {
    pub criterion: Link,
    pub verdict: &'static str,
    /// Attempts used and left, in words; empty if the standard sets no limit.
    pub attempts: String,
}

/// The missing criteria of a standard.
#[derive(Clone, Debug, Serialize)]
pub struct StandardGaps {
    pub title: String,
    /// Criteria that are neither complete nor waived, worst state first.
    pub rows: Vec<CriterionRow>,
}

impl GapsPage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath) -> Self {
        let mut open = open_referrals(scene.portfolio, scene.coverage);
        open.retain(|open| scene.is_visible(open.entry));
        open.sort_by(|a, b| (a.entry, &a.decision.place).cmp(&(b.entry, &b.decision.place)));
        let by_decision =
            open.chunk_by(|a, b| a.entry == b.entry && a.decision.place == b.decision.place);
        let sent_back = by_decision
            .filter_map(|together| build_sent_back(scene, from, together))
            .collect();
        let mut standards = Vec::new();
        for standard in &scene.coverage.standards {
            let missing = standard
                .lines
                .iter()
                .filter(|line| !line.is_waived() && !line.state.is_complete());
            let mut missing: Vec<_> = missing.collect();
            missing.sort_by_key(|line| (line.state, line.criterion));
            let rows = missing
                .iter()
                .filter_map(|line| build_criterion_row(scene, from, line.criterion));
            let rows: Vec<CriterionRow> = rows.collect();
            if !rows.is_empty() {
                let title = scene
                    .portfolio
                    .catalogue
                    .standard(standard.standard)
                    .full_title();
                standards.push(StandardGaps { title, rows });
            }
        }
        Self {
            sent_back,
            standards,
        }
    }
}

fn build_sent_back(
    scene: &RenderContext<'_>,
    from: &SitePath,
    together: &[Referral<'_>],
) -> Option<SentBack> {
    let Referral {
        entry,
        decision,
        resubmitted,
        ..
    } = *together.first()?;
    let claim = |open: &Referral<'_>| SentBackClaim {
        criterion: scene.criterion_link(from, open.criterion),
        verdict: if open.verdict == Verdict::Partly {
            "accepted in part"
        } else {
            "referred"
        },
        attempts: attempts(scene.portfolio, open.criterion)
            .map_or_else(String::new, Attempts::words),
    };
    Some(SentBack {
        claims: together.iter().map(claim).collect(),
        entry: scene.entry_link(from, entry),
        decided: format!("{}, {}", decision.assessor, in_words(decision.date)),
        waits: resubmitted,
        feedback: render_feedback(decision),
    })
}

/// The list of all visible entries.
#[derive(Clone, Debug, Serialize)]
pub struct EntriesPage {
    /// Newest first.
    pub entries: EntryList,
}

impl EntriesPage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath) -> Self {
        let newest_first: Vec<usize> = scene.visible.iter().rev().copied().collect();
        Self {
            entries: EntryList::new(scene, from, &newest_first),
        }
    }
}
