//! Positions of criteria and groups in a portfolio.

/// A criterion of one standard of this portfolio. Sorts by standard, then as the standard does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CriterionId {
    /// The place of the standard in the portfolio's list.
    pub standard: usize,
    /// The place of the criterion in the standard's list.
    pub criterion: usize,
}

/// A group of one standard of this portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupId {
    /// The place of the standard in the portfolio's list.
    pub standard: usize,
    /// The place of the group in the standard's list.
    pub group: usize,
}
