//! Everything that pages are made from.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::disclosure::Disclosure;
use super::frame::Frame;
use super::link::Link;
use super::publish::{self, Published};
use super::routes::Routes;
use crate::cover::Twins;
use crate::files::SitePath;
use crate::model::{Audience, Coverage, CriterionId, GroupId, Line, Portfolio};
use crate::par;
use crate::text::{SourcePath, Texts};

/// The most entries in the pack page: a document of thousands of printed pages is of no use. Packs of one duty,
/// unit or month are written on demand; as pages of the site they would contain every entry a dozen times.
const LARGEST_PACK: usize = 500;

/// A portfolio, its coverage, and what of them an audience may see.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// The texts of its entries.
    pub texts: &'a dyn Texts,
    backdrop: &'a Backdrop,
}

/// What stays as it is from page to page.
#[derive(Clone, Debug)]
pub struct Backdrop {
    /// The site's map.
    pub routes: Routes,
    /// For whom the site is.
    pub audience: Audience,
    /// What the site tells besides entries and their passages.
    pub disclosure: Disclosure,
    /// Pictures that may be shown.
    pub pictures: BTreeMap<SourcePath, Published>,
    /// The entries that the audience may see, oldest first.
    pub visible: Vec<usize>,
    /// Of each entry, whether it is among them.
    seen: Vec<bool>,
    /// The criteria that these entries claim.
    claimed: BTreeSet<CriterionId>,
    /// Criteria that are named with their standard in files.
    pub full_codes: BTreeSet<CriterionId>,
    /// Which criteria nearly repeat each other.
    pub twins: Twins,
    /// The number of this moment where somebody writes while the site is read: pages then tell the lines that they
    /// come from, and renew themselves.
    pub live: Option<u64>,
    /// What stands around every page of an entry, once the first of them is made.
    pub frame_of_entries: OnceLock<Arc<Frame>>,
}

impl Backdrop {
    /// What of `portfolio` an audience may see, and where.
    #[must_use]
    pub fn new(
        portfolio: &Portfolio,
        audience: Audience,
        pictures: BTreeMap<SourcePath, Published>,
        live: Option<u64>,
    ) -> Self {
        let (visible, seen) = visible(portfolio, audience);
        let full_codes = portfolio.catalogue.without_plain_code();
        let twins = Twins::new(&portfolio.catalogue);
        let frame_of_entries = OnceLock::new();
        let routes = Routes::new(portfolio);
        let claimed = claimed(portfolio, &visible);
        let disclosure = Disclosure::to(audience, portfolio);
        Self {
            routes,
            audience,
            disclosure,
            pictures,
            visible,
            seen,
            claimed,
            full_codes,
            twins,
            live,
            frame_of_entries,
        }
    }

    /// Looks again who may see which entry, a moment later. Ids and files have to be what they were.
    pub fn look_again(&mut self, portfolio: &Portfolio, moment: u64) {
        (self.visible, self.seen) = visible(portfolio, self.audience);
        self.claimed = claimed(portfolio, &self.visible);
        self.live = Some(moment);
        self.frame_of_entries = OnceLock::new();
    }
}

/// The entries that an audience may see, and of each whether it is one.
fn visible(portfolio: &Portfolio, audience: Audience) -> (Vec<usize>, Vec<bool>) {
    let seen = par::map(&portfolio.entries, |entry| {
        publish::may_see(entry, audience)
    });
    ((0..seen.len()).filter(|&at| seen[at]).collect(), seen)
}

fn claimed(portfolio: &Portfolio, entries: &[usize]) -> BTreeSet<CriterionId> {
    let claims = entries.iter().flat_map(|&at| &portfolio.entries[at].claims);
    claims.map(|claim| claim.criterion).collect()
}

impl Deref for Scene<'_> {
    type Target = Backdrop;

    fn deref(&self) -> &Backdrop {
        self.backdrop
    }
}

impl<'a> Scene<'a> {
    /// Sets the scene.
    #[must_use]
    pub fn new(
        portfolio: &'a Portfolio,
        coverage: &'a Coverage,
        texts: &'a dyn Texts,
        backdrop: &'a Backdrop,
    ) -> Self {
        Self {
            portfolio,
            coverage,
            texts,
            backdrop,
        }
    }

    /// A criterion as files name it: by its code, and by its standard too where the code alone is not enough.
    #[must_use]
    pub fn file_code(&self, id: CriterionId) -> String {
        let catalogue = &self.portfolio.catalogue;
        if self.full_codes.contains(&id) {
            catalogue.full_code(id)
        } else {
            catalogue.code(id).to_string()
        }
    }

    /// Whether the audience may see an entry.
    #[must_use]
    pub fn may_see(&self, at: usize) -> bool {
        self.seen.get(at).is_some_and(|seen| *seen)
    }

    /// Whether there is nothing that the audience may see.
    #[must_use]
    pub fn shows_nothing(&self) -> bool {
        self.visible.is_empty() && !self.disclosure.states && !self.disclosure.feedback
    }

    /// Whether the site has a pack page.
    #[must_use]
    pub fn has_pack(&self) -> bool {
        self.visible.len() <= LARGEST_PACK
    }

    /// Criteria that have a page: all where states are shown, else those that entries on the site claim.
    #[must_use]
    pub fn shown_lines(&self) -> Vec<&'a Line> {
        let shown = |line: &&Line| self.disclosure.states || self.claimed.contains(&line.criterion);
        self.coverage.lines().filter(shown).collect()
    }

    /// Standards that have a page.
    #[must_use]
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
    #[must_use]
    pub fn entry_link(&self, from: &SitePath, at: usize) -> Link {
        Link {
            href: from.link_to(self.routes.entry(at)),
            label: self.portfolio.entries[at].title.clone(),
        }
    }

    /// A link from a page to a criterion, by its code.
    #[must_use]
    pub fn criterion_link(&self, from: &SitePath, id: CriterionId) -> Link {
        Link {
            href: from.link_to(self.routes.criterion(id)),
            label: self.portfolio.catalogue.code(id).to_string(),
        }
    }

    /// A link from a page to a standard.
    #[must_use]
    pub fn standard_link(&self, from: &SitePath, at: usize) -> Link {
        Link {
            href: from.link_to(&self.routes.standard(at)),
            label: self.portfolio.catalogue.standard(at).full_title(),
        }
    }

    /// A link from a page to a group, by its code.
    #[must_use]
    pub fn group_link(&self, from: &SitePath, id: GroupId) -> Link {
        Link {
            href: from.link_to(self.routes.group(id)),
            label: self.portfolio.catalogue.group(id).code.value.to_string(),
        }
    }

    /// What the learner is called on pages: nothing on a public site.
    #[must_use]
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
