//! Codes as the page names them: as short as they are unambiguous.

use std::collections::BTreeSet;

use crate::model::{Catalogue, CriterionId};

/// The names of codes in a portfolio.
pub(super) struct CodeNames<'a> {
    catalogue: &'a Catalogue,
    ambiguous: BTreeSet<CriterionId>,
}

impl<'a> CodeNames<'a> {
    /// The names of all codes.
    pub(super) fn new(catalogue: &'a Catalogue) -> Self {
        Self {
            catalogue,
            ambiguous: catalogue.ambiguous_codes(),
        }
    }

    /// `K7`, or `st0215:K7` if another standard has the code too.
    pub(super) fn of(&self, id: CriterionId) -> String {
        if self.ambiguous.contains(&id) {
            self.catalogue.full_code(id)
        } else {
            self.catalogue.code(id).to_string()
        }
    }
}
