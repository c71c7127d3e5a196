//! How much the search finds, measured with texts that it had never seen.

/// The results of the search on whole entries that were written, and annotated, without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchFigures {
    /// Of 1,000 core identifiers, those found: numbers, addresses, dates of birth, full names.
    pub core: u32,
    /// Of 1,000 soft identifiers, those found: first names, places, dates of events.
    pub soft: u32,
    /// Entries in which nothing was missed.
    pub complete: u32,
    /// Entries that identify a person.
    pub of: u32,
}

/// The last measurement of unseen entries, from the last table in `tests/privacy/README.md`. A test compares
/// the two, and SECURITY.md.
pub const SEARCH_FIGURES: SearchFigures = SearchFigures {
    core: 930,
    soft: 825,
    complete: 26,
    of: 63,
};

impl SearchFigures {
    /// The figures in two sentences, for the gateway and SECURITY.md.
    #[must_use]
    pub fn in_words(self) -> String {
        let percent = |per_mille: u32| (per_mille + 5) / 10;
        format!(
            "In entries it had never seen, the search found {} of 100 numbers, addresses and full \
             names. It found {} of 100 first names, places and days, and everything in {} of {} \
             entries.",
            percent(self.core),
            percent(self.soft),
            self.complete,
            self.of
        )
    }
}
