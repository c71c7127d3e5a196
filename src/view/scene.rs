//! Everything that pages are made from.

use std::collections::BTreeMap;

use super::publish::{self, Published};
use super::routes::Routes;
use crate::model::{Audience, Coverage, Portfolio};
use crate::text::SourcePath;

/// A portfolio, its coverage, and what of them an audience may see.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// The site's map.
    pub routes: Routes,
    /// For whom the site is.
    pub audience: Audience,
    /// Pictures that may be shown.
    pub pictures: BTreeMap<SourcePath, Published>,
    /// The entries that the audience may see, oldest first.
    pub visible: Vec<usize>,
}

impl<'a> Scene<'a> {
    /// Sets the scene.
    #[must_use]
    pub fn new(
        portfolio: &'a Portfolio,
        coverage: &'a Coverage,
        audience: Audience,
        pictures: BTreeMap<SourcePath, Published>,
    ) -> Self {
        let seen = |at: &usize| publish::may_see(&portfolio.entries[*at], audience);
        Self {
            portfolio,
            coverage,
            routes: Routes::new(portfolio),
            audience,
            pictures,
            visible: (0..portfolio.entries.len()).filter(seen).collect(),
        }
    }

    /// Whether the audience may see an entry.
    #[must_use]
    pub fn may_see(&self, at: usize) -> bool {
        self.visible.binary_search(&at).is_ok()
    }

    /// What the learner is called on pages: nothing on a public site.
    #[must_use]
    pub fn learner(&self) -> String {
        let settings = &self.portfolio.settings;
        match self.audience {
            Audience::Public => String::new(),
            Audience::Assessor | Audience::Private => {
                settings.learner_name.clone().unwrap_or_else(|| settings.learner_id.clone())
            }
        }
    }
}
