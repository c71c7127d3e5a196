//! The context that pages are built from.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::disclosure::Disclosure;
use super::frame::Frame;
use super::link::Link;
use super::months::{MonthSlice, ONE_PAGE, slice_by_month};
use super::naming::NamedInFeedback;
use super::publish::{self, Published};
use super::routes::Routes;
use crate::cover::{ToAssess, Twins, list_to_assess};
use crate::files::SitePath;
use crate::model::{Audience, Coverage, CriterionId, GroupId, Line, Portfolio};
use crate::par;
use crate::text::{SourcePath, SourceProvider};

/// The most entries in the pack page: a document of thousands of printed pages is of no use. Packs
/// of one duty, unit or month are written on demand; as pages of the site they would contain every
/// entry a dozen times.
const LARGEST_PACK: usize = 500;

/// A portfolio with its coverage, as an audience may see it.
#[derive(Clone, Copy, Debug)]
pub struct RenderContext<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// The texts of its entries.
    pub texts: &'a dyn SourceProvider,
    backdrop: &'a SiteScope,
}

/// The part that does not borrow from the portfolio, computed once for a site.
#[derive(Clone, Debug)]
pub struct SiteScope {
    /// The paths of all pages.
    pub routes: Routes,
    /// The audience of the site.
    pub audience: Audience,
    /// Which details the site shows beyond entries and their passages.
    pub disclosure: Disclosure,
    /// Published attachments by source path.
    pub pictures: BTreeMap<SourcePath, Published>,
    /// Indices of the visible entries, oldest first.
    pub visible: Vec<usize>,
    /// The visible entries by month, newest first.
    pub months: Vec<MonthSlice>,
    /// For each entry, whether it is visible.
    seen: Vec<bool>,
    /// Criteria that visible entries claim.
    claimed: BTreeSet<CriterionId>,
    /// Criteria whose code is ambiguous, so files name them with their standard.
    pub full_codes: BTreeSet<CriterionId>,
    /// Criteria with nearly the same statement.
    pub twins: Twins,
    /// The version of a live preview; `None` for a built site. Pages of a preview carry line
    /// numbers and reload themselves.
    pub live: Option<u64>,
    /// The frame that pages of entries share, built with the first of them.
    pub frame_of_entries: OnceLock<Arc<Frame>>,
    /// What waits for an assessor, listed with the first page that asks.
    to_assess: OnceLock<ToAssess>,
    /// Feedback that names codes without a verdict on them, read with the first page that asks.
    named_in_feedback: OnceLock<NamedInFeedback>,
}

impl SiteScope {
    /// Computes what an audience may see of `portfolio`.
    pub fn new(
        portfolio: &Portfolio,
        audience: Audience,
        pictures: BTreeMap<SourcePath, Published>,
        live: Option<u64>,
    ) -> Self {
        let (visible, seen) = find_visible(portfolio, audience);
        let months = slice_by_month(portfolio, &visible);
        let full_codes = portfolio.catalogue.ambiguous_codes();
        let twins = Twins::new(&portfolio.catalogue);
        let frame_of_entries = OnceLock::new();
        let routes = Routes::new(portfolio);
        let claimed = collect_claimed(portfolio, &visible);
        let disclosure = Disclosure::to(audience, portfolio);
        Self {
            routes,
            audience,
            disclosure,
            pictures,
            visible,
            months,
            seen,
            claimed,
            full_codes,
            twins,
            live,
            frame_of_entries,
            to_assess: OnceLock::new(),
            named_in_feedback: OnceLock::new(),
        }
    }
}

impl SiteScope {
    /// Shows only `entries`, which are visible and in order.
    pub fn show_only(&mut self, portfolio: &Portfolio, entries: &[usize]) {
        self.visible = entries.to_vec();
        self.months = slice_by_month(portfolio, entries);
        self.seen = vec![false; portfolio.entries.len()];
        for &at in entries {
            self.seen[at] = true;
        }
    }
}

/// Indices of the visible entries, and for each entry whether it is visible.
fn find_visible(portfolio: &Portfolio, audience: Audience) -> (Vec<usize>, Vec<bool>) {
    let seen = par::map(&portfolio.entries, |entry| {
        publish::is_visible(entry, audience)
    });
    ((0..seen.len()).filter(|&at| seen[at]).collect(), seen)
}

fn collect_claimed(portfolio: &Portfolio, entries: &[usize]) -> BTreeSet<CriterionId> {
    let claims = entries.iter().flat_map(|&at| &portfolio.entries[at].claims);
    claims.map(|claim| claim.criterion).collect()
}

