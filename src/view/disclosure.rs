//! How much of an assessment an audience sees.

use crate::model::{Audience, Portfolio, Sharing};

/// Which details a site shows beyond entries and their passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// States and counts of criteria.
    pub states: bool,
    /// Feedback, and who decided what and when.
    pub feedback: bool,
}

impl Disclosure {
    /// Everything for assessors and the learner; for the public what the settings share.
    pub fn to(audience: Audience, portfolio: &Portfolio) -> Self {
        let shared = |sharing| audience != Audience::Public || sharing == Sharing::Public;
        let site = &portfolio.settings.site;
        Self {
            states: shared(site.states),
            feedback: shared(site.feedback),
        }
    }

    /// Whether everything is shown.
    pub fn is_full(self) -> bool {
        self.states && self.feedback
    }
}
