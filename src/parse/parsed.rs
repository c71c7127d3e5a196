//! The result of parsing one file.

use crate::diagnostic::Fault;

/// The contents of a file, as far as they could be read, with a fault for everything else.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// The contents.
    pub value: T,
    /// Everything that did not fit.
    pub faults: Vec<Fault>,
}
