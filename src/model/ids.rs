//! Ids of criteria and groups.

/// A criterion of a standard of this portfolio. Sorts in the order of standards and criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CriterionId {
    /// Index of the standard in the portfolio.
    pub standard: usize,
    /// Index of the criterion in the standard.
    pub criterion: usize,
}

/// A group of a standard of this portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupId {
    /// Index of the standard in the portfolio.
    pub standard: usize,
    /// Index of the group in the standard.
    pub group: usize,
}