impl Deref for RenderContext<'_> {
    type Target = SiteScope;

    fn deref(&self) -> &SiteScope {
        self.backdrop
    }
}

impl<'a> RenderContext<'a> {
    /// Combines a portfolio with its coverage, its texts and what an audience may see.
    pub fn new(
        portfolio: &'a Portfolio,
        coverage: &'a Coverage,
        texts: &'a dyn SourceProvider,
        backdrop: &'a SiteScope,
    ) -> Self {
        Self {
            portfolio,
            coverage,
            texts,
            backdrop,
        }
    }

    /// The code of a criterion in files: with its standard if the code alone is ambiguous.
    pub fn file_code(&self, id: CriterionId) -> String {
        let catalogue = &self.portfolio.catalogue;
        if self.full_codes.contains(&id) {
            catalogue.full_code(id)
        } else {
            catalogue.code(id).to_string()
        }
    }

    /// What waits for an assessor. Public sites do not show it.
    pub fn to_assess(&self) -> &ToAssess {
        let list = || list_to_assess(self.portfolio, self.coverage);
        self.backdrop.to_assess.get_or_init(list)
    }

    /// The feedback on visible entries that names codes without a verdict on them.
    pub fn named_in_feedback(&self) -> &NamedInFeedback {
        let read = || NamedInFeedback::new(self.portfolio, &self.visible);
        self.backdrop.named_in_feedback.get_or_init(read)
    }

    /// Whether the audience may see an entry.
    pub fn is_visible(&self, at: usize) -> bool {
        self.seen.get(at).is_some_and(|seen| *seen)
    }

    /// Whether the audience may see nothing at all.
    pub fn is_empty(&self) -> bool {
        self.visible.is_empty() && !self.disclosure.states && !self.disclosure.feedback
    }

    /// Whether lists of entries are divided into several pages.
    pub fn is_large(&self) -> bool {
        self.visible.len() > ONE_PAGE
    }

    /// Whether the site has a page of what needs work. It is about a person at work, so a public
    /// site never has it.
    pub fn has_gaps(&self) -> bool {
        self.disclosure.is_full() && self.audience != Audience::Public
    }

    /// Whether the site has a pack page.
    pub fn has_pack(&self) -> bool {
        self.visible.len() <= LARGEST_PACK
    }

    /// Criteria that have a page: all if states are shown, else those that visible entries claim.
    pub fn shown_lines(&self) -> Vec<&'a Line> {
        let shown = |line: &&Line| self.disclosure.states || self.claimed.contains(&line.criterion);
        self.coverage.lines().filter(shown).collect()
    }

    /// Standards that have a page.
    pub fn shown_standards(&self) -> Vec<usize> {
        let all = 0..self.coverage.standards.len();
        if self.disclosure.states {
            return all.collect();
        }
        let lines = self.shown_lines();
        all.filter(|&at| lines.iter().any(|line| line.criterion.standard == at))
            .collect()
    }

    /// A link from a page to an entry.
    pub fn entry_link(&self, from: &SitePath, at: usize) -> Link {
        Link {
            href: from.link_to(self.routes.entry(at)),
            label: self.portfolio.entries[at].front_matter.title.clone(),
        }
    }

    /// A link from a page to a criterion, by its code.
    pub fn criterion_link(&self, from: &SitePath, id: CriterionId) -> Link {
        Link {
            href: from.link_to(self.routes.criterion(id)),
            label: self.portfolio.catalogue.code(id).to_string(),
        }
    }

    /// A link from a page to a standard.
    pub fn standard_link(&self, from: &SitePath, at: usize) -> Link {
        Link {
            href: from.link_to(&self.routes.standard(at)),
            label: self.portfolio.catalogue.standard(at).full_title(),
        }
    }

    /// A link from a page to a group, by its code.
    pub fn group_link(&self, from: &SitePath, id: GroupId) -> Link {
        Link {
            href: from.link_to(self.routes.group(id)),
            label: self.portfolio.catalogue.group(id).code.value.to_string(),
        }
    }

    /// The name or id of the learner; empty on a public site.
    pub fn learner(&self) -> String {
        let settings = &self.portfolio.settings;
        match self.audience {
            Audience::Public => String::new(),
            Audience::Assessor | Audience::Private => settings
                .learner_name
                .clone()
                .unwrap_or_else(|| settings.learner_id.clone()),
        }
    }
}
