//! The page of everything that needs work: referrals, and criteria without enough evidence.

use serde::Serialize;

use super::decisions::render_feedback;
use super::home::describe_progress;
use super::link::Link;
use super::rows::{CriterionRow, build_criterion_row};
use super::scene::RenderContext;
use super::steps::list_near;
use crate::cover::{Attempts, Referral, attempts, open_referrals};
use crate::files::SitePath;
use crate::model::{State, Verdict};
use crate::text::{in_words, slug};

/// The decisions with referred claims on the page; the page of decisions has the others.
const MOST_SENT_BACK: usize = 30;

/// Criteria that need work by standard, and referred claims.
#[derive(Clone, Debug, Serialize)]
pub struct GapsPage {
    /// The number of criteria in each state, in a sentence.
    pub lead: String,
    /// Links to the sections, with their counts.
    pub contents: Vec<Link>,
    /// Referred claims that are not accepted since, by decision.
    pub sent_back: Vec<SentBack>,
    /// The number of further decisions with referred claims.
    pub more_sent_back: usize,
    /// The page of decisions.
    pub decisions: String,
    /// Standards with criteria that need work.
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

/// The criteria of a standard that need work.
#[derive(Clone, Debug, Serialize)]
pub struct StandardGaps {
    pub title: String,
    /// The fragment.
    pub anchor: String,
    /// Criteria that are neither complete nor waived, worst state first.
    pub rows: Vec<GapRow>,
}

/// A criterion that needs work.
#[derive(Clone, Debug, Serialize)]
pub struct GapRow {
    pub row: CriterionRow,
    /// Entries that come nearest to its statement and do not claim it.
    pub near: Vec<Link>,
}

impl GapsPage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath) -> Self {
        let mut open = open_referrals(scene.portfolio, scene.coverage);
        open.retain(|open| scene.is_visible(open.entry));
        open.sort_by(|a, b| (a.entry, &a.decision.place).cmp(&(b.entry, &b.decision.place)));
        let by_decision =
            open.chunk_by(|a, b| a.entry == b.entry && a.decision.place == b.decision.place);
        let mut sent_back: Vec<SentBack> = by_decision
            .filter_map(|together| build_sent_back(scene, from, together))
            .collect();
        let more_sent_back = sent_back.len().saturating_sub(MOST_SENT_BACK);
        sent_back.truncate(MOST_SENT_BACK);
        let standards: Vec<StandardGaps> = (0..scene.coverage.standards.len())
            .filter_map(|at| list_gaps(scene, from, at))
            .collect();
        let sections = standards.iter().map(|one| Link {
            href: format!("#{}", one.anchor),
            label: format!("{} ({})", one.title, one.rows.len()),
        });
        let referred = (!sent_back.is_empty()).then(|| Link {
            href: "#sent-back".to_owned(),
            label: format!("Referred ({})", sent_back.len() + more_sent_back),
        });
        Self {
            lead: describe_progress(&scene.coverage.counts()),
            contents: referred.into_iter().chain(sections).collect(),
            sent_back,
            more_sent_back,
            decisions: from.link_to("decisions.html"),
            standards,
        }
    }
}

/// The criteria of a standard that need work; `None` if there are none.
fn list_gaps(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> Option<StandardGaps> {
    let lines = scene.coverage.standards[at].lines.iter();
    let open = lines.filter(|line| !line.is_waived() && !line.state.is_complete());
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|line| (line.state, line.criterion));
    let row = |line: &&crate::model::Line| {
        Some(GapRow {
            row: build_criterion_row(scene, from, line.criterion)?,
            near: match line.state {
                State::Gap => list_near(scene, from, line.criterion),
                _ => Vec::new(),
            },
        })
    };
    let rows: Vec<GapRow> = open.iter().filter_map(row).collect();
    let title = scene.portfolio.catalogue.standard(at).full_title();
    (!rows.is_empty()).then(|| StandardGaps {
        anchor: slug(&title),
        title,
        rows,
    })
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
            "partly accepted"
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
