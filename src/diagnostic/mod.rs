//! What is wrong, where, and what to do: as data, without a word about how it is shown.

mod fault;
mod finding;

pub use fault::{Fault, FaultKind, Slip};
pub use finding::{Finding, Findings, Fix, Level, Place, Subject, Summary};
